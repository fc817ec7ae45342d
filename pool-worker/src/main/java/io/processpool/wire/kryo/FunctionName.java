package io.processpool.wire.kryo;

import java.lang.invoke.SerializedLambda;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a human calls a function of the user's. */
public final class FunctionName {
  /** As the compiler names the body of a lambda: after the method around it, if it can. */
  private static final Pattern BODY =
      Pattern.compile("lambda\\$(?:(?<method>.+?)(?:\\$\\p{XDigit}+)?\\$)?\\d+");

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
      return of(LambdaSerializer.serialForm(function));
    } catch (RuntimeException | LinkageError cannotBeLookedInto) {
      return Route.describe(type);
    }
  }

  private static String of(SerializedLambda form) {
    String type = form.getImplClass().replace('/', '.');
    String method = form.getImplMethodName();
    Matcher body = BODY.matcher(method);
    if (body.matches()) {
      String around = body.group("method");
      boolean isNamed = around != null && !around.equals("new") && !around.equals("static");
      return "a lambda in " + type + (isNamed ? "." + around : "");
    }
    return method.equals(CONSTRUCTOR) ? "the constructor of " + type : type + "." + method;
  }
}
