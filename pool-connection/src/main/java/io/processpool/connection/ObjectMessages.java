package io.processpool.connection;

import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import org.jspecify.annotations.Nullable;

/** Turns objects into messages and back, once there is one. Safe for use by several threads. */
final class ObjectMessages {
  private final ConnectionOptions options;
  private final ClassLoader loader;
  private volatile @Nullable ObjectCodec codec;

  /** Those of connections with these options, made by this thread. */
  ObjectMessages(ConnectionOptions options) {
    this.options = options;
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    this.loader = context == null ? ClassLoader.getSystemClassLoader() : context;
  }

  /** Whether the user says which classes may be read. */
  boolean areFiltered() {
    return options.classFilter() != null;
  }

  byte[] encode(@Nullable Object object) throws NotSerializableException {
    return codec().encode(object);
  }

  @Nullable Object decode(byte[] message) throws InvalidObjectException {
    return codec().decode(message);
  }

  /** Apart from this class, for whoever sends bytes alone has not got what it is made of. */
  private ObjectCodec codec() {
    ObjectCodec made = codec;
    if (made == null) {
      try {
        made = new ObjectCodec(loader, options.customizer(), options.classFilter());
      } catch (NoClassDefFoundError e) {
        throw new IllegalStateException(
            "Object messages need pool-worker on the class path, which pool-core brings", e);
      }
      codec = made;
    }
    return made;
  }
}
