package io.processpool.wire.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Objects;

/** Dynamic proxies by their interfaces and their handler. */
final class ProxySerializer extends LateSerializer<Object> {

  @Override
  void writeParts(Kryo kryo, Output out, Object proxy) {
    Class<?>[] interfaces = proxy.getClass().getInterfaces();
    out.writeVarInt(interfaces.length, true);
    for (Class<?> type : interfaces) {
      out.writeString(type.getName());
    }
    kryo.writeClassAndObject(out, Proxy.getInvocationHandler(proxy));
  }

  @Override
  public Object read(Kryo kryo, Input in, Class<? extends Object> type) {
    ClassNames names = GraphKryo.namesOf(kryo);
    Class<?>[] interfaces = new Class<?>[Counts.read(in)];
    for (int i = 0; i < interfaces.length; i++) {
      interfaces[i] = names.find(in.readString());
    }
    Object handler = GraphKryo.graphOf(kryo).readPartNow(kryo, in);
    return Proxies.make(
        names.loader(), interfaces, (InvocationHandler) Objects.requireNonNull(handler));
  }
}
