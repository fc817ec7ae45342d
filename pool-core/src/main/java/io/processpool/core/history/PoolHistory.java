package io.processpool.core.history;

import io.processpool.PoolStats;
import io.processpool.TaskMetadata;
import io.processpool.TaskStatus;
import io.processpool.core.history.RecentRuns.Remembered;
import io.processpool.core.output.TaskOutput;
import io.processpool.core.schedule.StaffLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a pool remembers: how many tasks it had, the runs of the last of them, as they were told,
 * and the lives of its workers. It is put into words when somebody asks. Safe for use by several
 * threads.
 */
public final class PoolHistory {
  private final Timeline timeline;
  private final WorkerLives workers;
  private final RecentRuns runs;
  private final LongAdder submitted = new LongAdder();
  private final LongAdder completed = new LongAdder();
  private final LongAdder failed = new LongAdder();

  /**
   * Creates an empty history.
   *
   * @param timeline the times
   * @param mostTasks how many finished tasks to remember
   */
  public PoolHistory(Timeline timeline, int mostTasks) {
    this.timeline = timeline;
    this.workers = new WorkerLives(timeline);
    this.runs = new RecentRuns(mostTasks);
  }

  /**
   * Where to note how the workers fare.
   *
   * @return what is to be told
   */
  public StaffLog staff() {
    return workers;
  }

  /**
   * Notes that tasks are submitted.
   *
   * @param count how many
   */
  public void submitted(long count) {
    submitted.add(count);
  }

  /**
   * Notes that tasks have run, or that one was lost with its worker.
   *
   * @param submission how their job came to the pool
   * @param run how they ran
   */
  public void ran(Submission submission, Run run) {
    runs.add(submission, run);
  }

  /**
   * Notes that tasks are over: each once, when the handle or iterator has decided what has become
   * of it.
   *
   * @param count how many
   * @param fate what has become of them
   */
  public void over(long count, TaskStatus fate) {
    completed.add(count);
    if (fate == TaskStatus.FAILED) {
      failed.add(count);
    }
  }

  /**
   * What the pool has done so far.
   *
   * @param running how many tasks run
   * @return the numbers of now
   */
  public PoolStats stats(long running) {
    long failures = failed.sum(); // read first what is counted last
    long over = completed.sum();
    return new PoolStats(
        timeline.origin(),
        timeline.at(System.nanoTime()),
        submitted.sum(),
        over,
        failures,
        running,
        workers.stats());
  }

  /**
   * How many finished tasks are not remembered.
   *
   * @return the number
   */
  public long forgotten() {
    return runs.forgotten();
  }

  /**
   * The finished tasks that are remembered.
   *
   * @return what is known of each, in the order in which they started
   */
  public List<TaskMetadata> tasks() {
    Map<Long, List<Remembered>> byJob = new LinkedHashMap<>();
    for (Remembered entry : runs.all()) {
      byJob.computeIfAbsent(entry.submission().number(), job -> new ArrayList<>()).add(entry);
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
    TaskRecords.Source source =
        new TaskRecords.Source(
            submission, timeline, Integer.MAX_VALUE, runs::fate, new TaskOutput(0));
    return new TaskRecords(source, runs, List.of());
  }
}
