package io.processpool.wire.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes primitive arrays in blocks, at the speed of a memory copy. */
final class PrimitiveArrays extends Serializer<Object> {
  private static final int BLOCK = 8192;

  @Override
  public void write(Kryo kryo, Output out, Object array) {
    write(array, out);
  }

  @Override
  public Object read(Kryo kryo, Input in, Class<? extends Object> type) {
    Class<?> component = type.getComponentType();
    int start = in.position();
    GraphKryo.admissionOf(kryo).elements(Counts.read(in, width(component)), kryo, in);
    in.setPosition(start);
    return read(component, in);
  }

  static int width(Class<?> component) {
    if (component == byte.class || component == boolean.class) {
      return 1;
    }
    if (component == short.class || component == char.class) {
      return 2;
    }
    return component == int.class || component == float.class ? 4 : 8;
  }

  static void write(Object array, Output out) {
    int length = Array.getLength(array);
    int width = width(array.getClass().getComponentType());
    out.writeVarInt(length, true);
    if (out instanceof GrowingOutput growing) {
      growing.makeRoom((long) length * width);
    }
    if (array instanceof byte[] bytes) {
      out.writeBytes(bytes, 0, length);
      return;
    }
    int perBlock = Math.min(BLOCK / width, length);
    byte[] block = new byte[perBlock * width];
    ByteBuffer view = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < length; from += perBlock) {
      int count = Math.min(perBlock, length - from);
      copyOut(array, from, count, view);
      out.writeBytes(block, 0, count * width);
    }
  }

  static Object read(Class<?> component, Input in) {
    int length = Counts.read(in, width(component));
    if (component == byte.class) {
      return in.readBytes(length);
    }
    Object array = Array.newInstance(component, length);
    int width = width(component);
    int perBlock = Math.min(BLOCK / width, length);
    byte[] block = new byte[perBlock * width];
    ByteBuffer view = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < length; from += perBlock) {
      int count = Math.min(perBlock, length - from);
      in.readBytes(block, 0, count * width);
      copyIn(view, array, from, count);
    }
    return array;
  }

  static void copyOut(Object array, int from, int count, ByteBuffer view) {
    if (array instanceof double[] doubles) {
      view.asDoubleBuffer().put(doubles, from, count);
    } else if (array instanceof int[] ints) {
      view.asIntBuffer().put(ints, from, count);
    } else if (array instanceof long[] longs) {
      view.asLongBuffer().put(longs, from, count);
    } else if (array instanceof float[] floats) {
      view.asFloatBuffer().put(floats, from, count);
    } else if (array instanceof char[] chars) {
      view.asCharBuffer().put(chars, from, count);
    } else if (array instanceof short[] shorts) {
      view.asShortBuffer().put(shorts, from, count);
    } else {
      boolean[] booleans = (boolean[]) array;
      for (int i = 0; i < count; i++) {
        view.put(i, (byte) (booleans[from + i] ? 1 : 0));
      }
    }
  }

  private static void copyIn(ByteBuffer view, Object array, int from, int count) {
    if (array instanceof double[] doubles) {
      view.asDoubleBuffer().get(doubles, from, count);
    } else if (array instanceof int[] ints) {
      view.asIntBuffer().get(ints, from, count);
    } else if (array instanceof long[] longs) {
      view.asLongBuffer().get(longs, from, count);
    } else if (array instanceof float[] floats) {
      view.asFloatBuffer().get(floats, from, count);
    } else if (array instanceof char[] chars) {
      view.asCharBuffer().get(chars, from, count);
    } else if (array instanceof short[] shorts) {
      view.asShortBuffer().get(shorts, from, count);
    } else {
      boolean[] booleans = (boolean[]) array;
      for (int i = 0; i < count; i++) {
        booleans[from + i] = view.get(i) != 0;
      }
    }
  }
}
