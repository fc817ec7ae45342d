package io.processpool.core.schedule;

import java.time.Duration;

/** The scheduler's sense of time. */
public interface Clock {

  /**
   * The time.
   *
   * @return nanoseconds since some moment, as {@link System#nanoTime}
   */
  long nanoTime();

  /**
   * Has something done later, unless the clock is stopped before.
   *
   * @param delay how much later
   * @param action what to do, soon done
   */
  void later(Duration delay, Runnable action);
}
