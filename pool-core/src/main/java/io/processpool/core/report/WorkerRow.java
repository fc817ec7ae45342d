package io.processpool.core.report;

import io.processpool.WorkerStats;
import java.util.List;
import java.util.Optional;

/**
 * The life of a worker, in nanoseconds since the pool was made.
 *
 * @param worker the worker
 * @param start when its start began
 * @param ready when it was ready; empty if it never was
 * @param end when it ended, or until when it is known to live
 * @param spans when it had a task in hand: in order, none overlaps the next
 */
record WorkerRow(WorkerStats worker, long start, Optional<Long> ready, long end, List<Span> spans) {

  /** How much of a period it had a task in hand. */
  long busy(long from, long to) {
    long busy = 0;
    for (int i = firstAfter(from); i < spans.size() && spans.get(i).start() < to; i++) {
      busy += overlap(spans.get(i).start(), spans.get(i).end(), from, to);
    }
    return busy;
  }

  /** The index of the first span that ends after a time. */
  private int firstAfter(long time) {
    int from = 0;
    int to = spans.size();
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (spans.get(middle).end() > time) {
        to = middle;
      } else {
        from = middle + 1;
      }
    }
    return from;
  }

  /** How much of a period it could have had a task in hand. */
  long available(long from, long to) {
    return ready.map(time -> overlap(time, end, from, to)).orElse(0L);
  }

  private static long overlap(long start, long end, long from, long to) {
    return Math.max(0, Math.min(end, to) - Math.max(start, from));
  }
}
