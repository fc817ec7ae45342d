package io.processpool.core.report;

import io.processpool.TaskMetadata;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tasks that do the same, so that they can be compared: the items of a map, or single tasks of one
 * label.
 *
 * @param map the id of the map, empty for single tasks
 * @param label what they are called
 * @param tasks those that have started, in the order in which they did
 */
record Siblings(Optional<String> map, String label, List<TaskMetadata> tasks) {

  private record Kind(Optional<String> map, String label) {}

  static List<Siblings> of(List<TaskMetadata> tasks) {
    Map<Kind, List<TaskMetadata>> kinds = new LinkedHashMap<>();
    for (TaskMetadata task : tasks) {
      if (task.started().isPresent()) {
        kinds.computeIfAbsent(kind(task), kind -> new ArrayList<>()).add(task);
      }
    }
    return kinds.entrySet().stream()
        .map(entry -> new Siblings(entry.getKey().map(), entry.getKey().label(), entry.getValue()))
        .toList();
  }

  private static Kind kind(TaskMetadata task) {
    return new Kind(mapOf(task), task.label());
  }

  /** The id of the map that a task is an item of. */
  static Optional<String> mapOf(TaskMetadata task) {
    int dot = task.id().lastIndexOf('.');
    return dot < 0 ? Optional.empty() : Optional.of(task.id().substring(0, dot));
  }

  /** Whether a task does the same as they do. */
  boolean include(TaskMetadata task) {
    return task.label().equals(label) && mapOf(task).equals(map);
  }

  /** What they are, for the middle of a sentence. */
  String name() {
    String called = "'" + Plain.line(label) + "'";
    return map.map(id -> "map " + Plain.line(id) + " of " + called).orElse("tasks " + called);
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
