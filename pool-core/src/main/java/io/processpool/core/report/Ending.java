package io.processpool.core.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a map came to its end.
 *
 * @param map its items
 * @param wall how long it took, from the start of its first item to the end of its last
 * @param idleShare which part of the time of all workers they had nothing to do since its last item
 *     for them
 * @param last the item that ended last
 * @param late how many items the worker of that one began when half of the workers had no more
 */
record Ending(Siblings map, long wall, double idleShare, Span last, long late) {
  private static final long WORTH_MENTION = 100_000_000;
  private static final double CLEARLY = 0.2;

  /** The maps at whose end much time was lost, while nothing else runs that may be part of them. */
  static List<Ending> poor(Evidence evidence) {
    if (evidence.stats().running() > 0 || evidence.stats().queued() > 0) {
      return List.of();
    }
    Map<Kind, List<Part>> parts = Part.byKind(evidence.timetable().rows());
    return evidence.siblings().stream()
        .filter(Ending::isWholeMap)
        .flatMap(map -> of(map, parts.getOrDefault(map.kind(), List.of())).stream())
        .filter(end -> end.idleShare >= CLEARLY && end.wall >= WORTH_MENTION)
        .sorted(Comparator.comparingDouble(end -> -end.idleShare * end.wall))
        .toList();
  }

  private static boolean isWholeMap(Siblings siblings) {
    int items = siblings.tasks().size();
    return siblings.kind().map().isPresent()
        && items > 1
        && siblings.tasks().stream().allMatch(task -> task.index() < items);
  }

  private static Optional<Ending> of(Siblings map, List<Part> inAnyOrder) {
    List<Part> parts = new ArrayList<>(inAnyOrder);
    if (parts.size() < 2) {
      return Optional.empty();
    }
    parts.sort(Comparator.comparingLong(Part::end));
    Part lastPart = parts.get(parts.size() - 1);
    long start = parts.stream().mapToLong(Part::start).min().orElseThrow();
    long end = lastPart.end();
    long dry = parts.get((parts.size() - 1) / 2).end();
    return Optional.of(
        new Ending(
            map,
            end - start,
            idleShare(parts, start, end),
            lastPart.spans().get(lastPart.spans().size() - 1),
            lastPart.spans().stream().filter(span -> span.start() >= dry).count()));
  }

  private static double idleShare(List<Part> parts, long start, long end) {
    long idle = 0;
    long all = 0;
    for (Part part : parts) {
      WorkerRow row = part.row();
      idle += Math.max(0, row.available(part.end(), end) - row.busy(part.end(), end));
      all += row.available(start, end);
    }
    return all == 0 ? 0 : (double) idle / all;
  }
}
