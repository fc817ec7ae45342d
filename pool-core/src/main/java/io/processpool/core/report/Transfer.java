package io.processpool.core.report;

import io.processpool.TaskMetadata;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * What travelled, one way, to or from tasks that ran to their end.
 *
 * @param tasks how many tasks
 * @param bytes how much in all
 * @param nanos how long it took to write and to read it
 * @param running how long the tasks ran
 */
record Transfer(long tasks, long bytes, long nanos, long running) {
  private static final long WORTH_MENTION = 100_000_000;
  private static final long LARGE = 10_000;
  private static final double DEAR = 0.5;

  static Transfer of(
      List<TaskMetadata> all,
      Function<TaskMetadata, OptionalLong> bytes,
      ToLongFunction<TaskMetadata> nanos) {
    List<TaskMetadata> known =
        all.stream()
            .filter(task -> task.running().isPresent() && bytes.apply(task).isPresent())
            .toList();
    return new Transfer(
        known.size(),
        known.stream().mapToLong(task -> bytes.apply(task).orElse(0)).sum(),
        known.stream().mapToLong(nanos).sum(),
        known.stream().flatMap(task -> task.running().stream()).mapToLong(Duration::toNanos).sum());
  }

  boolean dominates() {
    return nanos >= WORTH_MENTION && bytes >= LARGE * tasks && nanos > DEAR * running;
  }

  /** The figures, for the beginning of a sentence. */
  String figures() {
    return Plain.format(
        "%s for %s (%s each) took %s to write and to read, while the tasks ran for %s.",
        Plain.bytes(bytes),
        Plain.count(tasks, "task", "tasks"),
        Plain.bytes(bytes / tasks),
        Plain.nanos(nanos),
        Plain.nanos(running));
  }
}
