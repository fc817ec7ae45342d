package io.processpool.core.report;

import io.processpool.TaskMetadata;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What it cost to hand tasks to workers, and their results back. */
final class Overhead {
  private Overhead() {}

  /** All of it for tasks that do the same, with what workers waited from one to the next. */
  static long of(Siblings siblings, Timetable timetable) {
    long handled = siblings.tasks().stream().mapToLong(task -> argument(task) + result(task)).sum();
    return handled
        + timetable.rows().stream()
            .mapToLong(row -> waiting(row.spans(), siblings, timetable))
            .sum();
  }

  /** The time for writing and reading the argument of a task. */
  static long argument(TaskMetadata task) {
    return task.serialising().toNanos() + nanos(task.reading());
  }

  /** The time for writing and reading the result of a task. */
  static long result(TaskMetadata task) {
    return nanos(task.writing()) + nanos(task.deserialising());
  }

  private static long waiting(List<Span> spans, Siblings siblings, Timetable timetable) {
    long waiting = 0;
    for (int i = 1; i < spans.size(); i++) {
      Span before = spans.get(i - 1);
      Span span = spans.get(i);
      if (siblings.include(before.task()) && siblings.include(span.task())) {
        long submitted = timetable.nanos(span.task().submitted());
        waiting += Math.max(0, span.start() - Math.max(before.end(), submitted));
      }
    }
    return waiting;
  }

  private static long nanos(Optional<Duration> time) {
    return time.map(Duration::toNanos).orElse(0L);
  }
}
