package io.processpool.core.report;

import io.processpool.TaskMetadata;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tasks that do the same, so that they can be compared: the items of a map, or single tasks of one
 * label.
 *
 * @param kind what they are
 * @param tasks those that have started, in the order in which they did
 */
record Siblings(Kind kind, List<TaskMetadata> tasks) {

  static List<Siblings> of(List<TaskMetadata> tasks) {
    Map<Kind, List<TaskMetadata>> kinds = new LinkedHashMap<>();
    for (TaskMetadata task : tasks) {
      if (task.started().isPresent()) {
        kinds.computeIfAbsent(Kind.of(task), kind -> new ArrayList<>()).add(task);
      }
    }
    return kinds.entrySet().stream()
        .map(entry -> new Siblings(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** How long each ran that has run to its end, the shortest first. */
  Sorted running() {
    return new Sorted(
        tasks.stream()
            .flatMap(task -> task.running().stream())
            .mapToLong(d -> d.toNanos())
            .toArray());
  }
}
