package io.processpool.core.result;

import io.processpool.Outcome;
import io.processpool.RemoteTaskException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The values of outcomes that are waited for one by one. What interrupts a wait skips nothing. */
final class OutcomeIterator<R extends @Nullable Object> implements Iterator<R> {
  private final int size;
  private final IntFunction<Outcome<R>> outcomes;
  private int next;

  /**
   * Creates an iterator.
   *
   * @param outcomes waits for the outcome at a position
   */
  OutcomeIterator(int size, IntFunction<Outcome<R>> outcomes) {
    this.size = size;
    this.outcomes = outcomes;
  }

  @Override
  public boolean hasNext() {
    return next < size;
  }

  @Override
  public R next() {
    if (!hasNext()) {
      throw new NoSuchElementException("The map has " + size + " results");
    }
    Outcome<R> outcome = outcomes.apply(next);
    next++;
    if (outcome instanceof Outcome.Failure<R> failure) {
      throw RemoteTaskException.unchecked(failure.exception());
    }
    return ((Outcome.Success<R>) outcome).value();
  }
}
