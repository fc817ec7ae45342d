package io.processpool.core.report;

import java.util.List;
import java.util.Optional;

/** Workers that take longer to start than they are of use. */
final class ShortLives implements Rule {
  private static final int FEWEST = 3;

  @Override
  public Optional<String> advice(Evidence evidence) {
    List<WorkerRow> ended =
        evidence.timetable().rows().stream()
            .filter(row -> row.worker().ended().isPresent() && row.ready().isPresent())
            .toList();
    long starting = ended.stream().mapToLong(row -> row.ready().orElse(0L) - row.start()).sum();
    long living = ended.stream().mapToLong(row -> row.end() - row.ready().orElse(0L)).sum();
    return ended.size() < FEWEST || starting <= living
        ? Optional.empty()
        : Optional.of(
            Plain.format(
                "Workers live too short: %s took %s to start in all, and then lived for %s. Use one"
                    + " pool for long instead of one for each piece of work, and allow more by"
                    + " maxTasksPerWorker and maxWorkerAge.",
                Plain.count(ended.size(), "worker", "workers"),
                Plain.nanos(starting),
                Plain.nanos(living)));
  }
}
