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
   * Which of these numbers a value is.
   *
   * @param value any value
   * @return the kind, which is the first byte of what {@link #write} writes; 0 if it is none
   */
  public static int kind(@Nullable Object value) {
    if (value instanceof Integer) {
      return INT;
    }
    if (value instanceof Long) {
      return LONG;
    }
    return value instanceof Double ? DOUBLE : 0;
  }

  /**
   * How many bytes a number takes behind its kind.
   *
   * @param kind any number
   * @return the width; 0 if it is no {@linkplain #kind kind}
   */
  public static int width(int kind) {
    if (kind == INT) {
      return Integer.BYTES;
    }
    return kind == LONG || kind == DOUBLE ? Long.BYTES : 0;
  }

  /**
   * The number that consists of some bits.
   *
   * @param kind its kind
   * @param bits as many bits as it is wide
   * @return the number
   */
  public static Number ofBits(int kind, long bits) {
    if (kind == INT) {
      return (int) bits;
    }
    if (kind == LONG) {
      return bits;
    }
    return Double.longBitsToDouble(bits);
  }

  /**
   * Reads the bits of a number.
   *
   * @param kind its kind
   * @param bytes hold it
   * @param index where it begins, behind its kind
   * @return the number
   */
  public static Number get(int kind, byte[] bytes, int index) {
    return ofBits(kind, get(bytes, index, width(kind)));
  }

  /**
   * Writes the bits of a number.
   *
   * @param kind its kind
   * @param number the number
   * @param bytes where to
   * @param index where it is to begin, behind its kind
   */
  public static void put(int kind, Object number, byte[] bytes, int index) {
    put(bytes, index, width(kind), bits(number));
  }

  /**
   * The bits of a number, which must be an Integer, a Long or a Double.
   *
   * @param number the number
   * @return its bits, those of an Integer with its sign before them
   */
  public static long bits(Object number) {
    if (number instanceof Integer value) {
      return value;
    }
    return number instanceof Long value ? value : Double.doubleToRawLongBits((Double) number);
  }

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
      put(bytes, index + 1, Long.BYTES, Double.doubleToRawLongBits(number));
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
