package io.processpool.wire.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.lang.reflect.Proxy;

/** Class objects by name: Kryo would first look for a serialiser of their instances. */
final class ClassSerializer extends Serializer<Class<?>> {

  @Override
  public void write(Kryo kryo, Output out, Class<?> type) {
    if (type.isHidden() || Proxy.isProxyClass(type)) {
      throw new NotTravellingException("the generated " + type + " " + Route.NOT_SERIALISABLE);
    }
    out.writeString(type.getName());
  }

  @Override
  public Class<?> read(Kryo kryo, Input in, Class<? extends Class<?>> unused) {
    return GraphKryo.namesOf(kryo).find(in.readString());
  }
}
