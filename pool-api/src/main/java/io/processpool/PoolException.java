package io.processpool;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** What the pool itself reports, as opposed to what a task throws. */
public class PoolException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what happened, naming the value at fault
   * @param cause why, or {@code null}
   */
  public PoolException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
