package io.processpool.core.report;

import io.processpool.TaskMetadata;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What it cost to hand tasks to workers, and their results back. */
final class Overhead {
  private Overhead() {}

  /** All of it for tasks that do the same, with what their workers waited from one to the next. */
  static long of(Siblings siblings, Map<Kind, Long> waiting) {
    return waiting.getOrDefault(siblings.kind(), 0L)
        + siblings.tasks().stream().mapToLong(task -> argument(task) + result(task)).sum();
  }

  /** The time for writing and reading the argument of a task. */
  static long argument(TaskMetadata task) {
    return task.serialising().toNanos() + nanos(task.reading());
  }

  /** The time for writing and reading the result of a task. */
  static long result(TaskMetadata task) {
    return nanos(task.writing()) + nanos(task.deserialising());
  }

  /** What workers waited from one task to the next of the same kind, when that was submitted. */
  static Map<Kind, Long> waiting(Timetable timetable) {
    Map<Kind, Long> waiting = new HashMap<>();
    for (WorkerRow row : timetable.rows()) {
      for (int i = 1; i < row.spans().size(); i++) {
        Span before = row.spans().get(i - 1);
        Span span = row.spans().get(i);
        Kind kind = Kind.of(span.task());
        if (Kind.of(before.task()).equals(kind)) {
          long submitted = timetable.nanos(span.task().submitted());
          long gap = span.start() - Math.max(before.end(), submitted);
          waiting.merge(kind, Math.max(0, gap), Long::sum);
        }
      }
    }
    return waiting;
  }

  private static long nanos(Optional<Duration> time) {
    return time.map(Duration::toNanos).orElse(0L);
  }
}
