package io.processpool.wire.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/**
 * Writes a user's object field by field. Unlike Kryo's it keeps synthetic fields, such as the outer
 * instance and what a local class captures, and generates no code.
 */
final class FieldsSerializer extends Serializer<Object> {
  private final Field[] fields;
  private final char[] kinds;
  private final Creation creation;

  private FieldsSerializer(Field[] fields, Creation creation) {
    this.fields = fields;
    this.creation = creation;
    this.kinds = kinds(fields);
  }

  /** For each field the first letter of its type's descriptor: one for each primitive type. */
  static char[] kinds(Field[] fields) {
    char[] kinds = new char[fields.length];
    for (int i = 0; i < kinds.length; i++) {
      kinds[i] = fields[i].getType().descriptorString().charAt(0);
    }
    return kinds;
  }

  static FieldsSerializer of(Class<?> type) {
    return new FieldsSerializer(InstanceFields.of(type), Creation.of(type));
  }

  @Override
  public void write(Kryo kryo, Output out, Object object) {
    try {
      for (int i = 0; i < kinds.length; i++) {
        write(kryo, out, object, fields[i], kinds[i]);
      }
    } catch (IllegalAccessException impossible) {
      throw new KryoException(impossible);
    }
  }

  @Override
  public Object read(Kryo kryo, Input in, Class<? extends Object> type) {
    ObjectGraph graph = GraphKryo.graphOf(kryo);
    Object object = creation.newInstance();
    kryo.reference(object);
    int id = graph.open();
    try {
      for (int i = 0; i < kinds.length; i++) {
        read(kryo, in, object, fields[i], kinds[i]);
      }
    } catch (IllegalAccessException impossible) {
      throw new KryoException(impossible);
    }
    graph.close(id);
    return object;
  }

  static void write(Kryo kryo, Output out, Object object, Field field, char kind)
      throws IllegalAccessException {
    switch (kind) {
      case 'I' -> out.writeVarInt(field.getInt(object), false);
      case 'J' -> out.writeVarLong(field.getLong(object), false);
      case 'D' -> out.writeDouble(field.getDouble(object));
      case 'F' -> out.writeFloat(field.getFloat(object));
      case 'Z' -> out.writeBoolean(field.getBoolean(object));
      case 'C' -> out.writeChar(field.getChar(object));
      case 'S' -> out.writeShort(field.getShort(object));
      case 'B' -> out.writeByte(field.getByte(object));
      default -> kryo.writeClassAndObject(out, field.get(object));
    }
  }

  private static void read(Kryo kryo, Input in, Object object, Field field, char kind)
      throws IllegalAccessException {
    switch (kind) {
      case 'I' -> field.setInt(object, in.readVarInt(false));
      case 'J' -> field.setLong(object, in.readVarLong(false));
      case 'D' -> field.setDouble(object, in.readDouble());
      case 'F' -> field.setFloat(object, in.readFloat());
      case 'Z' -> field.setBoolean(object, in.readBoolean());
      case 'C' -> field.setChar(object, in.readChar());
      case 'S' -> field.setShort(object, in.readShort());
      case 'B' -> field.setByte(object, in.readByte());
      default -> {
        ObjectGraph graph = GraphKryo.graphOf(kryo);
        Object part = graph.readPart(kryo, in);
        if (part instanceof ObjectGraph.Later later) {
          graph.assignLater(() -> assign(object, field, later.value()));
        } else {
          field.set(object, part);
        }
      }
    }
  }

  private static void assign(Object object, Field field, @Nullable Object value) {
    try {
      field.set(object, value);
    } catch (IllegalAccessException impossible) {
      throw new KryoException(impossible);
    }
  }
}
