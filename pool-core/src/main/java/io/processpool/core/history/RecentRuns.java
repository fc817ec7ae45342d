package io.processpool.core.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * The last runs of a pool's tasks, each with the job that it belongs to. Safe for use by several
 * threads.
 */
final class RecentRuns {
  private final int mostTasks;
  private final Deque<Submission> submissions = new ArrayDeque<>();
  private final Deque<Run> runs = new ArrayDeque<>();
  private long tasks;
  private long forgotten;

  /** Items of a job that have run. */
  record Remembered(Submission submission, Run run) {}

  RecentRuns(int mostTasks) {
    this.mostTasks = mostTasks;
  }

  /** A run is remembered in whole or not at all, the last one in any case. */
  synchronized void add(Submission submission, Run run) {
    submissions.addLast(submission);
    runs.addLast(run);
    tasks += run.count();
    while (tasks > mostTasks && (runs.size() > 1 || mostTasks == 0)) {
      submissions.removeFirst();
      int count = runs.removeFirst().count();
      tasks -= count;
      forgotten += count;
    }
  }

  synchronized long forgotten() {
    return forgotten;
  }

  synchronized List<Remembered> all() {
    List<Remembered> all = new ArrayList<>(runs.size());
    Iterator<Submission> jobs = submissions.iterator();
    for (Run run : runs) {
      all.add(new Remembered(jobs.next(), run));
    }
    return all;
  }
}
