package io.processpool.core.report;

import io.processpool.TaskMetadata;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/** Tasks that do too little to be worth a process. */
final class SmallTasks implements Rule {
  private static final int FEWEST = 100;

  /** So short that what is not measured is as long as what is. */
  private static final long TINY = 20_000;

  private static final long SMALL = 100_000;
  private static final double DEAR = 0.25;

  /** Longer ones have other troubles. */
  private static final long LARGE = 10_000_000;

  private static final long FEW_BYTES = 10_000;

  @Override
  public Optional<String> advice(Evidence evidence) {
    Map<Kind, Long> waiting = Overhead.waiting(evidence.timetable());
    return evidence.siblings().stream()
        .filter(siblings -> siblings.tasks().size() >= FEWEST)
        .sorted(Comparator.comparingInt(siblings -> -siblings.tasks().size()))
        .flatMap(siblings -> advice(siblings, waiting).stream())
        .findFirst();
  }

  private static Optional<String> advice(Siblings siblings, Map<Kind, Long> waiting) {
    Sorted running = siblings.running();
    if (running.count() < FEWEST || bytes(siblings) / siblings.tasks().size() > FEW_BYTES) {
      return Optional.empty();
    }
    long overhead = Overhead.of(siblings, waiting);
    return isWarranted(running, overhead)
        ? Optional.of(
            Plain.format(
                "The %s of %s are small: half of them ran for %s or less. They ran for %s in all,"
                    + " and handing them over took another %s. Have one task do the work of many,"
                    + " pass a larger chunk size, or do such work without a process.",
                Plain.count(running.count(), "task", "tasks"),
                siblings.kind().name(),
                Plain.nanos(running.median()),
                Plain.nanos(running.total()),
                Plain.nanos(overhead)))
        : Optional.empty();
  }

  private static boolean isWarranted(Sorted running, long overhead) {
    long total = running.total();
    return running.median() < TINY
        || (running.median() < SMALL && overhead > DEAR * total)
        || (total / running.count() < LARGE && overhead > total);
  }

  private static long bytes(Siblings siblings) {
    return siblings.tasks().stream().mapToLong(SmallTasks::bytes).sum();
  }

  private static long bytes(TaskMetadata task) {
    return task.argumentBytes().orElse(0) + task.resultBytes().orElse(0);
  }
}
