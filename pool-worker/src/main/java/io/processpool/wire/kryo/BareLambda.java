package io.processpool.wire.kryo;

import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;

/**
 * Lambdas and method references that capture nothing: the names that their serial form consists of.
 * To write and to read these takes neither Kryo nor a Java stream, each of which loads a hundred
 * classes at its first use.
 */
final class BareLambda {
  /** Says that one follows; no other payload begins so. */
  static final byte TAG = -1;

  private BareLambda() {}

  /**
   * Writes a lambda that is bare, and can be read again by the names in its form; anything else is
   * left alone.
   */
  static boolean write(Object function, Output out) {
    if (!Captures.nothing(function) || !SerialForms.areOpen(function.getClass())) {
      return false;
    }
    SerializedLambda form = SerialForms.of(function);
    if (form.getCapturedArgCount() > 0 || isFromHiddenClass(form, function)) {
      return false;
    }
    out.writeByte(TAG);
    out.writeString(form.getCapturingClass());
    out.writeString(form.getFunctionalInterfaceClass());
    out.writeString(form.getFunctionalInterfaceMethodName());
    out.writeString(form.getFunctionalInterfaceMethodSignature());
    out.writeInt(form.getImplMethodKind());
    out.writeString(form.getImplClass());
    out.writeString(form.getImplMethodName());
    out.writeString(form.getImplMethodSignature());
    out.writeString(form.getInstantiatedMethodType());
    return true;
  }

  /** Hidden classes have names by which nobody finds them. */
  private static boolean isFromHiddenClass(SerializedLambda form, Object function) {
    String capturing = form.getCapturingClass().replace('/', '.');
    try {
      return Class.forName(capturing, false, function.getClass().getClassLoader()).isHidden();
    } catch (ClassNotFoundException e) {
      return true;
    }
  }

  /** Reads what follows the tag. */
  static @Nullable Object read(Input in, ClassNames names) {
    names.filter().check(SerializedLambda.class);
    Class<?> capturing = names.find(in.readString().replace('/', '.'));
    SerializedLambda form =
        new SerializedLambda(
            capturing,
            in.readString(),
            in.readString(),
            in.readString(),
            in.readInt(),
            in.readString(),
            in.readString(),
            in.readString(),
            in.readString(),
            new Object[0]);
    try {
      return SerialForms.lambda(form, capturing);
    } catch (InvocationTargetException e) {
      throw new KryoException(capturing.getName() + ": " + e.getCause(), e.getCause());
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new KryoException(capturing.getName() + ": " + e, e);
    }
  }
}
