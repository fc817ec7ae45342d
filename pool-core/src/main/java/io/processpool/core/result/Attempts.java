package io.processpool.core.result;

import io.processpool.FailedAttempt;
import io.processpool.WorkerLoss;
import io.processpool.WorkerLostException;
import io.processpool.wire.TaskFunction;
import java.util.ArrayList;
import java.util.List;

/** The attempts to run items of one job that were lost. Safe for use by several threads. */
final class Attempts {
  private final TaskFunction task;
  private final SubmitSite site;
  private List<FailedAttempt> failed = List.of();

  Attempts(TaskFunction task, SubmitSite site) {
    this.task = task;
    this.site = site;
  }

  /** Notes an attempt. Returns its failure, with those of the same item before it suppressed. */
  synchronized WorkerLostException add(int index, int number, WorkerLoss loss) {
    WorkerLostException failure = site.addTo(WorkerLostException.of(loss, task.name(), index));
    for (FailedAttempt before : failed) {
      if (before.index() == index) {
        failure.addSuppressed(before.failure());
      }
    }
    if (failed.isEmpty()) {
      failed = new ArrayList<>(1);
    }
    failed.add(new FailedAttempt(index, number, failure));
    return failure;
  }

  synchronized List<FailedAttempt> all() {
    return List.copyOf(failed);
  }

  /** Drops what is known of an item that is done. */
  synchronized void forget(int index) {
    if (!failed.isEmpty()) {
      failed.removeIf(attempt -> attempt.index() == index);
    }
  }
}
