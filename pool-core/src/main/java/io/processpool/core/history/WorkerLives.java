package io.processpool.core.history;

import io.processpool.WorkerStats;
import io.processpool.core.schedule.StaffLog;
import io.processpool.core.schedule.WorkerIdentity;
import io.processpool.spi.SlotTotals;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The lives of a pool's workers, the last ones of those that are over. Safe for use by several
 * threads.
 */
final class WorkerLives implements StaffLog {
  private static final int MOST_WORKERS = 10_000;

  private final Timeline timeline;
  private final Map<Integer, WorkerLife> workers = new LinkedHashMap<>();

  WorkerLives(Timeline timeline) {
    this.timeline = timeline;
  }

  @Override
  public synchronized void starting(int number, long time) {
    workers.put(number, new WorkerLife(number, time));
    if (workers.size() > MOST_WORKERS) {
      forgetAWorker();
    }
  }

  private void forgetAWorker() {
    Iterator<WorkerLife> lives = workers.values().iterator();
    while (lives.hasNext()) {
      if (lives.next().hasEnded()) {
        lives.remove();
        return;
      }
    }
  }

  @Override
  public void isUp(WorkerIdentity worker) {
    life(worker.number()).isUp(worker);
  }

  @Override
  public void ready(int number, long time) {
    life(number).ready(time);
  }

  @Override
  public void worked(int number, SlotTotals totals) {
    life(number).worked(totals);
  }

  @Override
  public void gone(int number, long time, String why) {
    life(number).gone(time, why);
  }

  private synchronized WorkerLife life(int number) {
    return workers.computeIfAbsent(number, n -> new WorkerLife(n, timeline.nanos()));
  }

  /** What is known of each, in the order in which they were started. */
  List<WorkerStats> stats() {
    return all().stream().map(life -> life.stats(timeline)).toList();
  }

  private synchronized List<WorkerLife> all() {
    return List.copyOf(workers.values());
  }
}
