package io.processpool.wire.kryo;

import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.lang.reflect.Array;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values that need no Kryo: one byte says which, the value follows. Reading one runs no code of
 * the user, not even a Kryo registration.
 */
final class PlainFormat {
  /** Says that an object graph written by Kryo follows. */
  static final int GRAPH = 0;

  private static final int NULL = 1;
  private static final int FIRST_SCALAR = 2;

  /** The first of the tags of arrays. */
  static final int FIRST_ARRAY = 16;

  private static final List<Class<?>> SCALARS =
      List.of(
          Boolean.class,
          Byte.class,
          Short.class,
          Character.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          String.class);

  private static final List<Class<?>> COMPONENTS =
      List.of(
          boolean.class,
          byte.class,
          short.class,
          char.class,
          int.class,
          long.class,
          float.class,
          double.class);

  /** What {@link #tagOf} says, which goes through the lists. */
  private static final ClassValue<Integer> TAGS =
      new ClassValue<>() {
        @Override
        protected Integer computeValue(Class<?> type) {
          return tagOf(type);
        }
      };

  private PlainFormat() {}

  static boolean isScalar(Class<?> type) {
    return SCALARS.contains(type);
  }

  static boolean isPlain(@Nullable Object value) {
    return tag(value) != GRAPH;
  }

  /** How many bytes a plain value takes, or a guess for any other. */
  static int size(@Nullable Object value) {
    int tag = tag(value);
    if (tag >= FIRST_ARRAY) {
      Object array = value == null ? "" : value;
      int length = Array.getLength(array);
      long bytes = (long) length * PrimitiveArrays.width(array.getClass().getComponentType());
      return (int) Math.min(1 + Output.varIntLength(length, true) + bytes, Integer.MAX_VALUE - 8);
    }
    return value instanceof String text ? text.length() + 8 : 512;
  }

  /** Writes a plain value; any other is left alone. */
  static boolean write(@Nullable Object value, Output out) {
    int tag = tag(value);
    if (tag == GRAPH) {
      return false;
    }
    out.writeByte(tag);
    if (value != null && tag >= FIRST_ARRAY) {
      PrimitiveArrays.write(value, out);
    } else if (value != null) {
      writeScalar(value, out);
    }
    return true;
  }

  private static void writeScalar(Object value, Output out) {
    if (value instanceof String text) {
      out.writeString(text);
    } else if (value instanceof Integer number) {
      out.writeInt(number);
    } else if (value instanceof Long number) {
      out.writeLong(number);
    } else if (value instanceof Double number) {
      out.writeDouble(number);
    } else if (value instanceof Boolean flag) {
      out.writeBoolean(flag);
    } else if (value instanceof Float number) {
      out.writeFloat(number);
    } else if (value instanceof Short number) {
      out.writeShort(number);
    } else if (value instanceof Byte number) {
      out.writeByte(number);
    } else {
      out.writeChar((Character) value);
    }
  }

  /** Reads what follows a tag other than {@link #GRAPH}. */
  static @Nullable Object read(int tag, Input in) {
    if (tag == NULL) {
      return null;
    }
    if (tag >= FIRST_ARRAY) {
      return PrimitiveArrays.read(COMPONENTS.get(tag - FIRST_ARRAY), in);
    }
    return switch (tag - FIRST_SCALAR) {
      case 0 -> in.readBoolean();
      case 1 -> in.readByte();
      case 2 -> in.readShort();
      case 3 -> in.readChar();
      case 4 -> in.readInt();
      case 5 -> in.readLong();
      case 6 -> in.readFloat();
      case 7 -> in.readDouble();
      default -> in.readString();
    };
  }

  static int tag(@Nullable Object value) {
    return value == null ? NULL : TAGS.get(value.getClass());
  }

  static int tagOf(Class<?> type) {
    if (type.isArray()) {
      int component = COMPONENTS.indexOf(type.getComponentType());
      return component < 0 ? GRAPH : FIRST_ARRAY + component;
    }
    int scalar = SCALARS.indexOf(type);
    return scalar < 0 ? GRAPH : FIRST_SCALAR + scalar;
  }
}
