package io.processpool;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What a pool has done so far, as of a moment. Counts are of tasks: each item of a map is one.
 * Immutable.
 *
 * <pre>{@code
 * PoolStats stats = report.stats();
 * if (stats.queued() > 1_000) {
 *   System.err.println("Behind: " + stats);
 * }
 * }</pre>
 *
 * @param since when the pool was made
 * @param time the moment
 * @param submitted how many tasks it was given: the items of an {@code imap} as they are pulled
 * @param completed how many of these are over, whatever became of them: their handle or iterator
 *     has a value for them, or a failure. What is cancelled is over at once, although its worker
 *     may not be done with it
 * @param failed how many of these {@linkplain TaskStatus#FAILED failed}, as their handle or
 *     iterator tells it: also those whose result cannot be read, and those that ended unfinished
 *     with their pool or with the first failure of their map; not those that were cancelled or
 *     aborted
 * @param running how many run
 * @param workers its workers in the order in which they were started, also those that have ended;
 *     unmodifiable
 */
public record PoolStats(
    Instant since,
    Instant time,
    long submitted,
    long completed,
    long failed,
    long running,
    List<WorkerStats> workers) {

  /**
   * Puts together what is known of a pool, with a copy of the list.
   *
   * @throws NullPointerException if an argument, or an element of the list, is {@code null}
   * @throws IllegalArgumentException if a count is negative
   */
  public PoolStats {
    requireNonNull(since, "since");
    requireNonNull(time, "time");
    Checks.notNegative(submitted, "submitted");
    Checks.notNegative(completed, "completed");
    Checks.notNegative(failed, "failed");
    Checks.notNegative(running, "running");
    workers = List.copyOf(workers);
  }

  /**
   * How many tasks wait for a worker.
   *
   * @return the tasks that neither run nor are over; never negative
   */
  public long queued() {
    return Math.max(0, submitted - completed - running);
  }

  /**
   * Which workers ended before the pool did, and so had to be replaced.
   *
   * @return those that have a {@link WorkerStats#whyEnded}; unmodifiable
   */
  public List<WorkerStats> restarts() {
    return workers.stream().filter(worker -> worker.whyEnded().isPresent()).toList();
  }

  /**
   * How fast the pool was, since it was made.
   *
   * @return how many tasks were over per second; 0 if no time has passed
   */
  public double throughput() {
    double seconds = Duration.between(since, time).toNanos() / 1e9;
    return seconds > 0 ? completed / seconds : 0;
  }

  /**
   * The figures in one line.
   *
   * @return a short text
   */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d submitted, %d completed (%d failed), %d running, %d queued; %.1f tasks/s;"
            + " %d workers, %d ended, %d restarts",
        submitted,
        completed,
        failed,
        running,
        queued(),
        throughput(),
        workers.stream().filter(worker -> worker.ended().isEmpty()).count(),
        workers.stream().filter(worker -> worker.ended().isPresent()).count(),
        restarts().size());
  }
}
