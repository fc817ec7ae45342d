package io.processpool.core.report;

import static io.processpool.core.report.SampleTask.at;

import io.processpool.PoolStats;
import io.processpool.TaskMetadata;
import io.processpool.WorkerStats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A pool that somebody made up. Times are in microseconds. Not safe for use by several threads. */
final class SamplePool {
  private final List<WorkerStats> workers = new ArrayList<>();
  private final List<TaskMetadata> tasks = new ArrayList<>();
  private long running;
  private long forgotten;

  SamplePool add(SampleTask.Builder task) {
    tasks.add(task.build());
    return this;
  }

  /** So many workers that were ready at once and live. */
  SamplePool workers(int count) {
    for (int id = 1; id <= count; id++) {
      workers.add(worker(id, 0, 0, Optional.empty(), Optional.empty()));
    }
    return this;
  }

  SamplePool starting(int id, long started, long ready) {
    workers.add(worker(id, started, ready, Optional.empty(), Optional.empty()));
    return this;
  }

  SamplePool ended(int id, long started, long ready, long ended) {
    workers.add(worker(id, started, ready, Optional.of(ended), Optional.empty()));
    return this;
  }

  SamplePool lost(int id, long started, long ready, long ended, String why) {
    workers.add(worker(id, started, ready, Optional.of(ended), Optional.of(why)));
    return this;
  }

  SamplePool running(long count) {
    running = count;
    return this;
  }

  SamplePool forgotten(long count) {
    forgotten = count;
    return this;
  }

  /** As of the end of the last task or worker. */
  Report report() {
    long last =
        tasks.stream()
            .flatMap(task -> task.received().stream())
            .mapToLong(end -> Duration.between(SampleTask.ORIGIN, end).toNanos() / 1000)
            .max()
            .orElse(0);
    return reportAt(last);
  }

  Report reportAt(long now) {
    long failed = tasks.stream().filter(Tables::isFailure).count();
    long over = tasks.size() + forgotten;
    List<WorkerStats> busy =
        workers.stream()
            .sorted(Comparator.comparingInt(WorkerStats::id))
            .map(this::withItsTasks)
            .toList();
    return new Report(
        new PoolStats(at(0), at(now), over + running, over, failed, running, busy),
        tasks,
        forgotten);
  }

  private WorkerStats withItsTasks(WorkerStats worker) {
    List<Took> own =
        tasks.stream()
            .filter(task -> task.worker().orElse(0) == worker.id())
            .map(Took::of)
            .toList();
    return new WorkerStats(
        worker.id(),
        worker.pid(),
        worker.started(),
        worker.ready(),
        worker.ended(),
        worker.whyEnded(),
        own.size(),
        Duration.ofNanos(own.stream().mapToLong(Took::nanos).sum()),
        0.02);
  }

  private static WorkerStats worker(
      int id, long started, long ready, Optional<Long> ended, Optional<String> why) {
    return new WorkerStats(
        id,
        OptionalLong.of(4000 + id),
        at(started),
        Optional.of(at(ready)),
        ended.map(SampleTask::at),
        why,
        0,
        Duration.ZERO,
        0);
  }
}
