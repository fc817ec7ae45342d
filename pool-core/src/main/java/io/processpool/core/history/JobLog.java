package io.processpool.core.history;

/**
 * What a pool is told of one of its jobs: how many tasks it has, and what becomes of them. Safe for
 * use by several threads.
 */
public final class JobLog {
  private final PoolHistory history;
  private final Submission submission;
  private long open;
  private boolean ended;

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
  public synchronized void submitted(int count) {
    if (!ended) {
      open += count;
      history.submitted(count);
    }
  }

  /**
   * Notes that tasks have run.
   *
   * @param run how
   * @param failures how many of them have failed
   */
  public void ran(Run run, int failures) {
    history.remember(submission, run);
    close(run.count(), failures);
  }

  /**
   * Notes that a task was lost with its worker, and is to run again.
   *
   * @param run its attempt
   */
  public void lostAttempt(Run run) {
    history.remember(submission, run);
  }

  /** Notes that a task will never run. */
  public void withdrawn() {
    close(1, 0);
  }

  private synchronized void close(int count, int failures) {
    if (!ended) {
      open -= count;
      history.completed(count, failures);
    }
  }

  /** Notes that nothing more is wanted of the job: what is open is over. */
  public synchronized void end() {
    if (!ended) {
      ended = true;
      history.completed(open, 0);
    }
  }
}
