package io.processpool.wire.kryo;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import org.jspecify.annotations.Nullable;

/** Reads a stream of {@link JavaWriter}, with its islands in place. */
final class JavaReader extends ObjectInputStream {
  private final ClassNames names;
  private final @Nullable Object[] islands;
  private String latestClass = "an object";

  JavaReader(byte[] stream, ClassNames names, @Nullable Object[] islands) throws IOException {
    super(new ByteArrayInputStream(stream));
    this.names = names;
    this.islands = islands;
    enableResolveObject(true);
  }

  @Override
  protected Class<?> resolveClass(ObjectStreamClass description) {
    latestClass = description.getName();
    return names.find(latestClass);
  }

  /** The name of the class that was begun last. */
  String latestClass() {
    return latestClass;
  }

  @Override
  protected Class<?> resolveProxyClass(String[] interfaceNames) {
    Class<?>[] interfaces = new Class<?>[interfaceNames.length];
    for (int i = 0; i < interfaces.length; i++) {
      interfaces[i] = names.find(interfaceNames[i]);
    }
    return Proxies.make(names.loader(), interfaces, (proxy, method, arguments) -> null).getClass();
  }

  @Override
  protected @Nullable Object resolveObject(Object object) {
    return object instanceof Island island ? islands[island.index()] : object;
  }
}
