package io.processpool.wire.kryo;

import com.esotericsoftware.kryo.kryo5.KryoException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * Makes an empty instance of a class, to be filled field by field.
 *
 * <p>By the class's own no-argument constructor if it has one, so that transient fields get their
 * initial values. Otherwise as Java serialisation does: no constructor of the user's runs, but the
 * one of the nearest JDK superclass does.
 */
final class Creation {
  private final Class<?> type;
  private final @Nullable Constructor<?> constructor;

  private Creation(Class<?> type, @Nullable Constructor<?> constructor) {
    this.type = type;
    this.constructor = constructor;
  }

  static Creation of(Class<?> type) {
    if (Modifier.isAbstract(type.getModifiers())) {
      return new Creation(type, null);
    }
    Constructor<?> own = noArgument(type);
    boolean usable = own != null && (own.canAccess(null) || own.trySetAccessible());
    return new Creation(type, usable ? own : withoutOwnConstructor(type));
  }

  Object newInstance() {
    if (constructor == null) {
      throw new KryoException("abstract " + type.getName() + " has no instances");
    }
    try {
      return constructor.newInstance();
    } catch (InvocationTargetException thrown) {
      throw new KryoException(
          "the no-argument constructor of " + type.getName() + " threw " + thrown.getCause(),
          thrown.getCause());
    } catch (ReflectiveOperationException impossible) {
      throw new KryoException("no instance of " + type.getName() + " can be made", impossible);
    }
  }

  private static @Nullable Constructor<?> noArgument(Class<?> type) {
    try {
      return type.getDeclaredConstructor();
    } catch (NoSuchMethodException none) {
      return null;
    }
  }

  private static Constructor<?> withoutOwnConstructor(Class<?> type) {
    Class<?> ancestor = type;
    while (!Platform.contains(ancestor)) {
      ancestor = ancestor.getSuperclass();
    }
    Constructor<?> first = noArgument(ancestor);
    try {
      // The one supported way past a constructor; reflective, since javac warns of the class.
      Class<?> factoryType = Class.forName("sun.reflect.ReflectionFactory");
      Object factory = factoryType.getMethod("getReflectionFactory").invoke(null);
      Object made =
          factoryType
              .getMethod("newConstructorForSerialization", Class.class, Constructor.class)
              .invoke(factory, type, first);
      return (Constructor<?>) made;
    } catch (ReflectiveOperationException | RuntimeException unavailable) {
      throw new KryoException(
          type.getName()
              + " has no no-argument constructor, and can only do without where module"
              + " jdk.unsupported is present",
          unavailable);
    }
  }
}
