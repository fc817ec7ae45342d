package io.processpool.core.history;

import java.time.Instant;

/**
 * Tells the time of day for what {@link System#nanoTime} has said, so that two times always differ
 * by as much as has passed between them.
 *
 * @param origin a time of day
 * @param nanos what the clock said then
 */
public record Timeline(Instant origin, long nanos) {

  /**
   * A timeline from now on.
   *
   * @return the timeline
   */
  public static Timeline fromNow() {
    return new Timeline(Instant.now(), System.nanoTime());
  }

  /**
   * The time of day.
   *
   * @param nanoTime what the clock said
   * @return the time when it said so
   */
  public Instant at(long nanoTime) {
    return origin.plusNanos(nanoTime - nanos);
  }
}
