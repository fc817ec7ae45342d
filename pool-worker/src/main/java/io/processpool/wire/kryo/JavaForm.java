package io.processpool.wire.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Java-serialised object in the middle of a Kryo graph: a stream of its own, and before it the
 * objects in it that Kryo writes, its islands.
 */
final class JavaForm {
  private JavaForm() {}

  static void write(Kryo kryo, Output out, List<?> islands, GrowingOutput stream) {
    out.writeVarInt(islands.size(), true);
    for (Object island : islands) {
      kryo.writeClassAndObject(out, island);
    }
    out.writeVarInt(stream.position(), true);
    out.writeBytes(stream.getBuffer(), 0, stream.position());
  }

  static @Nullable Object read(Kryo kryo, Input in) {
    ObjectGraph graph = GraphKryo.graphOf(kryo);
    @Nullable Object[] islands = new Object[Counts.read(in)];
    for (int i = 0; i < islands.length; i++) {
      islands[i] = graph.readPartNow(kryo, in);
    }
    byte[] stream = in.readBytes(Counts.read(in));
    try (JavaReader reader = new JavaReader(stream, GraphKryo.namesOf(kryo), islands)) {
      GraphKryo.admissionOf(kryo).limit(reader, kryo, in);
      return readObject(reader);
    } catch (IOException bad) {
      throw new KryoException(bad);
    }
  }

  private static @Nullable Object readObject(JavaReader reader) {
    try {
      return reader.readObject();
    } catch (ClassNotFoundException missing) {
      throw new KryoException(ClassNames.missing(missing.getMessage()), missing);
    } catch (RejectedException rejected) {
      throw rejected;
    } catch (IOException | RuntimeException | Error bad) {
      throw new KryoException(reader.latestClass() + ": " + bad, bad);
    }
  }
}
