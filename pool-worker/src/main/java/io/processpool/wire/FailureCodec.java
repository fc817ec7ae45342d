package io.processpool.wire;

import com.esotericsoftware.kryo.kryo5.io.Input;
import io.processpool.RemoteTaskException;
import io.processpool.TaskSerializationException;
import io.processpool.wire.kryo.GrowingOutput;
import io.processpool.wire.kryo.ValueCodec;
import org.jspecify.annotations.Nullable;

/**
 * A failure travels twice: as its outline, which any process can read, and as the exception itself,
 * which may be impossible to write here or to read there. Thread-safe.
 */
final class FailureCodec {
  private static final byte NONE = 0;
  private static final byte ORIGINAL = 1;

  private final ValueCodec values;

  FailureCodec(ValueCodec values) {
    this.values = values;
  }

  void encode(Throwable failure, GrowingOutput out) {
    int start = out.position();
    try {
      new OutlineWriter(out).write(FailureOutline.of(failure));
    } catch (Throwable tooLarge) {
      out.setPosition(start);
      new OutlineWriter(out).write(FailureOutline.nameOnly(failure));
    }
    int afterOutline = out.position();
    try {
      out.writeByte(ORIGINAL);
      values.encode(failure, out, "exception");
    } catch (Throwable cannotTravel) {
      out.setPosition(afterOutline);
      out.writeByte(NONE);
    }
  }

  Throwable decode(byte[] bytes, int offset, int length) {
    FailureOutline outline;
    Throwable original;
    try {
      Input in = new Input(bytes, offset, length);
      outline = new OutlineReader(in).read();
      original =
          in.readByte() == ORIGINAL
              ? original(bytes, in.position(), offset + length - in.position())
              : null;
    } catch (RuntimeException | OutOfMemoryError malformed) {
      return unreadable(malformed);
    }
    boolean same = original != null && original.getClass().getName().equals(outline.className());
    return same ? original : RemoteFailures.of(outline);
  }

  RemoteTaskException decodeInWords(byte[] bytes, int offset, int length) {
    try {
      return RemoteFailures.of(new OutlineReader(new Input(bytes, offset, length)).read());
    } catch (RuntimeException | OutOfMemoryError malformed) {
      return unreadable(malformed);
    }
  }

  private static RemoteTaskException unreadable(Throwable malformed) {
    return new RemoteTaskException("unknown", "its description cannot be read", malformed);
  }

  private @Nullable Throwable original(byte[] bytes, int offset, int length) {
    try {
      return values.decode(bytes, offset, length) instanceof Throwable original ? original : null;
    } catch (TaskSerializationException cannotBeRead) {
      return null;
    }
  }
}
