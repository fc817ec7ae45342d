package io.processpool.core.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How many workers were busy at once, over time.
 *
 * @param changes when that changed, in order, each time once
 */
record Load(List<Change> changes) {

  /** From a time on so many were busy. */
  record Change(long time, int busy) {}

  private record Step(long time, int by) {}

  /** Counts worker by worker, whose spans may have gaps that are too short to be told. */
  static Load of(List<WorkerRow> rows, long shortestGap) {
    List<Step> steps = new ArrayList<>();
    for (WorkerRow row : rows) {
      long end = Long.MIN_VALUE;
      for (Span span : row.spans()) {
        if (end == Long.MIN_VALUE || span.start() - end > shortestGap) {
          if (end != Long.MIN_VALUE) {
            steps.add(new Step(end, -1));
          }
          steps.add(new Step(span.start(), 1));
        }
        end = span.end();
      }
      if (end != Long.MIN_VALUE) {
        steps.add(new Step(end, -1));
      }
    }
    steps.sort(Comparator.comparingLong(Step::time));
    return new Load(changes(steps));
  }

  private static List<Change> changes(List<Step> steps) {
    List<Change> changes = new ArrayList<>();
    int busy = 0;
    for (int i = 0; i < steps.size(); i++) {
      busy += steps.get(i).by();
      if (i == steps.size() - 1 || steps.get(i + 1).time() > steps.get(i).time()) {
        changes.add(new Change(steps.get(i).time(), busy));
      }
    }
    return List.copyOf(changes);
  }

  int most() {
    return changes.stream().mapToInt(Change::busy).max().orElse(0);
  }

  long start() {
    return changes.isEmpty() ? 0 : changes.get(0).time();
  }

  long end() {
    return changes.isEmpty() ? 0 : changes.get(changes.size() - 1).time();
  }
}
