package io.processpool.wire.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The fields that travel of a user's class, those of its own superclasses included. */
final class InstanceFields {
  private static final String KRYO = Kryo.class.getPackageName() + '.';

  private InstanceFields() {}

  /** Accessible, in an order that depends on the class files only. */
  static Field[] of(Class<?> type) {
    List<Field> all = new ArrayList<>();
    for (Class<?> c = type; c != null && !Platform.contains(c); c = c.getSuperclass()) {
      Field[] declared = c.getDeclaredFields();
      Arrays.sort(declared, Comparator.comparing(Field::getName));
      for (Field field : declared) {
        if ((field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0) {
          field.setAccessible(true);
          all.add(field);
        }
      }
    }
    return all.toArray(new Field[0]);
  }

  /** Whether the author of the class has Kryo's own field serialiser in mind. */
  static boolean haveKryoAnnotations(Class<?> type) {
    for (Field field : of(type)) {
      for (Annotation annotation : field.getAnnotations()) {
        if (annotation.annotationType().getName().startsWith(KRYO)) {
          return true;
        }
      }
    }
    return false;
  }
}
