package io.processpool.core.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a worker did of one kind.
 *
 * @param row the worker
 * @param spans when it had tasks of that kind in hand, in order; one or more
 */
record Part(WorkerRow row, List<Span> spans) {

  static Map<Kind, List<Part>> byKind(List<WorkerRow> rows) {
    Map<Kind, List<Part>> parts = new HashMap<>();
    for (WorkerRow row : rows) {
      Map<Kind, List<Span>> own = new LinkedHashMap<>();
      for (Span span : row.spans()) {
        own.computeIfAbsent(Kind.of(span.task()), kind -> new ArrayList<>()).add(span);
      }
      own.forEach(
          (kind, spans) ->
              parts.computeIfAbsent(kind, key -> new ArrayList<>()).add(new Part(row, spans)));
    }
    return parts;
  }

  long start() {
    return spans.get(0).start();
  }

  long end() {
    return spans.get(spans.size() - 1).end();
  }
}
