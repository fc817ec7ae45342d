package io.processpool.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Writes frames to a pipe. Small frames gather in a buffer until {@link #flush}; large payloads go
 * through it in slices of its size, which pipes carry fastest. Not safe for use by several threads.
 *
 * <p>Whoever writes may run out of stack or memory in the midst of it. A frame is then written in
 * whole or not at all; or, if part of it has left, nothing more is written.
 */
public final class FrameWriter {
  private static final int SLICE = 8192;

  private final OutputStream out;
  private final ByteBuffer buffer = ByteBuffer.allocate(SLICE);
  private final CRC32C crc = new CRC32C();
  private int sequence;
  private int whole;
  private boolean torn;

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
   * @throws IOException if the other end is gone, or only part of an earlier frame could be written
   */
  public void write(Frame frame) throws IOException {
    if (torn) {
      throw new IOException("A frame could not be written to its end");
    }
    buffer.clear().position(whole); // without what was begun and not ended
    if (buffer.remaining() < Frame.HEADER_LENGTH) {
      flush();
    }
    int start = buffer.position();
    buffer.putInt(Frame.MAGIC).putInt(frame.type().code() << 24 | sequence);
    buffer.putLong(frame.id()).putInt(frame.first()).putInt(frame.count());
    buffer.putInt(length(frame)).putInt(checksum(frame));
    buffer.putInt(checksum(buffer.array(), start, Frame.HEADER_LENGTH - Integer.BYTES));
    put(frame.payload());
    put(frame.rest());
    whole = buffer.position();
    sequence = sequence + 1 & Frame.LAST_SEQUENCE_NUMBER;
    torn = false;
  }

  private static int length(Frame frame) {
    return Math.addExact(frame.payload().length, frame.rest().length);
  }

  private void put(byte[] bytes) throws IOException {
    int written = 0;
    while (written < bytes.length) {
      if (!buffer.hasRemaining()) {
        torn = true; // until the rest is in the buffer
        send(buffer.position());
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
    send(whole);
    out.flush();
  }

  private void send(int length) throws IOException {
    out.write(buffer.array(), 0, length);
    whole = 0;
    buffer.clear();
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
