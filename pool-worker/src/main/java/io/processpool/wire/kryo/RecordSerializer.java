package io.processpool.wire.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/**
 * Writes a record by its fields, not by its accessors, which may be overridden; reads it by its
 * canonical constructor. Primitive components are written as such, without their class.
 */
final class RecordSerializer extends LateSerializer<Object> {
  private final Field[] fields;
  private final char[] kinds;
  private final Constructor<?> constructor;

  private RecordSerializer(Field[] fields, Constructor<?> constructor) {
    this.fields = fields;
    this.kinds = FieldsSerializer.kinds(fields);
    this.constructor = constructor;
  }

  static RecordSerializer of(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Field[] fields = new Field[components.length];
    Class<?>[] types = new Class<?>[components.length];
    try {
      for (int i = 0; i < components.length; i++) {
        fields[i] = type.getDeclaredField(components[i].getName());
        fields[i].setAccessible(true);
        types[i] = components[i].getType();
      }
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return new RecordSerializer(fields, constructor);
    } catch (ReflectiveOperationException impossible) {
      throw new KryoException(impossible);
    }
  }

  @Override
  void writeParts(Kryo kryo, Output out, Object object) {
    try {
      for (int i = 0; i < kinds.length; i++) {
        FieldsSerializer.write(kryo, out, object, fields[i], kinds[i]);
      }
    } catch (IllegalAccessException impossible) {
      throw new KryoException(impossible);
    }
  }

  @Override
  public Object read(Kryo kryo, Input in, Class<? extends Object> type) {
    @Nullable Object[] values = new Object[fields.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = read(kryo, in, kinds[i]);
    }
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException thrown) {
      throw new KryoException(
          "the constructor of record " + type.getName() + " threw " + thrown.getCause(),
          thrown.getCause());
    } catch (ReflectiveOperationException impossible) {
      throw new KryoException(impossible);
    }
  }

  private static @Nullable Object read(Kryo kryo, Input in, char kind) {
    return switch (kind) {
      case 'I' -> in.readVarInt(false);
      case 'J' -> in.readVarLong(false);
      case 'D' -> in.readDouble();
      case 'F' -> in.readFloat();
      case 'Z' -> in.readBoolean();
      case 'C' -> in.readChar();
      case 'S' -> in.readShort();
      case 'B' -> in.readByte();
      default -> GraphKryo.graphOf(kryo).readPartNow(kryo, in);
    };
  }
}
