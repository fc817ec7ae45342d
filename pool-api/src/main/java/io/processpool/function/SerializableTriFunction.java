package io.processpool.function;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A task of three arguments that a worker can run.
 *
 * <p>A lambda or method reference in this type's place is serialisable by itself; what it captures
 * must be able to travel too. It runs in another process: what it changes there is not seen here.
 *
 * @param <A> the type of the first argument
 * @param <B> the type of the second argument
 * @param <C> the type of the third argument
 * @param <R> the type of the result
 */
@FunctionalInterface
public interface SerializableTriFunction<
        A extends @Nullable Object,
        B extends @Nullable Object,
        C extends @Nullable Object,
        R extends @Nullable Object>
    extends Serializable {

  /**
   * Runs the task.
   *
   * @param first the first argument, as it arrived in the worker
   * @param second the second argument
   * @param third the third argument
   * @return the result, possibly {@code null}
   * @throws Exception whatever the task throws
   */
  R apply(A first, B second, C third) throws Exception;
}
