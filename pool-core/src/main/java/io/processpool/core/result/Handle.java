package io.processpool.core.result;

import io.processpool.FailedAttempt;
import io.processpool.PoolException;
import io.processpool.TaskAbortedException;
import io.processpool.WorkerLoss;
import io.processpool.core.schedule.Job;
import io.processpool.wire.TaskFunction;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A job and its handle: completed once, by a value, a failure or a cancel. */
abstract class Handle<R extends @Nullable Object> extends Promise<R>
    implements Job, Outcomes.Receiver {
  private final Outcomes outcomes;
  private final JobContext context;
  private final SubmitSite site;
  private final Attempts attempts;
  private final Withdrawn withdrawn = new Withdrawn();

  @SuppressWarnings("unused") // held so that the pool lives until the job is complete
  private @Nullable Object lease;

  /**
   * Creates a handle of a job that is not complete.
   *
   * @param lease an object to be held until the job is complete
   * @param task what it is to do
   */
  Handle(JobContext context, Object lease, TaskFunction task) {
    this.context = context;
    this.lease = lease;
    this.site = new SubmitSite();
    this.attempts = new Attempts(task, site);
    this.outcomes = new Outcomes(context, site, this);
  }

  @Override
  void onPublished() {
    lease = null;
  }

  final void complete(Completion<R> how) {
    if (publish(how)) {
      context.control().completed(this);
    }
  }

  /** Completes the job before all of it is done, and withdraws the rest. */
  private boolean cutShort(Completion<R> how, boolean interrupt) {
    boolean first = publish(how);
    if (first) {
      context.control().cancel(this, interrupt);
      context.control().completed(this);
    }
    return first;
  }

  final void complete(R value) {
    complete(Completion.ofValue(value));
  }

  final void fail(Throwable failure) {
    complete(Completion.ofFailure(failure));
  }

  /** Fails although items are still to run, which are withdrawn. */
  final void failFast(Throwable failure) {
    cutShort(Completion.ofFailure(failure), false);
  }

  final JobContext context() {
    return context;
  }

  @Override
  final Callbacks callbacks() {
    return context.callbacks();
  }

  @Override
  public final void outcomes(int first, int count, byte[] block) {
    outcomes.decode(first, count, block);
  }

  /** Whether an item is not done, and may come to be. */
  abstract boolean isPending(int index);

  /** An item was withdrawn before it began. */
  abstract void aborted(int index, TaskAbortedException failure);

  @Override
  public final void lostAttempt(int index, int attempt, WorkerLoss loss) {
    if (isPending(index)) {
      attempts.add(index, attempt, loss);
    }
  }

  @Override
  public final void lost(int index, int attempt, WorkerLoss loss) {
    if (isPending(index)) {
      failure(index, attempts.addLast(index, attempt, loss));
    }
  }

  @Override
  public final void timedOut(int index, Duration limit, String threadDump) {
    if (isPending(index)) {
      failure(index, attempts.timedOut(index, limit, threadDump));
    }
  }

  @Override
  public final void withdrawn(int index) {
    if (isPending(index)) {
      aborted(index, attempts.aborted(index));
    }
  }

  @Override
  public final boolean needs(int index) {
    return !ready() && !withdrawn.has(index);
  }

  @Override
  public final void end(PoolException cause) {
    fail(site.addTo(cause));
  }

  @Override
  public final boolean isComplete() {
    return ready();
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    return cutShort(Completion.ofCancel(), mayInterruptIfRunning);
  }

  @Override
  public final void abort() {
    requireIncomplete();
    if (withdrawn.addAll()) {
      context.control().withdraw(this, 0, size());
    }
  }

  /** Has one item not begin, unless it has begun. */
  final void withdraw(int index) {
    if (withdrawn.add(index)) {
      context.control().withdraw(this, index, 1);
    }
  }

  @Override
  public final List<FailedAttempt> failedAttempts() {
    return attempts.all();
  }
}
