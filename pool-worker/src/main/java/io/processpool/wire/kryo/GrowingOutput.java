package io.processpool.wire.kryo;

import com.esotericsoftware.kryo.kryo5.io.KryoBufferOverflowException;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.util.Arrays;

/**
 * A buffer that grows up to the largest array there can be. Kryo's own doubles its size as an
 * {@code int}, and never comes back once that overflows.
 *
 * <p>Not thread-safe.
 */
public final class GrowingOutput extends Output {
  private static final int SMALLEST = 64;
  private static final int RESERVE = 1024;

  private int reserve;

  /**
   * Creates an empty buffer.
   *
   * @param capacity how many bytes to make room for at first
   */
  public GrowingOutput(int capacity) {
    super(Math.max(capacity, SMALLEST), -1);
    this.reserve = RESERVE;
  }

  private GrowingOutput(Output other) {
    super(other.getBuffer(), other.getMaxCapacity());
    position = other.position();
  }

  /**
   * Shares another output's buffer, and goes on where that one stands.
   *
   * @param other an output without a stream behind it. Unless it grows itself, and is returned, it
   *     is unchanged until {@link #giveTo} is called
   * @return an output at the same position
   */
  public static GrowingOutput sharing(Output other) {
    return other instanceof GrowingOutput growing ? growing : new GrowingOutput(other);
  }

  /**
   * Hands the buffer on, with what was written to it.
   *
   * @param other the output that this one was made for
   */
  public void giveTo(Output other) {
    if (other.getBuffer() != buffer) {
      other.setBuffer(buffer, maxCapacity);
    }
    other.setPosition(position);
  }

  /**
   * Makes room for something short.
   *
   * @param bytes how many bytes it may take
   * @return the buffer, to be written to from the {@link #position} on
   */
  public byte[] withRoomFor(int bytes) {
    require(bytes);
    return buffer;
  }

  /**
   * Makes room at once for what is about to be written, so that a large piece ends in a buffer of
   * its size, and is not copied from one that is too small to the next.
   */
  void makeRoom(long bytes) {
    if (bytes > capacity - position) {
      grow(position + bytes);
    }
  }

  /**
   * How many bytes can be written before the buffer grows.
   *
   * @return the number
   */
  public int room() {
    return capacity - position;
  }

  /** From now on has place for a few more bytes than others may write. */
  public void useReserve() {
    reserve = 0;
  }

  @Override
  public void reset() {
    super.reset();
    reserve = RESERVE;
  }

  /**
   * What was written, without a copy if it fills the buffer exactly.
   *
   * @return the bytes; this output must not be used any more, or be given another buffer
   */
  public byte[] takeBytes() {
    return position == buffer.length ? buffer : toBytes();
  }

  @Override
  protected boolean require(int required) {
    if (capacity - position >= required) {
      return false;
    }
    grow((long) position + required);
    return true;
  }

  private void grow(long needed) {
    int most = maxCapacity - reserve;
    if (needed > most) {
      throw new KryoBufferOverflowException("more than " + most + " bytes");
    }
    long wanted = Math.max(2L * capacity, needed);
    capacity = (int) Math.min(Math.max(wanted, SMALLEST), most);
    buffer = Arrays.copyOf(buffer, capacity);
  }

  @Override
  public void writeBytes(byte[] bytes, int offset, int count) {
    require(count);
    System.arraycopy(bytes, offset, buffer, position, count);
    position += count;
  }
}
