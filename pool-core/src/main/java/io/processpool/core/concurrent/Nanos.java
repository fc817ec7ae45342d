package io.processpool.core.concurrent;

import java.time.Duration;

/** Durations as the classes of {@code java.util.concurrent} take them. */
public final class Nanos {

  private Nanos() {}

  /**
   * A duration in nanoseconds.
   *
   * @param duration any duration
   * @return the number, 0 for a negative one and the greatest there is for one that is too long
   */
  public static long of(Duration duration) {
    if (duration.isNegative()) {
      return 0;
    }
    try {
      return duration.toNanos();
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE;
    }
  }
}
