package io.processpool.wire.kryo;

import org.jspecify.annotations.Nullable;

/**
 * Integers, longs and doubles in the {@link PlainFormat}, by the shortest way: there may be
 * millions of them, each an item by itself.
 */
public final class PlainNumbers {
  /** As many bytes as a number may take. */
  public static final int LONGEST = 1 + Long.BYTES;

  private static final int INT = PlainFormat.tagOf(Integer.class);
  private static final int LONG = PlainFormat.tagOf(Long.class);
  private static final int DOUBLE = PlainFormat.tagOf(Double.class);

  private PlainNumbers() {}

  /**
   * Writes a value, if it is such a number.
   *
   * @param value any value
   * @param bytes where to, with {@link #LONGEST} bytes of room
   * @param index where it begins
   * @return how many bytes it takes; 0 if it is something else
   */
  public static int write(@Nullable Object value, byte[] bytes, int index) {
    if (value instanceof Integer number) {
      bytes[index] = (byte) INT;
      put(bytes, index + 1, Integer.BYTES, number);
      return 1 + Integer.BYTES;
    }
    if (value instanceof Long number) {
      bytes[index] = (byte) LONG;
      put(bytes, index + 1, Long.BYTES, number);
      return LONGEST;
    }
    if (value instanceof Double number) {
      bytes[index] = (byte) DOUBLE;
      put(bytes, index + 1, Long.BYTES, Double.doubleToLongBits(number));
      return LONGEST;
    }
    return 0;
  }

  /**
   * Reads a value, if it is such a number.
   *
   * @param bytes hold it
   * @param index where it begins
   * @param length how many bytes it takes
   * @return the number; {@code null} if it is something else
   */
  public static @Nullable Number read(byte[] bytes, int index, int length) {
    if (length == 1 + Integer.BYTES && bytes[index] == INT) {
      return (int) get(bytes, index + 1, Integer.BYTES);
    }
    if (length == LONGEST && bytes[index] == LONG) {
      return get(bytes, index + 1, Long.BYTES);
    }
    if (length == LONGEST && bytes[index] == DOUBLE) {
      return Double.longBitsToDouble(get(bytes, index + 1, Long.BYTES));
    }
    return null;
  }

  /** The least significant byte first, as Kryo does it. */
  private static void put(byte[] bytes, int index, int width, long number) {
    for (int i = 0; i < width; i++) {
      bytes[index + i] = (byte) (number >> (i * Byte.SIZE));
    }
  }

  private static long get(byte[] bytes, int index, int width) {
    long number = 0;
    for (int i = 0; i < width; i++) {
      number |= (bytes[index + i] & 0xffL) << (i * Byte.SIZE);
    }
    return number;
  }
}
