package io.processpool.wire.kryo;

import java.lang.invoke.SerializedLambda;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * The serial form of lambdas and method references, without a stream: the methods that the compiler
 * and the JDK have made for streams are called here. In a module that is closed to this package
 * they cannot be.
 */
final class SerialForms {
  private static final String WRITE = "writeReplace";
  private static final String READ = "$deserializeLambda$";

  private SerialForms() {}

  /**
   * The serial form of a lambda.
   *
   * @throws NotTravellingException if it has none
   */
  static SerializedLambda of(Object lambda) {
    Object form = call(lambda);
    if (form == null) {
      form = SerialProbe.firstPart(lambda);
    }
    if (form instanceof SerializedLambda serialized) {
      return serialized;
    }
    throw new NotTravellingException(
        Route.describe(lambda.getClass()) + " " + Route.NOT_SERIALISABLE);
  }

  private static @Nullable Object call(Object lambda) {
    try {
      Method write = lambda.getClass().getDeclaredMethod(WRITE);
      return write.trySetAccessible() ? write.invoke(lambda) : null;
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  /** Whether {@link #lambda} can be called for forms of lambdas that this class has in it. */
  static boolean areOpen(Class<?> capturing) {
    return capturing.getModule().isOpen(capturing.getPackageName(), SerialForms.class.getModule());
  }

  /**
   * The lambda of a serial form.
   *
   * @param capturing the class that it was written in
   * @throws InvocationTargetException if that class has no such lambda
   * @throws ReflectiveOperationException if that class has no serialisable lambda at all
   */
  static @Nullable Object lambda(SerializedLambda form, Class<?> capturing)
      throws ReflectiveOperationException {
    Method read = capturing.getDeclaredMethod(READ, SerializedLambda.class);
    read.setAccessible(true);
    return read.invoke(null, form);
  }
}
