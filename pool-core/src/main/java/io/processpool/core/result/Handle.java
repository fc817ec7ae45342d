package io.processpool.core.result;

import static java.util.Objects.requireNonNull;

import io.processpool.FailedAttempt;
import io.processpool.PoolException;
import io.processpool.StandardStream;
import io.processpool.TaskAbortedException;
import io.processpool.TaskMetadata;
import io.processpool.TaskStatus;
import io.processpool.WorkerLoss;
import io.processpool.WorkerOutput;
import io.processpool.core.history.Run;
import io.processpool.core.history.Runs;
import io.processpool.core.history.Submission;
import io.processpool.core.history.TaskRecords;
import io.processpool.core.history.Timeline;
import io.processpool.core.output.TaskOutput;
import io.processpool.core.schedule.Attempt;
import io.processpool.core.schedule.Delivery;
import io.processpool.core.schedule.Job;
import io.processpool.core.schedule.RunningItem;
import io.processpool.core.schedule.WaitingItems;
import io.processpool.spi.PrintedLine;
import io.processpool.spi.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A job and its handle: completed once, by a value, a failure or a cancel. Very many may wait, and
 * so what only some of them need, or not yet, is made when it is needed.
 */
abstract class Handle<R extends @Nullable Object> extends Reported<R>
    implements Job, Outcomes.Receiver {
  @SuppressWarnings("rawtypes") // of any type
  private static final AtomicReferenceFieldUpdater<Handle, Course> COURSE =
      AtomicReferenceFieldUpdater.newUpdater(Handle.class, Course.class, "course");

  private final JobContext context;
  private final String task;
  private final Submission submission;
  private final SubmitSite site;

  /** Guarded by the scheduler's monitor. */
  private @Nullable WaitingItems waiting;

  private volatile @Nullable Course course;

  @SuppressWarnings("unused") // held so that the pool lives until the job is complete
  private @Nullable Object lease;

  /**
   * Creates a handle of a job that is not complete.
   *
   * @param lease an object to be held until the job is complete
   * @param task the name of what it is to do
   * @param submission how it came to the pool
   * @param site where it was submitted
   */
  Handle(JobContext context, Object lease, String task, Submission submission, SubmitSite site) {
    this.context = context;
    this.lease = lease;
    this.task = task;
    this.submission = submission;
    this.site = site;
  }

  /** What has happened to it, to note more. */
  private Course course() {
    Course known = course;
    if (known != null) {
      return known;
    }
    Course first = new Course(new Attempts(task, site));
    return COURSE.compareAndSet(this, null, first) ? first : requireNonNull(course);
  }

  @Override
  void onPublished() {
    lease = null;
    over(unfinished(), requireReady().status());
  }

  /** How many of its tasks were not over when it was completed, and end with it. */
  abstract int unfinished();

  /** Notes that tasks are over. */
  final void over(int count, TaskStatus fate) {
    context.history().over(count, fate);
  }

  final void complete(Completion<R> how) {
    if (publish(how)) {
      context.control().completed(this);
    }
  }

  /** Completes the job before all of it is done, and withdraws the rest. */
  private boolean cutShort(Completion<R> how, boolean interrupt) {
    noteRunning();
    boolean first = publish(how);
    if (first) {
      try {
        context.control().cancel(this, interrupt);
      } finally {
        context.control().completed(this);
      }
    }
    return first;
  }

  /** Before the job is complete, for who asks then. */
  @Override
  public final void noteRunning() {
    if (!ready()) {
      List<RunningItem> running = context.control().running(this);
      if (course != null || !running.isEmpty()) {
        course().noteLastRunning(running);
      }
    }
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
  public final void outcomes(Delivery delivery) {
    new Outcomes(context, site, this).decode(delivery, this::ran);
  }

  private void ran(Run run) {
    course().runs().add(run);
    context.history().ran(submission, run);
  }

  /** Whether an item is not done, and may come to be. */
  abstract boolean isPending(int index);

  /** An item was withdrawn before it began. */
  abstract void aborted(int index, TaskAbortedException failure);

  @Override
  public final void lostAttempt(int index, Attempt attempt, WorkerLoss loss) {
    Run run = Run.lost(attempt, index);
    if (isPending(index)) {
      context.history().ran(submission, run);
      course().attempts().add(index, attempt.number(), loss);
    } else {
      ran(run);
      run.became(index, status(index));
    }
  }

  @Override
  public final void lost(int index, Attempt attempt, WorkerLoss loss) {
    lost(index, attempt, () -> course().attempts().addLast(index, attempt.number(), loss));
  }

  @Override
  public final void timedOut(int index, Attempt attempt, Duration limit, String threadDump) {
    lost(index, attempt, () -> course().attempts().timedOut(index, limit, threadDump));
  }

  private void lost(int index, Attempt attempt, Supplier<Throwable> failure) {
    Run run = Run.lost(attempt, index);
    ran(run);
    run.became(index, isPending(index) ? failure(index, failure.get()) : status(index));
  }

  @Override
  public final void withdrawn(int index) {
    if (isPending(index)) {
      aborted(index, course().attempts().aborted(index));
    }
  }

  @Override
  public final boolean needs(int index) {
    Course known = course;
    return !ready() && (known == null || !known.withdrawn().has(index));
  }

  @Override
  public final boolean needsAll(int first, int count) {
    Course known = course;
    boolean allAreNeeded = known == null || !known.withdrawn().hasAny();
    return allAreNeeded ? !ready() : Job.super.needsAll(first, count);
  }

  @Override
  public final WaitingItems waitingItems() {
    if (waiting == null) {
      waiting = new WaitingItems();
    }
    return waiting;
  }

  @Override
  public final Map<String, String> diagnostics() {
    return submission.diagnostics();
  }

  @Override
  public final long number() {
    return submission.number();
  }

  @Override
  public final TaskId taskId(int index) {
    return submission.task(index);
  }

  @Override
  public final String id() {
    return Long.toString(submission.number());
  }

  /** How far an item has come; it is queued if it is not done. */
  abstract TaskStatus status(int index);

  @Override
  public final List<TaskMetadata> metadata() {
    return records(runningItems());
  }

  /** What is known of one item: a list of one. */
  final List<TaskMetadata> metadata(int index) {
    List<RunningItem> running = course().runs().has(index) ? List.of() : runningItems();
    return records(running).subList(index, index + 1);
  }

  /** What runs, or ran when nobody waited for it any more. */
  private List<RunningItem> runningItems() {
    return ready() ? course().lastRunning() : context.control().running(this);
  }

  private TaskRecords records(List<RunningItem> running) {
    TaskRecords.Source source =
        new TaskRecords.Source(submission, context.timeline(), size(), this::status, output());
    return new TaskRecords(source, course().runs(), running);
  }

  @Override
  final List<TaskMetadata> running() {
    List<RunningItem> running = context.control().running(this);
    TaskRecords records = records(running);
    return running.stream()
        .map(item -> records.get(item.index()))
        .filter(task -> task.status() == TaskStatus.RUNNING)
        .toList();
  }

  @Override
  final Instant submitted() {
    return context.timeline().at(submission.time());
  }

  @Override
  public final Duration wallTime() {
    var unused = requireReady();
    long end = Math.min(course().runs().lastReceived(size(), completedAt()), completedAt());
    return Duration.ofNanos(end - submission.time());
  }

  @Override
  final Timeline timeline() {
    return context.timeline();
  }

  @Override
  public final Duration serialTime() {
    var unused = requireReady();
    return Duration.ofNanos(course().runs().totalDuration());
  }

  /** The number of the worker that ran an item, as far as is known now. */
  final IntUnaryOperator workers() {
    Runs runs = course().runs();
    return runs::worker;
  }

  @Override
  public final boolean keepsOutput() {
    return context.printing().mode() == WorkerOutput.CAPTURE;
  }

  @Override
  public final void printed(int index, PrintedLine line) {
    output().add(index, line);
  }

  final TaskOutput output() {
    return course().output(context.printing().limit());
  }

  @Override
  final void requireOutput() {
    if (!keepsOutput()) {
      throw new IllegalStateException(
          "What tasks print is not kept with output("
              + context.printing().mode()
              + "), but with output(CAPTURE)");
    }
  }

  @Override
  public final String stdout() {
    requireOutput();
    return output().all(size(), StandardStream.OUT);
  }

  @Override
  public final String stderr() {
    requireOutput();
    return output().all(size(), StandardStream.ERR);
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
    if (course().withdrawn().addAll()) {
      context.control().withdraw(this, 0, size());
    }
  }

  /** Has one item not begin, unless it has begun. */
  final void withdraw(int index) {
    if (course().withdrawn().add(index)) {
      context.control().withdraw(this, index, 1);
    }
  }

  @Override
  public final List<FailedAttempt> failedAttempts() {
    return course().attempts().all();
  }

  /** The attempts to run one item that were lost. */
  final List<FailedAttempt> failedAttempts(int index) {
    return course().attempts().of(index);
  }
}
