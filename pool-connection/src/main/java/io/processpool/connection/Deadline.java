package io.processpool.connection;

import java.io.IOException;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Until when somebody waits. Immutable. */
final class Deadline {
  static final Deadline NEVER = new Deadline(0, Long.MAX_VALUE);

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final long start;
  private final long nanos;

  private Deadline(long start, long nanos) {
    this.start = start;
    this.nanos = nanos;
  }

  /** The one after a time, at once for a negative one, never for {@code null}. */
  static Deadline after(@Nullable Duration time) {
    return time == null ? NEVER : new Deadline(System.nanoTime(), nanos(time));
  }

  private static long nanos(Duration time) {
    if (time.isNegative()) {
      return 0;
    }
    try {
      return time.toNanos();
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE;
    }
  }

  /** The nanoseconds that are left, 0 or less if it has passed. */
  long remaining() {
    return nanos == Long.MAX_VALUE ? nanos : nanos - (System.nanoTime() - start);
  }

  /** The earlier one of two. */
  Deadline orEarlier(Deadline other) {
    return other.remaining() < remaining() ? other : this;
  }

  boolean hasPassed() {
    return remaining() <= 0;
  }

  /** Waits until then for a notification by the monitor, which this thread holds. */
  void await(Object monitor) throws InterruptedException {
    TimeUnit.NANOSECONDS.timedWait(monitor, remaining());
  }

  /**
   * Has a selector wait until then.
   *
   * @return how many keys have become ready; 0 also if it was woken up, or its thread interrupted
   */
  int select(Selector selector) throws IOException {
    if (nanos == Long.MAX_VALUE) {
      return selector.select();
    }
    long left = remaining();
    return left <= 0 ? selector.selectNow() : selector.select(left / NANOS_PER_MILLI + 1);
  }
}
