package io.processpool.core.launch;

import io.processpool.core.concurrent.Nanos;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Something that is done unless it is lifted in time. Safe for use by several threads. */
final class TimeLimit {
  private final ScheduledExecutorService timer;
  private final Duration limit;
  private final Runnable whenReached;
  private @Nullable Future<?> pending;
  private boolean lifted;

  /**
   * Creates a limit that is not set.
   *
   * @param whenReached called by the timer; must not wait
   */
  TimeLimit(ScheduledExecutorService timer, Duration limit, Runnable whenReached) {
    this.timer = timer;
    this.limit = limit;
    this.whenReached = whenReached;
  }

  /** Begins to count, unless that has begun or the limit has been lifted. */
  synchronized void set() {
    if (pending == null && !lifted) {
      pending = timer.schedule(whenReached, Nanos.of(limit), TimeUnit.NANOSECONDS);
    }
  }

  /** Lifts the limit for good, so that the timer does not hold on to it either. */
  synchronized void lift() {
    lifted = true;
    if (pending != null) {
      pending.cancel(false);
    }
  }
}
