package io.processpool.wire.kryo;

import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.io.KryoBufferOverflowException;
import io.processpool.TaskSerializationException;
import org.jspecify.annotations.Nullable;

/** Says why something could not be written. */
final class EncodingFailures {
  private static final int LONGEST_CAUSE_CHAIN = 100;

  private EncodingFailures() {}

  static TaskSerializationException explain(
      @Nullable Object value, Object what, Throwable failure, KryoPool pool) {
    return new TaskSerializationException(
        what + " cannot travel: " + reason(value, failure, pool), failure);
  }

  private static String reason(@Nullable Object value, Throwable failure, KryoPool pool) {
    NotTravellingException refusal = find(failure, NotTravellingException.class);
    if (refusal != null && value != null) {
      String fault = FaultFinder.find(value, pool);
      return fault != null ? fault : ownWords(refusal);
    }
    KryoBufferOverflowException tooLarge = find(failure, KryoBufferOverflowException.class);
    if (tooLarge != null) {
      return "it takes " + tooLarge.getMessage() + ", more than a payload can hold";
    }
    if (find(failure, StackOverflowError.class) != null) {
      return "it is nested too deeply (java.lang.StackOverflowError)";
    }
    return ownWords(failure);
  }

  /** The message of the failure behind the wrappings of Kryo. */
  static String ownWords(Throwable failure) {
    Throwable t = failure;
    for (int i = 0; i < LONGEST_CAUSE_CHAIN; i++) {
      Throwable cause = t.getCause();
      if (cause == null || !isWrapping(t, cause)) {
        break;
      }
      t = cause;
    }
    String message = safeMessage(t);
    boolean plain = t instanceof KryoException && message != null;
    return plain ? message : t.getClass().getName() + (message == null ? "" : ": " + message);
  }

  private static boolean isWrapping(Throwable t, Throwable cause) {
    String message = safeMessage(t);
    return t instanceof KryoException && (message == null || message.startsWith(cause.toString()));
  }

  private static @Nullable String safeMessage(Throwable t) {
    try {
      return t.getMessage();
    } catch (RuntimeException | StackOverflowError broken) {
      return null;
    }
  }

  private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
    Throwable t = failure;
    for (int i = 0; t != null && i < LONGEST_CAUSE_CHAIN; i++, t = t.getCause()) {
      if (type.isInstance(t)) {
        return type.cast(t);
      }
    }
    return null;
  }
}
