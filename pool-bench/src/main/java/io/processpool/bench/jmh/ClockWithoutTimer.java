package io.processpool.bench.jmh;

import io.processpool.core.schedule.Clock;
import java.time.Duration;

/** Tells the time, and never comes to what is to be done later. */
final class ClockWithoutTimer implements Clock {

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void later(Duration delay, Runnable action) {}
}
