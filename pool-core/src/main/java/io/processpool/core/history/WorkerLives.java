package io.processpool.core.history;

import io.processpool.WorkerStats;
import io.processpool.core.schedule.StaffLog;
import io.processpool.core.schedule.WorkerLog;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * The lives of a pool's workers, the last ones of those that are over. Safe for use by several
 * threads.
 */
final class WorkerLives implements StaffLog {
  private static final int MOST_WORKERS = 10_000;

  private final Timeline timeline;
  private final Deque<WorkerLife> workers = new ArrayDeque<>();

  WorkerLives(Timeline timeline) {
    this.timeline = timeline;
  }

  @Override
  public synchronized WorkerLog starting(int number, long time) {
    WorkerLife life = new WorkerLife(number, time);
    workers.addLast(life);
    if (workers.size() > MOST_WORKERS) {
      forgetAWorker();
    }
    return life;
  }

  private void forgetAWorker() {
    Iterator<WorkerLife> lives = workers.iterator();
    while (lives.hasNext()) {
      if (lives.next().hasEnded()) {
        lives.remove();
        return;
      }
    }
  }

  /** What is known of each, in the order in which they were started. */
  List<WorkerStats> stats() {
    return all().stream().map(life -> life.stats(timeline)).toList();
  }

  private synchronized List<WorkerLife> all() {
    return List.copyOf(workers);
  }
}
