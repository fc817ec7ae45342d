package io.processpool.core.report;

import io.processpool.TaskMetadata;
import io.processpool.TaskStatus;
import java.util.ArrayList;
import java.util.List;

/**
 * What a trace shows as one: a task, or several of a label that followed each other closely.
 *
 * @param spans when the tasks ran, in order
 */
record Slice(List<Span> spans) {
  /** What is shorter is shown together with its neighbours; gaps too. */
  static final long TINY = 20_000;

  static List<Slice> of(List<Span> spans) {
    List<Slice> slices = new ArrayList<>();
    int first = 0;
    for (int next = 1; next <= spans.size(); next++) {
      if (next == spans.size() || !areOne(spans.get(next - 1), spans.get(next))) {
        slices.add(new Slice(spans.subList(first, next)));
        first = next;
      }
    }
    return slices;
  }

  private static boolean areOne(Span one, Span next) {
    return isTiny(one)
        && isTiny(next)
        && next.start() - one.end() < TINY
        && one.task().label().equals(next.task().label());
  }

  private static boolean isTiny(Span span) {
    return span.length() < TINY && span.task().status() == TaskStatus.SUCCEEDED;
  }

  TaskMetadata first() {
    return spans.get(0).task();
  }

  TaskMetadata last() {
    return spans.get(spans.size() - 1).task();
  }

  long start() {
    return spans.get(0).start();
  }

  long end() {
    return spans.get(spans.size() - 1).end();
  }

  long busy() {
    return spans.stream().mapToLong(Span::length).sum();
  }
}
