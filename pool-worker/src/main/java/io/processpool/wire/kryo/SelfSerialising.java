package io.processpool.wire.kryo;

import java.io.Externalizable;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * Tells the user's classes that take part in their own Java serialisation, or inherit state from a
 * class that does; their fields alone are not what they are.
 */
final class SelfSerialising {
  private SelfSerialising() {}

  static boolean is(Class<?> type) {
    if (!Serializable.class.isAssignableFrom(type)) {
      return false;
    }
    if (Externalizable.class.isAssignableFrom(type)) {
      return true;
    }
    for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
      if (Platform.contains(c) ? hasInstanceFields(c) : hasHooks(c)) {
        return true;
      }
    }
    return false;
  }

  /** A JDK superclass with state that neither we nor Java serialisation can get at. */
  static @Nullable Class<?> unreadableAncestor(Class<?> type) {
    for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
      if (Platform.contains(c) && hasPersistentFields(c)) {
        return c;
      }
    }
    return null;
  }

  private static boolean hasHooks(Class<?> type) {
    return declares(type, "writeObject", ObjectOutputStream.class)
        || declares(type, "readObject", ObjectInputStream.class)
        || declares(type, "writeReplace")
        || declares(type, "readResolve")
        || declares(type, "readObjectNoData")
        || declaresPersistentFields(type);
  }

  private static boolean declares(Class<?> type, String name, Class<?>... parameters) {
    try {
      return type.getDeclaredMethod(name, parameters) != null;
    } catch (NoSuchMethodException | LinkageError none) {
      return false;
    }
  }

  private static boolean declaresPersistentFields(Class<?> type) {
    try {
      return Modifier.isStatic(type.getDeclaredField("serialPersistentFields").getModifiers());
    } catch (NoSuchFieldException | LinkageError none) {
      return false;
    }
  }

  private static boolean hasInstanceFields(Class<?> type) {
    for (Field field : type.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers())) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasPersistentFields(Class<?> type) {
    for (Field field : type.getDeclaredFields()) {
      if ((field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0) {
        return true;
      }
    }
    return false;
  }
}
