package io.processpool.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Writes frames to a pipe. Small frames gather in a buffer until {@link #flush}; large payloads go
 * through it in slices of its size, which pipes carry fastest. Not safe for use by several threads.
 */
public final class FrameWriter {
  private static final int SLICE = 8192;

  private final OutputStream out;
  private final ByteBuffer buffer = ByteBuffer.allocate(SLICE);
  private final CRC32C crc = new CRC32C();
  private int sequence;

  /**
   * Creates a writer.
   *
   * @param out where to write, unbuffered
   */
  public FrameWriter(OutputStream out) {
    this.out = out;
  }

  /**
   * Writes a frame, or begins to.
   *
   * @param frame the frame
   * @throws IOException if the other end is gone
   */
  public void write(Frame frame) throws IOException {
    if (buffer.remaining() < Frame.HEADER_LENGTH) {
      flush();
    }
    int start = buffer.position();
    buffer.putInt(Frame.MAGIC).putInt(frame.type().code() << 24 | sequence);
    buffer.putLong(frame.id()).putInt(frame.first()).putInt(frame.count());
    buffer.putInt(length(frame)).putInt(checksum(frame));
    buffer.putInt(checksum(buffer.array(), start, Frame.HEADER_LENGTH - Integer.BYTES));
    sequence = sequence + 1 & Frame.LAST_SEQUENCE_NUMBER;
    put(frame.payload());
    put(frame.rest());
  }

  private static int length(Frame frame) {
    return Math.addExact(frame.payload().length, frame.rest().length);
  }

  private void put(byte[] bytes) throws IOException {
    int written = 0;
    while (written < bytes.length) {
      if (!buffer.hasRemaining()) {
        flush();
      }
      int slice = Math.min(buffer.remaining(), bytes.length - written);
      buffer.put(bytes, written, slice);
      written += slice;
    }
  }

  /**
   * Sends what has gathered.
   *
   * @throws IOException if the other end is gone
   */
  public void flush() throws IOException {
    out.write(buffer.array(), 0, buffer.position());
    buffer.clear();
    out.flush();
  }

  private int checksum(Frame frame) {
    crc.reset();
    crc.update(frame.payload());
    crc.update(frame.rest());
    return (int) crc.getValue();
  }

  private int checksum(byte[] bytes, int offset, int length) {
    crc.reset();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }
}
