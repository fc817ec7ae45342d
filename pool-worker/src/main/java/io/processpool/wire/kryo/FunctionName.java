package io.processpool.wire.kryo;

import java.lang.invoke.SerializedLambda;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What a human calls a function of the user's. */
public final class FunctionName {
  /** How the compiler names the body of a lambda: after the method around it, if it can. */
  private static final String BODY = "lambda$";

  private static final String CONSTRUCTOR = "<init>";

  /** All objects of a class have one name, which takes a while to find out for a lambda. */
  private static final ClassValue<AtomicReference<@Nullable String>> NAMES =
      new ClassValue<>() {
        @Override
        protected AtomicReference<@Nullable String> computeValue(Class<?> type) {
          return new AtomicReference<>();
        }
      };

  private FunctionName() {}

  /**
   * Names a function. No code of the user's runs for it.
   *
   * @param function an object, a lambda or a method reference
   * @return the name of its class; for a lambda, that of the method around it; for a method
   *     reference, that of the method
   */
  public static String of(Object function) {
    Class<?> type = function.getClass();
    AtomicReference<@Nullable String> known = NAMES.get(type);
    String name = known.get();
    if (name == null) {
      name = find(function, type);
      known.set(name);
    }
    return name;
  }

  private static String find(Object function, Class<?> type) {
    if (!Route.isLambda(type)) {
      return type.getName();
    }
    try {
      return of(SerialForms.of(function));
    } catch (RuntimeException | LinkageError cannotBeLookedInto) {
      return Route.describe(type);
    }
  }

  private static String of(SerializedLambda form) {
    String type = form.getImplClass().replace('/', '.');
    String method = form.getImplMethodName();
    if (method.startsWith(BODY)) {
      String around = methodAround(method.substring(BODY.length()));
      boolean isNamed = !around.isEmpty() && !around.equals("new") && !around.equals("static");
      return "a lambda in " + type + (isNamed ? "." + around : "");
    }
    return method.equals(CONSTRUCTOR) ? "the constructor of " + type : type + "." + method;
  }

  /** Without the number of the lambda, and the hash before it that one has which travels. */
  private static String methodAround(String body) {
    String method = withoutEnd(body, 10);
    String unhashed = withoutEnd(method, 16);
    return unhashed.isEmpty() ? method : unhashed;
  }

  /** Without a number at its end. */
  private static String withoutEnd(String name, int radix) {
    int end = name.length();
    while (end > 0 && Character.digit(name.charAt(end - 1), radix) >= 0) {
      end--;
    }
    boolean isNumbered = end < name.length() && (end == 0 || name.charAt(end - 1) == '$');
    return isNumbered ? name.substring(0, Math.max(0, end - 1)) : name;
  }
}
