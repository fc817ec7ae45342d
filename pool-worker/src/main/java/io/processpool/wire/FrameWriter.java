package io.processpool.wire;

import io.processpool.wire.kryo.LargeArray;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Writes frames to a pipe. Small frames gather in a buffer until {@link #flush}; what does not fit
 * is written in slices of its size, which pipes carry fastest, and is not copied first. Not safe
 * for use by several threads.
 *
 * <p>Whoever writes may run out of stack or memory in the midst of it. A frame is then written in
 * whole or not at all; or, if part of it has left, nothing more is written.
 */
public final class FrameWriter {
  private static final int SLICE = 8192;

  private final OutputStream out;
  private final ByteBuffer buffer = ByteBuffer.allocate(SLICE);
  private final ByteBuffer trailer = ByteBuffer.allocate(Frame.TRAILER_LENGTH);
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
    buffer.putInt(Math.toIntExact(frame.payloadLength()));
    crc.reset();
    crc.update(buffer.array(), start, buffer.position() - start);
    buffer.putInt((int) crc.getValue());
    crc.reset();
    put(frame.payload());
    LargeArray array = frame.array();
    if (array != null) {
      put(array);
    }
    put(frame.rest());
    put(trailer.putInt(0, (int) crc.getValue()).array());
    whole = buffer.position();
    sequence = sequence + 1 & Frame.LAST_SEQUENCE_NUMBER;
    torn = false;
  }

  private void put(byte[] bytes) throws IOException {
    int written = 0;
    while (written < bytes.length) {
      if (!buffer.hasRemaining()) {
        torn = true; // until the rest is in the buffer
        send(buffer.position());
        written = sendSlices(bytes, written);
      }
      int slice = Math.min(buffer.remaining(), bytes.length - written);
      buffer.put(bytes, written, slice);
      crc.update(bytes, written, slice);
      written += slice;
    }
  }

  /** Slice by slice through the buffer, for the array may change meanwhile. */
  private void put(LargeArray array) throws IOException {
    int slice;
    for (int written = 0; written < array.bytes(); written += slice) {
      torn = true; // until the rest is in the buffer
      send(buffer.position());
      slice = Math.min(SLICE, array.bytes() - written);
      array.copy(written, slice, buffer.array());
      crc.update(buffer.array(), 0, slice);
      buffer.position(slice);
    }
  }

  /** Returns where the rest begins, which is less than a slice. */
  private int sendSlices(byte[] bytes, int from) throws IOException {
    int written = from;
    for (; bytes.length - written >= SLICE; written += SLICE) {
      crc.update(bytes, written, SLICE);
      out.write(bytes, written, SLICE);
    }
    return written;
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
}
