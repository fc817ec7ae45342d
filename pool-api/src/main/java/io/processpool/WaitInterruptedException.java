package io.processpool;

import java.io.Serial;

/**
 * A thread was interrupted while it waited in a method that cannot declare {@link
 * InterruptedException}, such as {@link java.util.Iterator#next()}. The thread's interrupt flag is
 * set again.
 */
public final class WaitInterruptedException extends PoolException {
  @Serial private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what was waited for
   * @param cause the interruption
   */
  public WaitInterruptedException(String message, InterruptedException cause) {
    super(message, cause);
  }
}
