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

  /**
   * Creates an empty buffer.
   *
   * @param capacity how many bytes to make room for at first
   */
  public GrowingOutput(int capacity) {
    super(Math.max(capacity, SMALLEST), -1);
  }

  private GrowingOutput(Output other) {
    super(other.getBuffer(), other.getMaxCapacity());
    position = other.position();
  }

  /**
   * Shares another output's buffer, and goes on where that one stands.
   *
   * @param other an output without a stream behind it; unchanged until {@link #giveTo} is called
   * @return an output at the same position
   */
  public static GrowingOutput sharing(Output other) {
    return new GrowingOutput(other);
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
   * What was written, without a copy if it fills the buffer exactly.
   *
   * @return the bytes; this output must not be used any more
   */
  public byte[] takeBytes() {
    return position == buffer.length ? buffer : toBytes();
  }

  @Override
  protected boolean require(int required) {
    if (capacity - position >= required) {
      return false;
    }
    long needed = (long) position + required;
    if (needed > maxCapacity) {
      throw new KryoBufferOverflowException("more than " + maxCapacity + " bytes");
    }
    capacity = (int) Math.min(Math.max(Math.max(2L * capacity, needed), SMALLEST), maxCapacity);
    buffer = Arrays.copyOf(buffer, capacity);
    return true;
  }

  @Override
  public void writeBytes(byte[] bytes, int offset, int count) {
    require(count);
    System.arraycopy(bytes, offset, buffer, position, count);
    position += count;
  }
}
