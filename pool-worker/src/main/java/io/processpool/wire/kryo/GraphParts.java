package io.processpool.wire.kryo;

import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Lists what an object refers to, with names that make up a path such as {@code .items[2].owner}.
 */
final class GraphParts {
  private GraphParts() {}

  static void forEach(Object object, BiConsumer<String, @Nullable Object> visitor) {
    Class<?> type = object.getClass();
    if (Route.isLambda(type)) {
      captured(object, visitor);
    } else if (object instanceof Object[] array) {
      indexed(array, visitor);
    } else if (Proxy.isProxyClass(type)) {
      visitor.accept(".handler", Proxy.getInvocationHandler(object));
    } else if (Platform.contains(type)) {
      ofPlatform(object, visitor);
    } else {
      ofUser(object, visitor);
    }
  }

  private static void captured(Object lambda, BiConsumer<String, @Nullable Object> visitor) {
    SerializedLambda form = SerialForms.of(lambda);
    List<String> names = CapturedNames.of(form, lambda.getClass().getClassLoader());
    for (int i = 0; i < form.getCapturedArgCount(); i++) {
      visitor.accept(" captured " + names.get(i), form.getCapturedArg(i));
    }
  }

  private static void ofUser(Object object, BiConsumer<String, @Nullable Object> visitor) {
    try {
      for (Field field : InstanceFields.of(object.getClass())) {
        visitor.accept("." + field.getName(), field.get(object));
      }
    } catch (IllegalAccessException | InaccessibleObjectException closed) {
      return;
    }
    if (object instanceof Map || object instanceof Collection) {
      ofPlatform(object, visitor);
    } else if (object instanceof Throwable throwable) {
      visitor.accept(".cause", throwable.getCause());
      indexed(throwable.getSuppressed(), visitor);
    }
  }

  private static void ofPlatform(Object object, BiConsumer<String, @Nullable Object> visitor) {
    if (object instanceof Map<?, ?> map) {
      if (map instanceof SortedMap<?, ?> sorted) {
        visitor.accept(".comparator", sorted.comparator());
      }
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        visitor.accept(" key", entry.getKey());
        visitor.accept("[" + label(entry.getKey()) + "]", entry.getValue());
      }
    } else if (object instanceof Collection<?> collection) {
      visitor.accept(".comparator", comparator(collection));
      indexed(collection.toArray(), visitor);
    } else if (object instanceof Map.Entry<?, ?> entry) {
      visitor.accept(".key", entry.getKey());
      visitor.accept(".value", entry.getValue());
    } else if (object instanceof Optional<?> optional) {
      visitor.accept(".value", optional.orElse(null));
    } else if (object instanceof AtomicReference<?> reference) {
      visitor.accept(".value", reference.get());
    } else if (object instanceof Serializable && !PlainFormat.isPlain(object)) {
      SerialProbe.parts(object).forEach(part -> visitor.accept("", part));
    }
  }

  private static @Nullable Object comparator(Collection<?> collection) {
    if (collection instanceof SortedSet<?> sorted) {
      return sorted.comparator();
    }
    return collection instanceof PriorityQueue<?> queue ? queue.comparator() : null;
  }

  private static void indexed(Object[] elements, BiConsumer<String, @Nullable Object> visitor) {
    for (int i = 0; i < elements.length; i++) {
      visitor.accept("[" + i + "]", elements[i]);
    }
  }

  private static String label(@Nullable Object key) {
    return key == null || PlainFormat.isPlain(key) || key instanceof Enum
        ? String.valueOf(key)
        : "a " + key.getClass().getSimpleName();
  }
}
