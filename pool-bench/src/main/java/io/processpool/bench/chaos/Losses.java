package io.processpool.bench.chaos;

import io.processpool.WorkerLoss;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The workers that items were lost with. Safe for use by several threads. */
final class Losses {
  private final Map<Long, WorkerLoss.Reason> reasons = new ConcurrentHashMap<>();

  void add(WorkerLoss loss) {
    reasons.put(loss.pid(), loss.reason());
  }

  int count() {
    return reasons.size();
  }

  /** How many workers were lost for each reason there was. */
  Map<WorkerLoss.Reason, Integer> byReason() {
    Map<WorkerLoss.Reason, Integer> counts = new TreeMap<>();
    reasons.values().forEach(reason -> counts.merge(reason, 1, Integer::sum));
    return counts;
  }
}
