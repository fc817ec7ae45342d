package io.processpool.core.history;

import io.processpool.TaskStatus;

/**
 * What a pool is told of one of its jobs: how many tasks it has, what ran, and what became of each.
 * Safe for use by several threads.
 */
public final class JobLog {
  private final PoolHistory history;
  private final Submission submission;

  JobLog(PoolHistory history, Submission submission) {
    this.history = history;
    this.submission = submission;
  }

  /**
   * How the job came to the pool.
   *
   * @return what is known of that
   */
  public Submission submission() {
    return submission;
  }

  /**
   * Notes that tasks are submitted.
   *
   * @param count how many
   */
  public void submitted(int count) {
    history.submitted(count);
  }

  /**
   * Notes that tasks have run, or that one was lost with its worker.
   *
   * @param run how
   */
  public void ran(Run run) {
    history.ran(submission, run);
  }

  /**
   * Notes that tasks are over: each once, when the handle or iterator has decided what has become
   * of it.
   *
   * @param count how many
   * @param fate what has become of them
   */
  public void over(int count, TaskStatus fate) {
    history.over(count, fate);
  }
}
