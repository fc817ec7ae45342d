package io.processpool.worker;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;

/**
 * Finds the user's classes, and not the libraries that the worker happens to be made of. The JDK
 * comes first, as everywhere; what parent and worker share comes from the worker; all else from the
 * user's class path alone.
 */
final class UserClassLoader extends URLClassLoader {
  private static final List<String> SHARED =
      List.of(
          "io.processpool.", "com.esotericsoftware.kryo.kryo5.", "org.slf4j.", "ch.qos.logback.");

  static {
    registerAsParallelCapable();
  }

  private final ClassLoader worker;

  UserClassLoader(URL[] classPath, ClassLoader worker) {
    super("user", classPath, ClassLoader.getPlatformClassLoader());
    this.worker = worker;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (isShared(name)) {
      try {
        return worker.loadClass(name);
      } catch (ClassNotFoundException e) {
        return super.loadClass(name, resolve); // the user's own, in a package of ours
      }
    }
    return super.loadClass(name, resolve);
  }

  private static boolean isShared(String name) {
    for (String prefix : SHARED) {
      if (name.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }
}
