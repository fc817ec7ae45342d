package io.processpool.wire.kryo;

import com.esotericsoftware.kryo.kryo5.KryoSerializable;
import java.io.Serializable;
import java.lang.reflect.Proxy;
import java.nio.charset.Charset;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How the instances of a class travel.
 *
 * @param kind the serialiser
 * @param standIn the registered class that is written in its place; the class itself if none
 * @param refusal why they do not travel, continuing a sentence that starts with the class
 */
record Route(Kind kind, Class<?> standIn, @Nullable String refusal) {
  static final String NOT_SERIALISABLE = "is not serialisable";

  /** The serialisers that a class can have of its own, and the two other ways. */
  enum Kind {
    FIELDS,
    RECORD,
    ENUM,
    OBJECT_ARRAY,
    KRYO_SERIALIZABLE,
    STAND_IN,
    REFUSED
  }

  static Route of(Class<?> type) {
    if (Enum.class.isAssignableFrom(type)) {
      return type.isEnum() || type == Enum.class
          ? own(Kind.ENUM, type)
          : standIn(type.getSuperclass());
    }
    if (type.isArray()) {
      return own(Kind.OBJECT_ARRAY, type);
    }
    if (isLambda(type)) {
      return ofLambda(type);
    }
    if (type.isHidden()) {
      return refused(type, "is a hidden class, which no other process can find");
    }
    if (Proxy.isProxyClass(type)) {
      return standIn(ProxySerializer.class);
    }
    if (Path.class.isAssignableFrom(type)) {
      return standIn(Path.class);
    }
    if (Charset.class.isAssignableFrom(type)) {
      return standIn(Charset.class);
    }
    if (KryoSerializable.class.isAssignableFrom(type)) {
      return own(Kind.KRYO_SERIALIZABLE, type);
    }
    return Platform.contains(type) ? PlatformRoutes.of(type) : ofUserClass(type);
  }

  static boolean isLambda(Class<?> type) {
    return type.isHidden() && type.isSynthetic() && type.getName().contains("$$Lambda");
  }

  static Route own(Kind kind, Class<?> type) {
    return new Route(kind, type, null);
  }

  static Route standIn(Class<?> registered) {
    return new Route(Kind.STAND_IN, registered, null);
  }

  static Route refused(Class<?> type, String refusal) {
    return new Route(Kind.REFUSED, type, refusal);
  }

  /** The class for a message: its name, or for a lambda where it was written. */
  static String describe(Class<?> type) {
    if (isLambda(type)) {
      return "the lambda in " + type.getName().replaceFirst("\\$\\$Lambda.*", "");
    }
    return type.getTypeName();
  }

  private static Route ofLambda(Class<?> type) {
    if (Serializable.class.isAssignableFrom(type)) {
      return standIn(LambdaSerializer.class);
    }
    Class<?>[] interfaces = type.getInterfaces();
    String name = interfaces.length == 0 ? "its interface" : interfaces[0].getName();
    return refused(
        type, NOT_SERIALISABLE + ", because " + name + " does not extend java.io.Serializable");
  }

  private static Route ofUserClass(Class<?> type) {
    if (SelfSerialising.is(type)) {
      return standIn(JavaSerializer.class);
    }
    String closed = ClosedModules.reason(type);
    if (closed != null) {
      return refused(type, closed);
    }
    Class<?> stateful = SelfSerialising.unreadableAncestor(type);
    if (stateful != null) {
      return refused(
          type,
          NOT_SERIALISABLE
              + ", because nothing can read the state of its superclass "
              + stateful.getName());
    }
    return own(type.isRecord() ? Kind.RECORD : Kind.FIELDS, type);
  }
}
