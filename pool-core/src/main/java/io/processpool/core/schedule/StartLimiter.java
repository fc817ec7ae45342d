package io.processpool.core.schedule;

import io.processpool.PoolStartException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a pool whose workers do not come up from starting them for ever. Starts that fail in a row
 * are counted, up to a maximum; those of workers that somebody kills, which are no sign that others
 * will fail, up to {@value #KILLS_FOR_A_FAILURE} times as many. They come ever more slowly, and so
 * do those of workers that come up and then die before they have done anything. Guarded by the
 * scheduler's monitor.
 */
final class StartLimiter {
  private static final long SOON = Duration.ofSeconds(5).toNanos();
  private static final long FIRST_PAUSE = Duration.ofMillis(50).toNanos();
  private static final long LONGEST_PAUSE = Duration.ofSeconds(5).toNanos();
  private static final int HARMLESS_DEATHS = 3;
  private static final int MOST_DOUBLINGS = 10;
  private static final int KILLS_FOR_A_FAILURE = 10;

  private final int maxFailures;
  private int failures;
  private long kills;
  private @Nullable PoolStartException first;
  private int deaths;
  private boolean pausing;
  private long pauseEnd;

  StartLimiter(int maxFailures) {
    this.maxFailures = maxFailures;
  }

  /** Notes a start that failed. */
  void failed(PoolStartException cause, long now) {
    failures++;
    keep(cause);
    pause(failures, now);
  }

  /** Notes a worker that somebody killed while it was starting. */
  void killedAtStart(PoolStartException cause) {
    kills++;
    keep(cause);
  }

  private void keep(PoolStartException cause) {
    if (first == null) {
      first = cause;
    }
  }

  /** Why the first of too many failed starts failed; {@code null} if they are not too many. */
  @Nullable PoolStartException whyTooMany() {
    return failures + kills / KILLS_FOR_A_FAILURE >= maxFailures ? first : null;
  }

  /** Notes a worker that is ready. */
  void ready() {
    failures = 0;
    kills = 0;
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
      pause(deaths - HARMLESS_DEATHS, now);
    }
  }

  private void pause(int times, long now) {
    int doublings = Math.min(MOST_DOUBLINGS, times - 1);
    pausing = true;
    pauseEnd = now + Math.min(LONGEST_PAUSE, FIRST_PAUSE << doublings);
  }

  /** How long to wait before the next start, in nanoseconds; 0 for not at all. */
  long pauseLeft(long now) {
    pausing = pausing && pauseEnd - now > 0;
    return pausing ? pauseEnd - now : 0;
  }
}
