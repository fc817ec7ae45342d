package io.processpool.core.result;

import io.processpool.FailedAttempt;
import io.processpool.TaskAbortedException;
import io.processpool.TaskTimeoutException;
import io.processpool.WorkerLoss;
import io.processpool.WorkerLostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The attempts to run items of one job that ended with their worker. Safe for use by several
 * threads.
 */
final class Attempts {
  private final String task;
  private final SubmitSite site;
  private List<FailedAttempt> failed = List.of();

  Attempts(String task, SubmitSite site) {
    this.task = task;
    this.site = site;
  }

  /** Notes an attempt that is not the last one. */
  synchronized void add(int index, int number, WorkerLoss loss) {
    note(index, number, failure(index, loss));
  }

  /** Notes the last attempt. Returns its failure, with those before it suppressed. */
  synchronized WorkerLostException addLast(int index, int number, WorkerLoss loss) {
    WorkerLostException failure = failure(index, loss);
    suppressEarlier(index, failure);
    note(index, number, failure);
    return failure;
  }

  /** What becomes of an item whose worker was killed for it. There is no other attempt. */
  TaskTimeoutException timedOut(int index, Duration limit, String threadDump) {
    return site.addTo(new TaskTimeoutException(task, index, limit, threadDump));
  }

  /** What becomes of an item that is withdrawn, with the attempts before that suppressed. */
  synchronized TaskAbortedException aborted(int index) {
    TaskAbortedException failure = site.addTo(new TaskAbortedException(task, index));
    suppressEarlier(index, failure);
    return failure;
  }

  private WorkerLostException failure(int index, WorkerLoss loss) {
    return site.addTo(WorkerLostException.of(loss, task, index));
  }

  private void note(int index, int number, WorkerLostException failure) {
    if (failed.isEmpty()) {
      failed = new ArrayList<>(1);
    }
    failed.add(new FailedAttempt(index, number, failure));
  }

  private void suppressEarlier(int index, Throwable failure) {
    for (FailedAttempt attempt : failed) {
      if (attempt.index() == index) {
        failure.addSuppressed(attempt.failure());
      }
    }
  }

  synchronized List<FailedAttempt> all() {
    return List.copyOf(failed);
  }

  synchronized List<FailedAttempt> of(int index) {
    return failed.stream().filter(attempt -> attempt.index() == index).toList();
  }

  /** Drops what is known of an item that is done. */
  synchronized void forget(int index) {
    if (!failed.isEmpty()) {
      failed.removeIf(attempt -> attempt.index() == index);
    }
  }
}
