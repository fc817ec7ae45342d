package io.processpool.core.report;

import io.processpool.TaskMetadata;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Workers that collect garbage for a good part of their time. */
final class GarbageCollection implements Rule {
  private static final long WORTH_MENTION = 1_000_000_000;
  private static final double MUCH = 0.2;

  @Override
  public Optional<String> advice(Evidence evidence) {
    List<TaskMetadata> known =
        evidence.tasks().stream().filter(task -> task.gcTime().isPresent()).toList();
    long collecting =
        known.stream().flatMap(t -> t.gcTime().stream()).mapToLong(Duration::toNanos).sum();
    long running =
        known.stream().flatMap(t -> t.running().stream()).mapToLong(Duration::toNanos).sum();
    return running < WORTH_MENTION || collecting < MUCH * running
        ? Optional.empty()
        : Optional.of(
            Plain.format(
                "Memory is tight: workers collected garbage for %s of the %s that tasks ran (%s)."
                    + " Give them a larger heap (jvmArgs(\"-Xmx...\")),"
                    + " or have tasks allocate less.",
                Plain.nanos(collecting),
                Plain.nanos(running),
                Plain.share((double) collecting / running)));
  }
}
