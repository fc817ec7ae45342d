package io.processpool.wire.kryo;

import com.esotericsoftware.kryo.kryo5.KryoException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds classes by name in the user's class loader, and this package's own in its own; gives out
 * none that the filter rejects, and initialises none. Thread-safe.
 */
final class ClassNames {
  private static final String OWN_PACKAGE = ClassNames.class.getPackageName() + '.';

  private static final Map<String, Class<?>> PRIMITIVES =
      Map.of(
          "boolean", boolean.class,
          "byte", byte.class,
          "short", short.class,
          "char", char.class,
          "int", int.class,
          "long", long.class,
          "float", float.class,
          "double", double.class,
          "void", void.class);

  private final ClassLoader loader;
  private final ResultFilter filter;
  private final Map<String, Class<?>> found = new ConcurrentHashMap<>();

  ClassNames(ClassLoader loader, ResultFilter filter) {
    this.loader = loader;
    this.filter = filter;
  }

  ClassLoader loader() {
    return loader;
  }

  ResultFilter filter() {
    return filter;
  }

  /** Throws a {@link KryoException} with a message for the user if there is no such class. */
  Class<?> find(String name) {
    Class<?> known = found.get(name);
    if (known != null) {
      return known;
    }
    Class<?> type = load(name);
    filter.check(type);
    found.put(name, type);
    return type;
  }

  private Class<?> load(String name) {
    Class<?> primitive = PRIMITIVES.get(name);
    if (primitive != null) {
      return primitive;
    }
    try {
      boolean own = name.startsWith(OWN_PACKAGE);
      return Class.forName(name, false, own ? ClassNames.class.getClassLoader() : loader);
    } catch (ClassNotFoundException missing) {
      throw new KryoException(missing(name), missing);
    }
  }

  static String missing(String name) {
    String element = name.replaceFirst("^\\[+L(.*);$", "$1").replace('/', '.');
    return "class " + element + " is not on the class path of this process";
  }
}
