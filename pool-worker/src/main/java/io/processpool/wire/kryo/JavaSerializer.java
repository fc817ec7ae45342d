package io.processpool.wire.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Objects that only Java serialisation can write: the JDK's, and those that serialise themselves.
 */
final class JavaSerializer extends LateSerializer<Object> {
  private static final int USUAL_SIZE = 512;

  @Override
  void writeParts(Kryo kryo, Output out, Object object) {
    GrowingOutput stream = new GrowingOutput(USUAL_SIZE);
    try (JavaWriter writer = new JavaWriter(stream, (GraphKryo) kryo, object)) {
      writer.writeObject(object);
      writer.flush();
      JavaForm.write(kryo, out, writer.islands(), stream);
    } catch (KryoException ofPart) {
      throw ofPart;
    } catch (IOException | RuntimeException thrown) {
      throw new KryoException(
          object.getClass().getName() + " cannot serialise itself: " + thrown, thrown);
    }
  }

  @Override
  @SuppressWarnings("NullAway") // an object's readResolve may give null
  public @Nullable Object read(Kryo kryo, Input in, Class<? extends Object> type) {
    return JavaForm.read(kryo, in);
  }
}
