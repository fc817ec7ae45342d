package io.processpool;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A worker could not be started: no such {@code java}, a flag it rejects, a Java version too old,
 * an initializer that throws. The message names the value at fault and ends with what the worker
 * printed.
 */
public final class PoolStartException extends PoolException {
  @Serial private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what could not be started and why
   * @param cause the failure behind it, or {@code null}
   */
  public PoolStartException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
