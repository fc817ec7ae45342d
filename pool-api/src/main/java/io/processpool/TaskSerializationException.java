package io.processpool;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A function, an argument or a result cannot travel between parent and worker. The message names
 * the class at fault and the way to it: fields, elements, and for a lambda the captured variable.
 */
public final class TaskSerializationException extends PoolException {
  @Serial private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what cannot travel, and where it was found
   * @param cause the failure behind it, or {@code null}
   */
  public TaskSerializationException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
