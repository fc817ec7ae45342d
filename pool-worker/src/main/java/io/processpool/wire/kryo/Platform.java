package io.processpool.wire.kryo;

/** Tells the JDK's classes from all others. */
final class Platform {
  private Platform() {}

  static boolean contains(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    if (loader == null || loader == ClassLoader.getPlatformClassLoader()) {
      return true;
    }
    Module module = type.getModule();
    return module.getLayer() == ModuleLayer.boot()
        && (module.getName().startsWith("jdk.") || module.getName().startsWith("java."));
  }
}
