package io.processpool.core.report;

import io.processpool.TaskStatus;
import io.processpool.WorkerStats;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Workers that had to be replaced, again and again, at the cost of tasks. */
final class Restarts implements Rule {
  private static final int FEWEST = 3;
  private static final int MOST_REASONS = 3;

  @Override
  public Optional<String> advice(Evidence evidence) {
    Set<Integer> lossy = new HashSet<>();
    evidence.tasks().stream()
        .filter(task -> task.status() == TaskStatus.FAILED)
        .filter(task -> task.started().isPresent() && task.completed().isEmpty())
        .forEach(task -> task.worker().ifPresent(lossy::add));
    List<WorkerStats> lost =
        evidence.stats().restarts().stream().filter(worker -> lossy.contains(worker.id())).toList();
    return lost.size() < FEWEST ? Optional.empty() : Optional.of(sentence(lost));
  }

  private static String sentence(List<WorkerStats> lost) {
    Map<String, Long> byReason =
        lost.stream()
            .collect(
                Collectors.groupingBy(
                    worker -> reason(worker.whyEnded().orElse("")),
                    TreeMap::new,
                    Collectors.counting()));
    String reasons =
        byReason.entrySet().stream()
            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
            .limit(MOST_REASONS)
            .map(entry -> entry.getValue() + " times \"" + entry.getKey() + "\"")
            .collect(Collectors.joining(", "));
    return Plain.format(
        "Workers are lost with their tasks: %s. The failure of such a task says more. %s",
        reasons, remedy(reasons));
  }

  private static String remedy(String reasons) {
    return reasons.toLowerCase(Locale.ROOT).contains("memory")
        ? "Give workers more memory (jvmArgs(\"-Xmx...\")), or have fewer of them at once."
        : "Until its cause is gone, more attempts (TaskOptions.attempts) can save the others.";
  }

  /** What differs from worker to worker is no other reason. */
  private static String reason(String explanation) {
    String line = explanation.lines().findFirst().orElse("");
    return Plain.line(line).replaceAll("\\d{3,}", "…");
  }
}
