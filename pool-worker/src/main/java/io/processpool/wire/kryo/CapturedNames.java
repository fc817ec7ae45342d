package io.processpool.wire.kryo;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a lambda captures, by the variables' names if its class was compiled with debug information.
 */
final class CapturedNames {
  private CapturedNames() {}

  /** One description per captured argument. */
  static List<String> of(SerializedLambda lambda, ClassLoader loader) {
    boolean isStatic = lambda.getImplMethodKind() == MethodHandleInfo.REF_invokeStatic;
    boolean isBody = lambda.getImplMethodName().startsWith("lambda$");
    Map<Integer, String> locals = isBody ? locals(lambda, loader) : Map.of();
    List<String> names = new ArrayList<>();
    int slot = 0;
    for (int i = 0; i < lambda.getCapturedArgCount(); i++) {
      Object argument = lambda.getCapturedArg(i);
      if (i == 0 && !isStatic) {
        names.add(isBody ? "this" : "receiver of " + methodReference(lambda));
        slot++;
      } else {
        String local = locals.get(slot);
        names.add(local != null ? "variable " + local : numbered(i, argument));
        slot += width(lambda, isStatic ? i : i - 1);
      }
    }
    return names;
  }

  private static String numbered(int index, @Nullable Object argument) {
    String place = "argument " + (index + 1);
    return argument == null || Route.isLambda(argument.getClass())
        ? place
        : place + " of type " + argument.getClass().getTypeName();
  }

  private static String methodReference(SerializedLambda lambda) {
    String type = lambda.getImplClass().replaceFirst(".*/", "");
    return type + "::" + lambda.getImplMethodName();
  }

  private static int width(SerializedLambda lambda, int parameter) {
    String signature = lambda.getImplMethodSignature().replaceAll("L[^;]*;", "Ljava/lang/Object;");
    MethodType type = MethodType.fromMethodDescriptorString(signature, null);
    Class<?> declared = type.parameterType(parameter);
    return declared == long.class || declared == double.class ? 2 : 1;
  }

  private static Map<Integer, String> locals(SerializedLambda lambda, ClassLoader loader) {
    try (InputStream file = loader.getResourceAsStream(lambda.getImplClass() + ".class")) {
      return file == null
          ? Map.of()
          : new LocalVariables(new DataInputStream(file))
              .of(lambda.getImplMethodName(), lambda.getImplMethodSignature());
    } catch (IOException | RuntimeException unreadable) {
      return Map.of();
    }
  }
}
