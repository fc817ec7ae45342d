package io.processpool.core.schedule;

import io.processpool.PoolStartException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a pool whose workers do not come up from starting them for ever. Starts that fail in a row
 * are counted, up to a maximum. Workers that come up and then die before they have done anything
 * are started ever more slowly. Guarded by the scheduler's monitor.
 */
final class StartLimiter {
  private static final long SOON = Duration.ofSeconds(5).toNanos();
  private static final long FIRST_PAUSE = Duration.ofMillis(50).toNanos();
  private static final long LONGEST_PAUSE = Duration.ofSeconds(5).toNanos();
  private static final int HARMLESS_DEATHS = 3;
  private static final int MOST_DOUBLINGS = 10;

  private final int maxFailures;
  private int failures;
  private @Nullable PoolStartException first;
  private int deaths;
  private long pauseEnd;

  StartLimiter(int maxFailures) {
    this.maxFailures = maxFailures;
  }

  /** Notes a start that failed. */
  void failed(PoolStartException cause) {
    failures++;
    if (first == null) {
      first = cause;
    }
  }

  /** The first of so many failed starts that there must not be another one; else {@code null}. */
  @Nullable PoolStartException whyNoMore() {
    return failures >= maxFailures ? first : null;
  }

  /** Notes a worker that is ready. */
  void ready() {
    failures = 0;
    first = null;
  }

  /** Notes a worker that has done something. */
  void worked() {
    deaths = 0;
  }

  /** Notes a worker that died, after such a life, without having run anything. */
  void diedIdle(long lifeNanos, long now) {
    deaths = lifeNanos < SOON ? deaths + 1 : 0;
    if (deaths > HARMLESS_DEATHS) {
      int doublings = Math.min(MOST_DOUBLINGS, deaths - HARMLESS_DEATHS - 1);
      pauseEnd = now + Math.min(LONGEST_PAUSE, FIRST_PAUSE << doublings);
    }
  }

  /** How long to wait before the next start, in nanoseconds; 0 for not at all. */
  long pause(long now) {
    return deaths > HARMLESS_DEATHS ? Math.max(0, pauseEnd - now) : 0;
  }
}
