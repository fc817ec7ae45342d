package io.processpool.wire.kryo;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;

/** What lambdas and method references capture. */
public final class Captures {
  private static final ClassValue<Boolean> NOTHING =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return Route.isLambda(type) && hasNoState(type);
        }
      };

  private Captures() {}

  /**
   * Tells whether a function is a lambda or a method reference that captures nothing: then all
   * others of its class are the same.
   *
   * @param function any object
   * @return whether it is
   */
  public static boolean nothing(Object function) {
    return NOTHING.get(function.getClass());
  }

  private static boolean hasNoState(Class<?> lambda) {
    for (Field field : lambda.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers())) {
        return false;
      }
    }
    return true;
  }
}
