package io.processpool.wire.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;

/** By name: the JDK's own enums grow constants in the middle from one release to the next. */
final class EnumSerializer extends Serializer<Enum<?>> {
  private final Class<?> type;

  EnumSerializer(Class<?> type) {
    this.type = type;
  }

  @Override
  public void write(Kryo kryo, Output out, Enum<?> constant) {
    out.writeString(constant.name());
  }

  @Override
  public Enum<?> read(Kryo kryo, Input in, Class<? extends Enum<?>> unused) {
    return constant(type, in.readString());
  }

  static Enum<?> constant(Class<?> type, String name) {
    Object[] constants = type.getEnumConstants();
    for (Object constant : constants == null ? new Object[0] : constants) {
      if (((Enum<?>) constant).name().equals(name)) {
        return (Enum<?>) constant;
      }
    }
    throw new KryoException("enum " + type.getName() + " has no constant " + name + " here");
  }
}
