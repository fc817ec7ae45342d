package io.processpool.core.report;

import io.processpool.TaskMetadata;
import java.util.Optional;

/**
 * What a task is one of.
 *
 * @param map the id of the map that it is an item of, empty for a single task
 * @param label what it is called
 */
record Kind(Optional<String> map, String label) {

  static Kind of(TaskMetadata task) {
    int dot = task.id().lastIndexOf('.');
    Optional<String> map = dot < 0 ? Optional.empty() : Optional.of(task.id().substring(0, dot));
    return new Kind(map, task.label());
  }

  /** What such tasks are, for the middle of a sentence. */
  String name() {
    String called = "'" + Plain.line(label) + "'";
    return map.map(id -> "map " + Plain.line(id) + " of " + called).orElse("tasks " + called);
  }
}
