package io.processpool.function;

import java.io.Serializable;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A task without arguments that a worker can run.
 *
 * <p>A lambda or method reference in this type's place is serialisable by itself; what it captures
 * must be able to travel too. It runs in another process: what it changes there is not seen here.
 *
 * @param <R> the type of the result
 */
@FunctionalInterface
public interface SerializableCallable<R extends @Nullable Object>
    extends Callable<R>, Serializable {

  /**
   * Runs the task.
   *
   * @return the result, possibly {@code null}
   * @throws Exception whatever the task throws
   */
  @Override
  R call() throws Exception;
}
