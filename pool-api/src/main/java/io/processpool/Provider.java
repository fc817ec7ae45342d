package io.processpool;

import io.processpool.spi.PoolProvider;
import java.util.ServiceLoader;

/** Finds the implementation of this API. */
final class Provider {

  private Provider() {}

  static PoolProvider get() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return ServiceLoader.load(PoolProvider.class, context)
        .findFirst()
        .or(() -> ServiceLoader.load(PoolProvider.class, Pool.class.getClassLoader()).findFirst())
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "No implementation of pools found: is pool-core on the class path?"));
  }
}
