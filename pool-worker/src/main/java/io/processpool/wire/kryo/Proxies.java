package io.processpool.wire.kryo;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;

/** Makes dynamic proxies in the loader that can see their interfaces. */
final class Proxies {
  private Proxies() {}

  static Object make(ClassLoader loader, Class<?>[] interfaces, InvocationHandler handler) {
    ClassLoader chosen = loader;
    for (Class<?> type : interfaces) {
      if (!Modifier.isPublic(type.getModifiers())) {
        chosen = type.getClassLoader();
      }
    }
    return Proxy.newProxyInstance(chosen, interfaces, handler);
  }
}
