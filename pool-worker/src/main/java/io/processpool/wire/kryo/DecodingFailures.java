package io.processpool.wire.kryo;

import io.processpool.TaskSerializationException;

/** Says why something could not be read. */
final class DecodingFailures {
  private static final int LONGEST_CAUSE_CHAIN = 100;

  private DecodingFailures() {}

  static TaskSerializationException explain(Throwable failure) {
    return new TaskSerializationException("cannot be read: " + reason(failure), failure);
  }

  private static String reason(Throwable failure) {
    Throwable t = failure;
    for (int i = 0; t != null && i < LONGEST_CAUSE_CHAIN; i++, t = t.getCause()) {
      if (t instanceof RejectedException rejected) {
        return EncodingFailures.ownWords(rejected);
      }
      String name = t.getMessage();
      if (name != null && isMissingClass(t) && !name.startsWith("Could not initialize")) {
        return ClassNames.missing(name);
      }
    }
    return EncodingFailures.ownWords(failure);
  }

  private static boolean isMissingClass(Throwable t) {
    return t instanceof ClassNotFoundException || t instanceof NoClassDefFoundError;
  }
}
