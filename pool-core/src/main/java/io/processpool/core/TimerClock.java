package io.processpool.core;

import io.processpool.core.concurrent.Nanos;
import io.processpool.core.schedule.Clock;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The system's time, and an executor that is shut down with its pool. */
record TimerClock(ScheduledExecutorService timer) implements Clock {

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void later(Duration delay, Runnable action) {
    try {
      var unused = timer.schedule(action, Nanos.of(delay), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      // The pool is gone, and nothing is due any more.
    }
  }
}
