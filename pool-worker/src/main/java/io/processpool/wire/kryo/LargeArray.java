package io.processpool.wire.kryo;

import com.esotericsoftware.kryo.kryo5.io.Output;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * A large array of primitives that is sent from where it is, slice by slice, without a copy of the
 * whole. What others change of it meanwhile is sent as it was before or after, as if they had
 * changed it a little earlier or later.
 *
 * <p>It is thread-safe if nobody changes the array.
 */
public final class LargeArray {
  /** In fewer bytes, a copy costs less than this is worth. */
  private static final int FEWEST = 64 * 1024;

  /** So that a payload may have it, with all that is around it. */
  private static final int MOST = Integer.MAX_VALUE - 64 * 1024;

  private final Object array;
  private final int length;
  private final int width;

  private LargeArray(Object array, int length, int width) {
    this.array = array;
    this.length = length;
    this.width = width;
  }

  /**
   * Looks whether a value is such an array.
   *
   * @param value any value
   * @return the array; {@code null} if it is something else, or of a length that makes it not worth
   *     while, or impossible
   */
  public static @Nullable LargeArray of(@Nullable Object value) {
    if (value == null || PlainFormat.tag(value) < PlainFormat.FIRST_ARRAY) {
      return null;
    }
    int length = Array.getLength(value);
    int width = PrimitiveArrays.width(value.getClass().getComponentType());
    long bytes = (long) length * width;
    return bytes < FEWEST || bytes > MOST ? null : new LargeArray(value, length, width);
  }

  /**
   * Writes what comes before the array where it is a plain value.
   *
   * @param out where to
   */
  public void writeHead(Output out) {
    out.writeByte(PlainFormat.tag(array));
    out.writeVarInt(length, true);
  }

  /**
   * How long it is.
   *
   * @return the length in bytes
   */
  public int bytes() {
    return length * width;
  }

  /**
   * Copies a slice.
   *
   * @param from where it begins, in bytes; a multiple of 8
   * @param count how many bytes; a multiple of 8 or up to the end of the array
   * @param target where to, from the beginning
   */
  public void copy(int from, int count, byte[] target) {
    if (array instanceof byte[] bytes) {
      System.arraycopy(bytes, from, target, 0, count);
    } else {
      ByteBuffer view = ByteBuffer.wrap(target).order(ByteOrder.LITTLE_ENDIAN);
      PrimitiveArrays.copyOut(array, from / width, count / width, view);
    }
  }
}
