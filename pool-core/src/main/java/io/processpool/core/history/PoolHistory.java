package io.processpool.core.history;

import io.processpool.PoolStats;
import io.processpool.TaskMetadata;
import io.processpool.TaskStatus;
import io.processpool.WorkerStats;
import io.processpool.core.output.TaskOutput;
import io.processpool.core.schedule.StaffLog;
import io.processpool.core.schedule.WorkerIdentity;
import io.processpool.spi.SlotTotals;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a pool remembers: the runs of its last tasks, as they were told, and the lives of its
 * workers. It is put into words when somebody asks. Safe for use by several threads.
 */
public final class PoolHistory implements StaffLog {
  private static final int MOST_WORKERS = 10_000;

  private final Timeline timeline;
  private final int mostTasks;
  private final Map<Integer, WorkerLife> workers = new LinkedHashMap<>();
  private final Deque<Remembered> runs = new ArrayDeque<>();
  private int tasks;
  private long forgotten;
  private long submitted;
  private long completed;
  private long failed;

  /** Items of a job that have run. */
  private record Remembered(Submission submission, Run run) {}

  /**
   * Creates an empty history.
   *
   * @param timeline the times
   * @param mostTasks how many finished tasks to remember
   */
  public PoolHistory(Timeline timeline, int mostTasks) {
    this.timeline = timeline;
    this.mostTasks = mostTasks;
  }

  /**
   * Begins to take notes of a job.
   *
   * @param submission the job
   * @return where to note what becomes of it
   */
  public JobLog begin(Submission submission) {
    return new JobLog(this, submission);
  }

  synchronized void submitted(long count) {
    submitted += count;
  }

  synchronized void completed(long count, long failures) {
    completed += count;
    failed += failures;
  }

  /** A run is remembered in whole or not at all, the last one in any case. */
  synchronized void remember(Submission submission, Run run) {
    runs.addLast(new Remembered(submission, run));
    tasks += run.count();
    while (tasks > mostTasks && (runs.size() > 1 || mostTasks == 0)) {
      int count = runs.removeFirst().run().count();
      tasks -= count;
      forgotten += count;
    }
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
  public synchronized void isUp(WorkerIdentity worker) {
    life(worker.number()).isUp(worker);
  }

  @Override
  public synchronized void ready(int number, long time) {
    life(number).ready(time);
  }

  @Override
  public synchronized void worked(int number, SlotTotals totals) {
    life(number).worked(totals);
  }

  @Override
  public synchronized void gone(int number, long time, String why) {
    life(number).gone(time, why);
  }

  private WorkerLife life(int number) {
    return workers.computeIfAbsent(number, n -> new WorkerLife(n, timeline.nanos()));
  }

  /**
   * What the pool has done so far.
   *
   * @param running how many tasks run
   * @return the numbers of now
   */
  public synchronized PoolStats stats(long running) {
    List<WorkerStats> lives = workers.values().stream().map(life -> life.stats(timeline)).toList();
    return new PoolStats(
        timeline.origin(),
        timeline.at(System.nanoTime()),
        submitted,
        completed,
        failed,
        running,
        lives);
  }

  /**
   * How many finished tasks are not remembered.
   *
   * @return the number
   */
  public synchronized long forgotten() {
    return forgotten;
  }

  /**
   * The finished tasks that are remembered.
   *
   * @return what is known of each, in the order in which they started
   */
  public List<TaskMetadata> tasks() {
    Map<Long, List<Remembered>> byJob = new LinkedHashMap<>();
    synchronized (this) {
      for (Remembered entry : runs) {
        long job = entry.submission().number();
        byJob.computeIfAbsent(job, j -> new ArrayList<>()).add(entry);
      }
    }
    List<TaskMetadata> all = new ArrayList<>();
    byJob.values().forEach(job -> addTo(all, job));
    all.sort(Comparator.comparing(PoolHistory::orderOf));
    return all;
  }

  private static Instant orderOf(TaskMetadata task) {
    return task.started().orElse(task.submitted());
  }

  /** An attempt that was lost is told beside the one that came after it. */
  private void addTo(List<TaskMetadata> all, List<Remembered> job) {
    Runs known = new Runs();
    for (Remembered entry : job) {
      if (!entry.run().isLost()) {
        known.add(entry.run());
      }
    }
    TaskRecords records = records(job.get(0).submission(), known);
    for (Remembered entry : job) {
      Run run = entry.run();
      TaskRecords source = run.isLost() ? records(entry.submission(), only(run)) : records;
      for (int i = 0; i < run.count(); i++) {
        all.add(source.at(run.first() + i));
      }
    }
  }

  private static Runs only(Run run) {
    Runs runs = new Runs();
    runs.add(run);
    return runs;
  }

  private TaskRecords records(Submission submission, Runs runs) {
    Runs.Snapshot snapshot = runs.snapshot();
    TaskRecords.Source source =
        new TaskRecords.Source(
            submission,
            timeline,
            Integer.MAX_VALUE,
            index -> snapshot.hasFailed(index) ? TaskStatus.FAILED : TaskStatus.SUCCEEDED,
            new TaskOutput(0));
    return new TaskRecords(source, snapshot, List.of());
  }
}
