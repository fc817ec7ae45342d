package io.processpool;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Stands for an exception that a task threw in a worker, where it cannot be thrown as itself.
 *
 * <p>There are two occasions. A blocking call such as {@link Pool#apply} cannot declare a task's
 * checked exception: it throws this with the checked exception as its {@linkplain #getCause()
 * cause}. And an exception that cannot be serialised, or not be read in the parent, arrives as
 * this: with its class name, message, stack frames, causes and suppressed exceptions.
 */
public final class RemoteTaskException extends PoolException {
  @Serial private static final long serialVersionUID = 1L;

  private final String remoteClassName;
  private final @Nullable String remoteMessage;

  /**
   * Creates an exception.
   *
   * @param remoteClassName the class name of the exception that the task threw
   * @param remoteMessage its message, or {@code null} if it had none
   * @param cause its cause, or for a blocking call the exception itself; or {@code null}
   */
  public RemoteTaskException(
      String remoteClassName, @Nullable String remoteMessage, @Nullable Throwable cause) {
    super(remoteMessage == null ? remoteClassName : remoteClassName + ": " + remoteMessage, cause);
    this.remoteClassName = remoteClassName;
    this.remoteMessage = remoteMessage;
  }

  /**
   * Makes a task's exception one that a method without a {@code throws} clause can throw.
   *
   * <pre>{@code
   * throw RemoteTaskException.unchecked(executionException.getCause());
   * }</pre>
   *
   * @param failure what the task threw
   * @return {@code failure} itself if it is an unchecked exception, else a new exception with it as
   *     the cause
   * @throws Error {@code failure} itself, if it is an error
   */
  public static RuntimeException unchecked(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof RuntimeException exception
        ? exception
        : new RemoteTaskException(failure.getClass().getName(), failure.getMessage(), failure);
  }

  /**
   * The class name of the exception that the task threw.
   *
   * @return a binary class name, such as {@code java.io.IOException}
   */
  public String remoteClassName() {
    return remoteClassName;
  }

  /**
   * The message of the exception that the task threw.
   *
   * @return the message, or {@code null} if it had none
   */
  public @Nullable String remoteMessage() {
    return remoteMessage;
  }
}
