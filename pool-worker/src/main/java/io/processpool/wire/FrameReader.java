package io.processpool.wire;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads frames from a pipe. A length in a header reserves no memory by itself: the array for a
 * payload grows as that arrives, and is at most {@value #GROWTH} times as large as what has come.
 * Not safe for use by several threads.
 */
public final class FrameReader {
  private static final int SLICE = 8192;
  private static final int FIRST_ALLOCATION = 1 << 20;
  private static final long GROWTH = 16;
  private static final int SHOWN = 200;

  /** Where a header has the length of the payload. */
  private static final int LENGTH = 24;

  private final InputStream in;
  private final byte[] buffer = new byte[SLICE];
  private final CRC32C crc = new CRC32C();
  private int position;
  private int limit;
  private int expectedSequence;

  /**
   * Creates a reader.
   *
   * @param in where to read, unbuffered
   */
  public FrameReader(InputStream in) {
    this.in = in;
  }

  /**
   * Reads the next frame.
   *
   * @return the frame, or {@code null} at the end of the stream
   * @throws WireException if there is something else than a frame, or not the next one
   * @throws EOFException if the stream ends within a frame
   * @throws IOException if reading fails
   */
  public @Nullable Frame read() throws IOException {
    if (!require(Frame.HEADER_LENGTH)) {
      if (position == limit) {
        return null;
      }
      throw new EOFException("The stream ended within the header of a frame");
    }
    if (!headerIsSound()) {
      throw new WireException("expected was a frame, seen was " + shown());
    }
    return readSoundFrame();
  }

  /**
   * Tells whether there is a whole frame that was read from the pipe already.
   *
   * @return whether the next frame can be read without waiting
   */
  public boolean hasNext() {
    int payload = limit - position - Frame.HEADER_LENGTH - Frame.TRAILER_LENGTH;
    return payload >= 0 && headerIsSound() && BigEndian.intAt(buffer, position + LENGTH) <= payload;
  }

  /**
   * Reads the next frame, passing over everything before it that is none.
   *
   * @param noise where to put what was passed over
   * @return the frame, or {@code null} at the end of the stream
   * @throws WireException if the payload of the frame is damaged, or the frame is not the next one
   * @throws EOFException if the stream ends within a frame
   * @throws IOException if reading fails
   */
  public @Nullable Frame readPast(OutputStream noise) throws IOException {
    while (true) {
      passOverNoise(noise);
      if (!require(Frame.HEADER_LENGTH)) {
        noise.write(buffer, position, limit - position);
        position = limit;
        return null;
      }
      if (headerIsSound()) {
        return readSoundFrame();
      }
      noise.write(buffer[position++]);
    }
  }

  /** Moves on to the next byte that may begin a frame, without waiting for more than there is. */
  private void passOverNoise(OutputStream noise) throws IOException {
    while (true) {
      int start = position;
      while (position < limit && !mayBeginHere()) {
        position++;
      }
      noise.write(buffer, start, position - start);
      if (position < limit || !fill()) {
        return;
      }
    }
  }

  private boolean mayBeginHere() {
    int seen = Math.min(Integer.BYTES, limit - position);
    for (int i = 0; i < seen; i++) {
      if (buffer[position + i] != (byte) (Frame.MAGIC >>> (24 - 8 * i))) {
        return false;
      }
    }
    return true;
  }

  private boolean headerIsSound() {
    ByteBuffer header = ByteBuffer.wrap(buffer, position, Frame.HEADER_LENGTH);
    return header.getInt() == Frame.MAGIC
        && FrameType.ofCode(header.get()) != null
        && header.getInt(position + LENGTH) >= 0
        && header.getInt(position + 28) == checksum(buffer, position, 28);
  }

  private Frame readSoundFrame() throws IOException {
    ByteBuffer header = ByteBuffer.wrap(buffer, position, Frame.HEADER_LENGTH);
    FrameType type = Objects.requireNonNull(FrameType.ofCode(header.get(position + 4)));
    checkSequence(header.getInt(position + 4) & Frame.LAST_SEQUENCE_NUMBER, type);
    header.position(position + 8);
    long id = header.getLong();
    int first = header.getInt();
    int count = header.getInt();
    int length = header.getInt();
    position += Frame.HEADER_LENGTH;
    crc.reset();
    byte[] payload = readPayload(length);
    if ((int) crc.getValue() != readTrailer()) {
      throw new WireException("the payload of a frame " + type + " is damaged");
    }
    return new Frame(type, id, first, count, payload);
  }

  private void checkSequence(int sequence, FrameType type) throws WireException {
    if (sequence != expectedSequence) {
      throw new WireException(
          "expected was frame number " + expectedSequence + ", seen was " + sequence + ", " + type);
    }
    expectedSequence = expectedSequence + 1 & Frame.LAST_SEQUENCE_NUMBER;
  }

  private byte[] readPayload(int length) throws IOException {
    byte[] payload = length == 0 ? Frame.NOTHING : new byte[Math.min(length, FIRST_ALLOCATION)];
    int read = 0;
    while (read < length) {
      if (read == payload.length) {
        payload = Arrays.copyOf(payload, (int) Math.min(length, GROWTH * payload.length));
      }
      int slice = readSlice(payload, read);
      crc.update(payload, read, slice);
      read += slice;
    }
    return payload;
  }

  private int readTrailer() throws IOException {
    if (!require(Frame.TRAILER_LENGTH)) {
      throw new EOFException("The stream ended within the trailer of a frame");
    }
    position += Frame.TRAILER_LENGTH;
    return BigEndian.intAt(buffer, position - Frame.TRAILER_LENGTH);
  }

  /** Returns how many bytes came. A whole slice does not go through the buffer. */
  private int readSlice(byte[] payload, int offset) throws IOException {
    int room = payload.length - offset;
    if (position == limit && room >= SLICE) {
      int read = in.read(payload, offset, SLICE);
      if (read <= 0) {
        throw endOfPayload();
      }
      return read;
    }
    if (position == limit && !fill()) {
      throw endOfPayload();
    }
    int slice = Math.min(limit - position, room);
    System.arraycopy(buffer, position, payload, offset, slice);
    position += slice;
    return slice;
  }

  private static EOFException endOfPayload() {
    return new EOFException("The stream ended within the payload of a frame");
  }

  /** Waits until so many bytes are in the buffer. */
  private boolean require(int bytes) throws IOException {
    while (limit - position < bytes) {
      if (!fill()) {
        return false;
      }
    }
    return true;
  }

  private boolean fill() throws IOException {
    if (position > 0) {
      System.arraycopy(buffer, position, buffer, 0, limit - position);
      limit -= position;
      position = 0;
    }
    int read = in.read(buffer, limit, buffer.length - limit);
    if (read > 0) {
      limit += read;
    }
    return read > 0;
  }

  private String shown() {
    int length = Math.min(SHOWN, limit - position);
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    seen.write(buffer, position, length);
    String text = seen.toString(StandardCharsets.US_ASCII).replaceAll("[^\\x20-\\x7e]", ".");
    return "\"" + text + "\"";
  }

  private int checksum(byte[] bytes, int offset, int length) {
    crc.reset();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }
}
