package io.processpool.core.report;

import io.processpool.TaskMetadata;
import java.util.ArrayList;
import java.util.List;

/**
 * A task that ran far longer than its siblings.
 *
 * @param siblings those, with itself
 * @param took how long it ran
 * @param median how long the others ran, at the median
 */
record Straggler(Siblings siblings, Took took, long median) {
  private static final int FEWEST = 10;
  private static final double MOST = 0.9;
  private static final int TIMES = 3;
  private static final long CLEARLY = 10_000_000;

  TaskMetadata task() {
    return took.task();
  }

  /** The longest first. */
  static List<Straggler> among(List<Siblings> all) {
    List<Straggler> found = new ArrayList<>();
    all.forEach(siblings -> found.addAll(among(siblings)));
    found.sort((one, other) -> Took.LONGEST_FIRST.compare(one.took(), other.took()));
    return List.copyOf(found);
  }

  private static List<Straggler> among(Siblings siblings) {
    if (siblings.tasks().size() < FEWEST) {
      return List.of();
    }
    List<Took> times = siblings.tasks().stream().map(Took::of).toList();
    Sorted sorted = new Sorted(times.stream().mapToLong(Took::nanos).toArray());
    return times.stream()
        .filter(took -> isStraggler(took.nanos(), sorted))
        .map(took -> new Straggler(siblings, took, sorted.quantileOfOthers(0.5, took.nanos())))
        .toList();
  }

  private static boolean isStraggler(long nanos, Sorted sorted) {
    return nanos > TIMES * sorted.quantileOfOthers(MOST, nanos)
        && nanos >= sorted.quantileOfOthers(0.5, nanos) + CLEARLY;
  }
}
