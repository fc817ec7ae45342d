package io.processpool.wire;

import com.esotericsoftware.kryo.kryo5.io.Output;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Codecs, round trips and class loaders for the tests of this package. */
final class Codecs {
  static final PayloadCodec CODEC = new PayloadCodec(Codecs.class.getClassLoader(), null);

  private Codecs() {}

  static <T> T roundTrip(T value) {
    return roundTrip(CODEC, value);
  }

  @SuppressWarnings("unchecked") // what goes in comes out
  static <T> T roundTrip(PayloadCodec codec, T value) {
    byte[] bytes = codec.encode(value, "value");
    return (T) codec.decode(bytes, 0, bytes.length);
  }

  static Throwable roundTripFailure(PayloadCodec from, PayloadCodec to, Throwable failure) {
    Output out = new Output(64, -1);
    out.writeInt(1);
    from.encodeFailure(failure, out);
    return to.decodeFailure(out.getBuffer(), 4, out.position() - 4);
  }

  /** A loader that has the JDK's classes only. */
  static ClassLoader withoutTestClasses() {
    return ClassLoader.getPlatformClassLoader();
  }

  /** A loader that defines the test classes again, as a worker's loader of user classes does. */
  static ClassLoader childFirst() {
    return childFirst("io.processpool.wire.UserClasses");
  }

  /** A loader that defines the classes again whose names start so. */
  static ClassLoader childFirst(String prefix) {
    return new ChildFirst(prefix);
  }

  private static final class ChildFirst extends ClassLoader {
    private final String prefix;

    ChildFirst(String prefix) {
      super(Codecs.class.getClassLoader());
      this.prefix = prefix;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        if (loaded == null && name.startsWith(prefix)) {
          byte[] file = read(name.replace('.', '/') + ".class");
          loaded = defineClass(name, file, 0, file.length);
        }
        return loaded != null ? loaded : super.loadClass(name, resolve);
      }
    }

    private byte[] read(String resource) {
      try (InputStream in = getParent().getResourceAsStream(resource)) {
        return in.readAllBytes();
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
  }
}
