package io.processpool;

import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What became of one item: its value, or the exception that stands in its place. Immutable.
 *
 * <pre>{@code
 * for (Outcome<Integer> outcome : result.outcomes()) {
 *   if (outcome instanceof Outcome.Failure<Integer> failure) {
 *     System.out.println("item " + failure.index() + ": " + failure.exception());
 *   }
 * }
 * }</pre>
 *
 * @param <R> the type of the value
 */
public sealed interface Outcome<R extends @Nullable Object> {

  /**
   * The item's place in the input.
   *
   * @return the index, from 0
   */
  int index();

  /**
   * Tells whether the item has a value.
   *
   * @return {@code true} for a {@link Success}
   */
  boolean successful();

  /**
   * The value.
   *
   * @return the value, possibly {@code null}
   * @throws ExecutionException if the item failed; its cause is the exception
   */
  R get() throws ExecutionException;

  /**
   * An item that has a value.
   *
   * @param index the item's place in the input
   * @param value the value
   * @param <R> the type of the value
   */
  record Success<R extends @Nullable Object>(int index, R value) implements Outcome<R> {
    @Override
    public boolean successful() {
      return true;
    }

    @Override
    public R get() {
      return value;
    }
  }

  /**
   * An item that failed.
   *
   * @param index the item's place in the input
   * @param exception what the task threw, or why there is no result
   * @param <R> the type of the value it does not have
   */
  record Failure<R extends @Nullable Object>(int index, Throwable exception) implements Outcome<R> {
    @Override
    public boolean successful() {
      return false;
    }

    @Override
    public R get() throws ExecutionException {
      throw new ExecutionException(exception);
    }
  }
}
