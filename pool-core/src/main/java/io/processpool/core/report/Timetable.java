package io.processpool.core.report;

import io.processpool.PoolStats;
import io.processpool.TaskMetadata;
import io.processpool.WorkerStats;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which worker had which task when. Clocks of processes differ by a little: what would overlap is
 * cut.
 */
final class Timetable {
  private final Instant since;
  private final long now;
  private final List<WorkerRow> rows;

  Timetable(PoolStats stats, List<TaskMetadata> tasks) {
    this.since = stats.since();
    this.now = nanos(stats.time());
    Map<Integer, List<TaskMetadata>> byWorker = new TreeMap<>();
    for (TaskMetadata task : tasks) {
      if (task.worker().isPresent() && task.started().isPresent()) {
        byWorker.computeIfAbsent(task.worker().getAsInt(), id -> new ArrayList<>()).add(task);
      }
    }
    List<WorkerRow> all = new ArrayList<>();
    for (WorkerStats worker : stats.workers()) {
      List<TaskMetadata> own = byWorker.remove(worker.id());
      all.add(row(worker, own == null ? List.of() : own));
    }
    byWorker.forEach((id, own) -> all.add(row(unknown(id, own), own)));
    this.rows = List.copyOf(all);
  }

  /** The lives of the workers, in the order of the figures. */
  List<WorkerRow> rows() {
    return rows;
  }

  /** The moment of the report. */
  long now() {
    return now;
  }

  /** A time in nanoseconds since the pool was made. */
  long nanos(Instant time) {
    return Math.max(0, Duration.between(since, time).toNanos());
  }

  private WorkerRow row(WorkerStats worker, List<TaskMetadata> tasks) {
    long start = nanos(worker.started());
    Optional<Long> ready = worker.ready().map(time -> Math.max(start, nanos(time)));
    long earliest = ready.orElse(start);
    long end = Math.max(earliest, worker.ended().map(this::nanos).orElse(now));
    List<Span> spans = new ArrayList<>(tasks.size());
    long free = earliest;
    for (TaskMetadata task : tasks) {
      Instant started = task.started().orElse(since);
      long from = Math.max(free, nanos(started));
      long to = nanos(task.completed().or(task::received).orElse(started));
      free = Math.max(from, task.completed().isPresent() ? to : Math.min(to, end));
      spans.add(new Span(task, from, free));
    }
    return new WorkerRow(worker, start, ready, Math.max(end, free), List.copyOf(spans));
  }

  /** A worker of which only its tasks are known. */
  private static WorkerStats unknown(int id, List<TaskMetadata> tasks) {
    TaskMetadata first = tasks.get(0);
    Instant start = first.started().orElse(first.submitted());
    Duration busy = Duration.ofNanos(tasks.stream().mapToLong(task -> Took.of(task).nanos()).sum());
    return new WorkerStats(
        id,
        first.pid(),
        start,
        Optional.of(start),
        tasks.get(tasks.size() - 1).received(),
        Optional.empty(),
        tasks.size(),
        busy,
        0);
  }
}
