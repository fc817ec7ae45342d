package io.processpool.wire.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.lang.invoke.SerializedLambda;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lambdas and method references: their serial form is Java's, so that the JDK itself makes them
 * again, wherever they were written; what they capture is Kryo's.
 */
final class LambdaSerializer extends LateSerializer<Object> {
  private static final int USUAL_SIZE = 1024;

  @Override
  void writeParts(Kryo kryo, Output out, Object lambda) {
    SerializedLambda form = SerialForms.of(lambda);
    List<Object> captured = new ArrayList<>();
    @Nullable Object[] islands = new Object[form.getCapturedArgCount()];
    for (int i = 0; i < islands.length; i++) {
      Object argument = form.getCapturedArg(i);
      if (argument != null) {
        islands[i] = new Island(captured.size());
        captured.add(argument);
      }
    }
    GrowingOutput stream = new GrowingOutput(USUAL_SIZE);
    try (ObjectOutputStream writer = new ObjectOutputStream(stream)) {
      writer.writeObject(withArguments(form, islands, lambda.getClass()));
    } catch (IOException | ClassNotFoundException impossible) {
      throw new KryoException(impossible);
    }
    JavaForm.write(kryo, out, captured, stream);
  }

  @Override
  @SuppressWarnings("NullAway") // a lambda is never null
  public @Nullable Object read(Kryo kryo, Input in, Class<? extends Object> type) {
    return JavaForm.read(kryo, in);
  }

  private static SerializedLambda withArguments(
      SerializedLambda form, @Nullable Object[] arguments, Class<?> lambda)
      throws ClassNotFoundException {
    String capturing = form.getCapturingClass().replace('/', '.');
    return new SerializedLambda(
        Class.forName(capturing, false, lambda.getClassLoader()),
        form.getFunctionalInterfaceClass(),
        form.getFunctionalInterfaceMethodName(),
        form.getFunctionalInterfaceMethodSignature(),
        form.getImplMethodKind(),
        form.getImplClass(),
        form.getImplMethodName(),
        form.getImplMethodSignature(),
        form.getInstantiatedMethodType(),
        arguments);
  }
}
