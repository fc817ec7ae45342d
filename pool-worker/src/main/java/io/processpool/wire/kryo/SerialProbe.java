package io.processpool.wire.kryo;

import com.esotericsoftware.kryo.kryo5.KryoException;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks into serialisable JDK objects, whose fields are closed to reflection: an object stream
 * shows each object that it is about to write, and lets it be replaced.
 */
final class SerialProbe extends ObjectOutputStream {
  private final Object root;
  private final List<Object> parts = new ArrayList<>();

  private SerialProbe(Object root) throws IOException {
    super(OutputStream.nullOutputStream());
    this.root = root;
    enableReplaceObject(true);
  }

  /** What an object writes in its own place or refers to, in the order of its serial form. */
  static List<Object> parts(Object object) {
    try (SerialProbe probe = new SerialProbe(object)) {
      probe.writeObject(object);
      return probe.parts;
    } catch (IOException refused) {
      throw new KryoException(object.getClass().getName() + " cannot be looked into", refused);
    }
  }

  static Object firstPart(Object object) {
    List<Object> parts = parts(object);
    if (parts.isEmpty()) {
      throw new KryoException(object.getClass().getName() + " cannot be looked into");
    }
    return parts.get(0);
  }

  @Override
  protected @Nullable Object replaceObject(Object object) {
    if (object == root) {
      return object;
    }
    parts.add(object);
    return null;
  }
}
