package io.processpool;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The pool ended before the task had a result: by {@link Pool#terminate()} or by a failure. */
public final class PoolTerminatedException extends PoolException {
  @Serial private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message how the pool ended
   * @param cause what ended it, or {@code null}
   */
  public PoolTerminatedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
