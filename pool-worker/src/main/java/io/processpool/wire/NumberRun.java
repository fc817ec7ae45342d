package io.processpool.wire;

import io.processpool.wire.kryo.PlainNumbers;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of one kind in a row among bytes: Integers, Longs or Doubles, the least significant byte
 * first, and nothing between them. Nobody changes the bytes. Immutable, and safe for use by several
 * threads.
 */
public final class NumberRun {
  /** As many numbers are worth the time that it takes a process to get ready {@link Views}. */
  static final int LONG = 4096;

  /** Handles for arrays, which are fast, but not at their first use. */
  private static final class Views {
    static final VarHandle INTS =
        MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    static final VarHandle LONGS =
        MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  }

  private final int kind;
  private final byte[] bytes;
  private final int offset;
  private final int count;

  /** A run whose bytes are known to be there. */
  NumberRun(int kind, byte[] bytes, int offset, int count) {
    this.kind = kind;
    this.bytes = bytes;
    this.offset = offset;
    this.count = count;
  }

  /**
   * How many numbers there are.
   *
   * @return the number of them
   */
  public int count() {
    return count;
  }

  /**
   * One of the numbers.
   *
   * @param position its place in the run
   * @return the number
   */
  public Number get(int position) {
    return PlainNumbers.get(kind, bytes, offset + position * PlainNumbers.width(kind));
  }

  /**
   * An array for numbers of this kind.
   *
   * @param length how many
   * @return an {@code int[]}, {@code long[]} or {@code double[]}
   */
  public Object newArray(int length) {
    Number one = get(0);
    if (one instanceof Integer) {
      return new int[length];
    }
    return one instanceof Long ? new long[length] : new double[length];
  }

  /**
   * Copies the numbers into an array of primitives.
   *
   * @param target where to
   * @param index where the first of them is to be
   * @return whether the array is one for such numbers; else nothing is copied
   */
  public boolean copyTo(Object target, int index) {
    Number one = get(0);
    ByteBuffer numbers =
        ByteBuffer.wrap(bytes, offset, count * PlainNumbers.width(kind))
            .order(ByteOrder.LITTLE_ENDIAN);
    if (target instanceof int[] ints && one instanceof Integer) {
      numbers.asIntBuffer().get(ints, index, count);
    } else if (target instanceof long[] longs && one instanceof Long) {
      numbers.asLongBuffer().get(longs, index, count);
    } else if (target instanceof double[] doubles && one instanceof Double) {
      numbers.asDoubleBuffer().get(doubles, index, count);
    } else {
      return false;
    }
    return true;
  }

  /** The number whose bits are at some place, for who asks often. */
  static Number numberOfMany(int kind, byte[] bytes, int index) {
    return PlainNumbers.width(kind) == Integer.BYTES
        ? (int) Views.INTS.get(bytes, index)
        : PlainNumbers.ofBits(kind, (long) Views.LONGS.get(bytes, index));
  }

  /** Writes a value, if it is a number of a kind. Returns whether it is. */
  static boolean put(int kind, @Nullable Object value, byte[] bytes, int index) {
    if (value == null || PlainNumbers.kind(value) != kind) {
      return false;
    }
    PlainNumbers.put(kind, value, bytes, index);
    return true;
  }

  /** The same, for who does so often. */
  static boolean putOfMany(int kind, @Nullable Object value, byte[] bytes, int index) {
    if (value == null || PlainNumbers.kind(value) != kind) {
      return false;
    }
    if (value instanceof Integer number) {
      Views.INTS.set(bytes, index, number.intValue());
    } else {
      Views.LONGS.set(bytes, index, PlainNumbers.bits(value));
    }
    return true;
  }
}
