package io.processpool.core.report;

import io.processpool.PoolStats;
import io.processpool.WorkerStats;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * A figure that a page begins with.
 *
 * @param name what it is of
 * @param value the figure
 * @param more what is to be known beside it
 * @param isBad whether it is one that should not be
 */
record KeyFigure(String name, String value, String more, boolean isBad) {

  static List<KeyFigure> of(Evidence evidence) {
    PoolStats stats = evidence.stats();
    long live = stats.workers().stream().filter(worker -> worker.ended().isEmpty()).count();
    long lost = stats.restarts().size();
    return List.of(
        good("Completed", Plain.count(stats.completed()), "of " + Plain.count(stats.submitted())),
        new KeyFigure(
            "Failed", Plain.count(stats.failed()), failedShare(stats), stats.failed() > 0),
        good("Running", Plain.count(stats.running()), Plain.count(stats.queued()) + " queued"),
        good("Throughput", Plain.rate(stats.throughput()), "tasks per second"),
        good("Load", Plain.share(load(stats)), "of the workers' time"),
        good(
            "Workers",
            Plain.count(live),
            Plain.count(stats.workers().size()) + " started, " + Plain.count(lost) + " replaced"));
  }

  private static KeyFigure good(String name, String value, String more) {
    return new KeyFigure(name, value, more, false);
  }

  private static String failedShare(PoolStats stats) {
    return stats.failed() == 0
        ? ""
        : Plain.share((double) stats.failed() / Math.max(stats.failed(), stats.completed()));
  }

  private static double load(PoolStats stats) {
    Duration busy = sum(stats, WorkerStats::busy);
    Duration idle = sum(stats, worker -> worker.idle(stats.time()));
    Duration all = busy.plus(idle);
    return all.isZero() ? 0 : (double) busy.toNanos() / all.toNanos();
  }

  private static Duration sum(PoolStats stats, Function<WorkerStats, Duration> time) {
    return stats.workers().stream().map(time).reduce(Duration.ZERO, Duration::plus);
  }
}
