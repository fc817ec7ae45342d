package io.processpool.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The stack of a thread that ends its process, as it travels in {@link FrameType#EXITING}. */
public final class ExitStack {
  private static final int MOST_FRAMES = 1024;

  private ExitStack() {}

  /**
   * Writes a stack, without what concerns class loaders.
   *
   * @param stack the frames, the latest call first; the earliest of very many are left out
   * @return the payload of a {@link FrameType#EXITING}
   */
  public static byte[] encode(List<StackTraceElement> stack) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      int count = Math.min(stack.size(), MOST_FRAMES);
      out.writeInt(count);
      for (StackTraceElement frame : stack.subList(0, count)) {
        write(frame.getModuleName(), out);
        out.writeUTF(frame.getClassName());
        out.writeUTF(frame.getMethodName());
        write(frame.getFileName(), out);
        out.writeInt(frame.getLineNumber());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads a stack.
   *
   * @param payload the payload of a {@link FrameType#EXITING}
   * @return the frames, the latest call first
   * @throws WireException if it is no stack
   */
  public static List<StackTraceElement> decode(byte[] payload) throws WireException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(payload));
    try {
      int count = Objects.checkIndex(in.readInt(), MOST_FRAMES + 1);
      List<StackTraceElement> stack = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        String module = read(in);
        stack.add(
            new StackTraceElement(
                null, module, null, in.readUTF(), in.readUTF(), read(in), in.readInt()));
      }
      return List.copyOf(stack);
    } catch (IOException | IndexOutOfBoundsException e) {
      throw new WireException("The stack of an exit cannot be read: " + e);
    }
  }

  private static void write(@Nullable String text, DataOutputStream out) throws IOException {
    out.writeBoolean(text != null);
    if (text != null) {
      out.writeUTF(text);
    }
  }

  private static @Nullable String read(DataInputStream in) throws IOException {
    return in.readBoolean() ? in.readUTF() : null;
  }
}
