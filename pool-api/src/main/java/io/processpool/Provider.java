package io.processpool;

import io.processpool.spi.PoolProvider;
import java.util.Iterator;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Finds the implementation of this API. */
final class Provider {

  private Provider() {}

  static PoolProvider get() {
    PoolProvider found = find(Thread.currentThread().getContextClassLoader());
    if (found == null) {
      found = find(Pool.class.getClassLoader());
    }
    if (found == null) {
      throw new IllegalStateException(
          "No implementation of pools found: is pool-core on the class path?");
    }
    return found;
  }

  private static @Nullable PoolProvider find(@Nullable ClassLoader loader) {
    Iterator<PoolProvider> found = ServiceLoader.load(PoolProvider.class, loader).iterator();
    return found.hasNext() ? found.next() : null;
  }
}
