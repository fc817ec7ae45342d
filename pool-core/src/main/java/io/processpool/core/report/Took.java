package io.processpool.core.report;

import io.processpool.TaskMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How long a task ran, or had a worker until it was lost. */
record Took(TaskMetadata task, long nanos) {
  static final Comparator<Took> LONGEST_FIRST = Comparator.comparingLong(Took::nanos).reversed();

  static Took of(TaskMetadata task) {
    return new Took(
        task, task.running().or(() -> untilItsEnd(task)).map(Duration::toNanos).orElse(0L));
  }

  /** The tasks that ran longest, the longest first. */
  static List<TaskMetadata> longest(List<TaskMetadata> tasks, int count) {
    return tasks.stream()
        .filter(task -> task.started().isPresent())
        .map(Took::of)
        .sorted(LONGEST_FIRST)
        .limit(count)
        .map(Took::task)
        .toList();
  }

  private static Optional<Duration> untilItsEnd(TaskMetadata task) {
    Optional<Instant> end = task.completed().or(task::received);
    return task.started()
        .flatMap(start -> end.map(time -> Duration.between(start, time)))
        .filter(time -> !time.isNegative());
  }
}
