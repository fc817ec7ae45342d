package io.processpool;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one worker of a pool has done so far, as of the moment when it was asked for. Immutable.
 *
 * <pre>{@code
 * Instant now = Instant.now();
 * for (WorkerStats worker : report.stats().workers()) {
 *   System.out.println(worker.id() + " was idle for " + worker.idle(now));
 * }
 * }</pre>
 *
 * @param id its number within the pool, from 1; no two have the same, not one after the other
 *     either
 * @param pid its process; empty if it has none, or is not started yet
 * @param started when its start began
 * @param ready when it could take its first task; empty if it cannot yet, or never could
 * @param ended when it ended; empty if it lives
 * @param whyEnded why it ended before its pool did, in words: it was lost, or had served its time;
 *     empty if it lives, or ended with its pool
 * @param tasks how many tasks it has finished, each item of a map being one
 * @param busy for how long it had a task in hand, which includes {@code serialisationShare}
 * @param serialisationShare which part of its busy time it spent on reading arguments and writing
 *     results, from 0 to 1
 */
public record WorkerStats(
    int id,
    OptionalLong pid,
    Instant started,
    Optional<Instant> ready,
    Optional<Instant> ended,
    Optional<String> whyEnded,
    long tasks,
    Duration busy,
    double serialisationShare) {

  /**
   * Puts together what is known of a worker.
   *
   * @throws NullPointerException if an argument is {@code null}
   * @throws IllegalArgumentException if {@code id} is not 1 or more, {@code tasks} or {@code busy}
   *     is negative, or {@code serialisationShare} is not from 0 to 1
   */
  public WorkerStats {
    Checks.atLeastOne(id, "id");
    requireNonNull(pid, "pid");
    requireNonNull(started, "started");
    requireNonNull(ready, "ready");
    requireNonNull(ended, "ended");
    requireNonNull(whyEnded, "whyEnded");
    Checks.notNegative(tasks, "tasks");
    Checks.notNegative(busy, "busy");
    if (!(serialisationShare >= 0 && serialisationShare <= 1)) {
      throw new IllegalArgumentException(
          "serialisationShare must be from 0 to 1: " + serialisationShare);
    }
  }

  /**
   * How long it took to start.
   *
   * @return the time until it could take its first task; empty if it cannot yet, or never could
   */
  public Optional<Duration> startUp() {
    return ready.map(time -> Duration.between(started, time));
  }

  /**
   * For how long it could have had a task in hand, and had none.
   *
   * @param now the end of that time for a worker that lives
   * @return the time since it was ready without that in which it was busy; never negative
   * @throws NullPointerException if {@code now} is {@code null}
   */
  public Duration idle(Instant now) {
    requireNonNull(now, "now");
    return ready
        .map(since -> Duration.between(since, ended.orElse(now)).minus(busy))
        .filter(idle -> !idle.isNegative())
        .orElse(Duration.ZERO);
  }
}
