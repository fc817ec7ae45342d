package io.processpool.wire;

import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import io.processpool.spi.TaskId;
import java.util.HashMap;
import java.util.Map;

/**
 * Whose the items of a chunk are: what a worker is told of them beside the items themselves.
 *
 * @param first the id of the first of them; those behind it follow one by one
 * @param attempt which attempt it is to run them, 1 for the first
 * @param diagnostics the diagnostic context of the thread that submitted them
 */
public record Assignment(TaskId first, int attempt, Map<String, String> diagnostics) {
  private static final int SMALL = 32;

  /** Copies the map. */
  public Assignment {
    diagnostics = Map.copyOf(diagnostics);
  }

  /**
   * Reads an assignment.
   *
   * @param bytes what {@link #encode} made
   * @return the assignment
   * @throws WireException if it is none
   */
  public static Assignment decode(byte[] bytes) throws WireException {
    Input in = new Input(bytes);
    try {
      TaskId first = new TaskId(in.readLong(true), in.readInt());
      int attempt = in.readInt(true);
      int entries = in.readInt(true);
      Map<String, String> diagnostics = new HashMap<>();
      for (int i = 0; i < entries; i++) {
        diagnostics.put(in.readString(), in.readString());
      }
      return new Assignment(first, attempt, diagnostics);
    } catch (RuntimeException e) {
      throw new WireException("an assignment of " + bytes.length + " bytes cannot be read: " + e);
    }
  }

  /**
   * Writes this assignment.
   *
   * @return its bytes
   */
  public byte[] encode() {
    Output out = new Output(SMALL, -1);
    out.writeLong(first.job(), true);
    out.writeInt(first.item());
    out.writeInt(attempt, true);
    out.writeInt(diagnostics.size(), true);
    for (Map.Entry<String, String> entry : diagnostics.entrySet()) {
      out.writeString(entry.getKey());
      out.writeString(entry.getValue());
    }
    return out.toBytes();
  }
}
