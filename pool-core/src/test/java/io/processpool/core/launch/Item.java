package io.processpool.core.launch;

import io.processpool.worker.MemoryWorker;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An item of a schedule, and what it does when it runs.
 *
 * @param schedule its schedule
 * @param job its job within the schedule
 * @param index its index within the job
 * @param kind what it does
 */
record Item(long schedule, int job, int index, Kind kind) {
  private static final Map<Item, Integer> RUNS = new ConcurrentHashMap<>();
  private static final int LARGE = 40_000;

  enum Kind {
    QUICK,
    LARGE,
    SLOW,
    FAILING,
    DEADLY
  }

  /** The task of every job. */
  static String run(Item item) throws InterruptedException {
    MemoryWorker worker = MemoryWorker.current();
    worker.checkpoint();
    RUNS.merge(item, 1, Integer::sum);
    switch (item.kind) {
      case SLOW -> worker.sleep(1 + item.index % 2);
      case FAILING -> throw new IllegalStateException(item.value());
      case DEADLY -> {
        worker.die(9);
        worker.checkpoint();
      }
      default -> {}
    }
    return item.value();
  }

  String value() {
    String value = schedule + "/" + job + "/" + index;
    return kind == Kind.LARGE ? value.repeat(LARGE / value.length()) : value;
  }

  /** How often it has run; tells once. */
  int takeRuns() {
    Integer runs = RUNS.remove(this);
    return runs == null ? 0 : runs;
  }
}
