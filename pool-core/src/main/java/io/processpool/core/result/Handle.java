package io.processpool.core.result;

import static java.util.Comparator.naturalOrder;
import static java.util.Objects.requireNonNull;

import io.processpool.AsyncResult;
import io.processpool.FailedAttempt;
import io.processpool.GroupBy;
import io.processpool.PoolException;
import io.processpool.StandardStream;
import io.processpool.TaskMetadata;
import io.processpool.TaskStatus;
import io.processpool.WorkerLoss;
import io.processpool.WorkerOutput;
import io.processpool.core.concurrent.Nanos;
import io.processpool.core.history.Run;
import io.processpool.core.history.Runs;
import io.processpool.core.history.Submission;
import io.processpool.core.history.TaskRecords;
import io.processpool.core.output.OutputDisplay;
import io.processpool.core.output.TaskOutput;
import io.processpool.core.schedule.Attempt;
import io.processpool.core.schedule.Delivery;
import io.processpool.core.schedule.Job;
import io.processpool.core.schedule.RunningItem;
import io.processpool.spi.PrintedLine;
import io.processpool.wire.TaskFunction;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** A job and its handle: completed once, by a value, a failure or a cancel. */
abstract class Handle<R extends @Nullable Object>
    implements AsyncResult<R>, Job, Outcomes.Receiver {
  private final CountDownLatch completion = new CountDownLatch(1);
  private final Outcomes outcomes;
  private final JobContext context;
  private final SubmitSite site;
  private final Attempts attempts;
  private final TaskFunction task;
  private final Submission submission;
  private final Runs runs = new Runs();
  private @Nullable TaskOutput output;
  private List<Consumer<Completion<R>>> listeners = List.of();
  private volatile @Nullable Completion<R> completed;
  private long completedAt;

  @SuppressWarnings("unused") // held so that the pool lives until the job is complete
  private @Nullable Object lease;

  /** What became of the job: a value, or a failure, which perhaps is a cancel. */
  record Completion<R extends @Nullable Object>(
      @Nullable R value, @Nullable Throwable failure, boolean cancelled) {}

  /**
   * Creates a handle of a job that is not complete.
   *
   * @param lease an object to be held until the job is complete
   * @param task what it is to do
   * @param submission how it came to the pool
   */
  Handle(JobContext context, Object lease, TaskFunction task, Submission submission) {
    this.context = context;
    this.lease = lease;
    this.task = task;
    this.submission = submission;
    this.site = new SubmitSite();
    this.attempts = new Attempts(task, site);
    this.outcomes = new Outcomes(context, site, this);
  }

  /**
   * Completes the handle. Returns whether it was not complete before. What listeners do is queued
   * before anybody can see the completion, so that it comes before what they do who were waiting.
   */
  private boolean publish(Completion<R> how) {
    synchronized (completion) {
      if (completed != null) {
        return false;
      }
      listeners.forEach(listener -> tell(listener, how));
      listeners = List.of();
      lease = null;
      completedAt = System.nanoTime();
      completed = how;
    }
    completion.countDown();
    onPublished();
    return true;
  }

  /** Called once the handle is complete. */
  void onPublished() {}

  private boolean complete(Completion<R> how) {
    boolean first = publish(how);
    if (first) {
      context.control().completed(this);
    }
    return first;
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

  /** A listener that cannot do its part, for want of memory or threads, must not stop the rest. */
  private static <R extends @Nullable Object> void tell(
      Consumer<Completion<R>> listener, Completion<R> how) {
    try {
      listener.accept(how);
    } catch (RuntimeException | Error e) {
      LoggerFactory.getLogger(Handle.class).error("Somebody could not be told of a result", e);
    }
  }

  final void complete(R value) {
    complete(new Completion<>(value, null, false));
  }

  final boolean fail(Throwable failure) {
    return complete(new Completion<>(null, failure, false));
  }

  /** Fails although items are still to run, which are withdrawn. */
  final void failFast(Throwable failure) {
    cutShort(new Completion<>(null, failure, false), false);
  }

  final @Nullable Completion<R> completed() {
    return completed;
  }

  final JobContext context() {
    return context;
  }

  /** What the handle was completed with, for what was queued on that occasion. */
  private Completion<R> published() {
    synchronized (completion) {
      return requireNonNull(completed);
    }
  }

  private void listen(Consumer<Completion<R>> listener) {
    Completion<R> already;
    synchronized (completion) {
      already = completed;
      if (already == null) {
        if (listeners.isEmpty()) {
          listeners = new ArrayList<>(1);
        }
        listeners.add(listener);
      }
    }
    if (already != null) {
      listener.accept(already);
    }
  }

  @Override
  public final void outcomes(Delivery delivery) {
    outcomes.decode(delivery, runs::add);
  }

  @Override
  public final void lostAttempt(int index, Attempt attempt, WorkerLoss loss) {
    attempts.add(index, attempt.number(), loss);
  }

  @Override
  public final void lost(int index, Attempt attempt, WorkerLoss loss) {
    runs.add(Run.lost(attempt, index, System.nanoTime()));
    failure(index, attempts.addLast(index, attempt.number(), loss));
  }

  @Override
  public final void timedOut(int index, Attempt attempt, Duration limit, String threadDump) {
    runs.add(Run.lost(attempt, index, System.nanoTime()));
    failure(index, attempts.timedOut(index, limit, threadDump));
  }

  @Override
  public final Map<String, String> diagnostics() {
    return submission.diagnostics();
  }

  @Override
  public final boolean keepsOutput() {
    return context.printing().mode() == WorkerOutput.CAPTURE;
  }

  @Override
  public final void printed(int index, PrintedLine line) {
    output().add(index, line);
  }

  private TaskOutput output() {
    synchronized (runs) {
      if (output == null) {
        output = new TaskOutput(context.printing().limit());
      }
      return output;
    }
  }

  @Override
  public final String stdout() {
    return textOf(StandardStream.OUT);
  }

  @Override
  public final String stderr() {
    return textOf(StandardStream.ERR);
  }

  private String textOf(StandardStream stream) {
    requireKept();
    return output().all(size(), stream);
  }

  private void requireKept() {
    if (!keepsOutput()) {
      throw new IllegalStateException(
          "What tasks print is not kept with output("
              + context.printing().mode()
              + "), but with output(CAPTURE)");
    }
  }

  @Override
  public final void displayOutputs(GroupBy groupBy, PrintStream target)
      throws InterruptedException {
    requireNonNull(groupBy, "groupBy");
    requireNonNull(target, "target");
    requireKept();
    await();
    new OutputDisplay(metadata(), target).show(groupBy);
  }

  final Submission submission() {
    return submission;
  }

  /** How far an item has come; it is queued if it is not done. */
  abstract TaskStatus status(int index);

  /** What an item has become that failed for this reason. */
  static TaskStatus statusOf(Throwable failure) {
    return failure instanceof CancellationException ? TaskStatus.CANCELLED : TaskStatus.FAILED;
  }

  @Override
  public final List<TaskMetadata> metadata() {
    String label = submission.label() == null ? task.name() : submission.label();
    TaskRecords.Source source =
        new TaskRecords.Source(
            submission, context.timeline(), label, size(), this::taskId, this::status, output());
    List<RunningItem> running = ready() ? List.of() : context.control().running(this);
    return new TaskRecords(source, runs.snapshot(), running);
  }

  @Override
  public final Duration elapsed() {
    return ready() ? wallTime() : Duration.ofNanos(System.nanoTime() - submission.time());
  }

  @Override
  public final Duration serialTime() {
    requireReady();
    return Duration.ofNanos(runs.snapshot().totalDuration());
  }

  @Override
  public final Duration wallTime() {
    requireReady();
    long end = runs.snapshot().lastReceived(size(), completedAt);
    return Duration.ofNanos(end - submission.time());
  }

  @Override
  public final double speedup() {
    return (double) serialTime().toNanos() / wallTime().toNanos();
  }

  @Override
  public final Duration timedelta(
      Function<? super TaskMetadata, Optional<Instant>> start,
      Function<? super TaskMetadata, Optional<Instant>> end) {
    List<TaskMetadata> tasks = metadata();
    Instant earliest = times(tasks, start).min(naturalOrder()).orElseThrow(() -> noTime("start"));
    Instant latest = times(tasks, end).max(naturalOrder()).orElseThrow(() -> noTime("end"));
    return Duration.between(earliest, latest);
  }

  private static Stream<Instant> times(
      List<TaskMetadata> tasks, Function<? super TaskMetadata, Optional<Instant>> time) {
    return tasks.stream().flatMap(task -> time.apply(task).stream());
  }

  private static IllegalStateException noTime(String which) {
    return new IllegalStateException("No task has a time for the " + which);
  }

  /** The number of the worker that ran an item, as far as is known now. */
  final IntUnaryOperator workers() {
    Runs.Snapshot snapshot = runs.snapshot();
    return snapshot::worker;
  }

  @Override
  public final void end(PoolException cause) {
    fail(site.addTo(cause));
  }

  @Override
  public final R get() throws InterruptedException, ExecutionException {
    completion.await();
    return report();
  }

  @Override
  public final R get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (!completion.await(timeout, unit)) {
      Duration waited = Duration.of(Math.max(0, timeout), unit.toChronoUnit());
      throw new TimeoutException(
          "No result within " + waited + "; " + progress() + " of " + size() + " done");
    }
    return report();
  }

  @Override
  public final R get(Duration timeout)
      throws InterruptedException, ExecutionException, TimeoutException {
    return get(Nanos.of(timeout), TimeUnit.NANOSECONDS);
  }

  @SuppressWarnings("NullAway") // a completion without failure has a value of type R
  private R report() throws ExecutionException {
    Completion<R> how = completed;
    if (how == null) {
      throw new IllegalStateException("Not complete");
    }
    if (how.cancelled()) {
      throw new CancellationException("The task was cancelled");
    }
    if (how.failure() != null) {
      throw new ExecutionException(how.failure());
    }
    return how.value();
  }

  @Override
  public final void await() throws InterruptedException {
    completion.await();
  }

  @Override
  public final boolean await(Duration timeout) throws InterruptedException {
    return completion.await(Nanos.of(timeout), TimeUnit.NANOSECONDS);
  }

  @Override
  public final boolean ready() {
    return completed != null;
  }

  @Override
  public final boolean isComplete() {
    return completed != null;
  }

  @Override
  public final boolean isDone() {
    return completed != null;
  }

  @Override
  public final boolean successful() {
    return requireReady().failure() == null;
  }

  final Completion<R> requireReady() {
    Completion<R> how = completed;
    if (how == null) {
      throw new IllegalStateException("The task is not complete");
    }
    return how;
  }

  @Override
  public final boolean isCancelled() {
    Completion<R> how = completed;
    return how != null && how.cancelled();
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    CancellationException failure = new CancellationException("The task was cancelled");
    return cutShort(new Completion<>(null, failure, true), mayInterruptIfRunning);
  }

  @Override
  public final List<FailedAttempt> failedAttempts() {
    return attempts.all();
  }

  @Override
  public AsyncResult<R> onSuccess(Consumer<? super R> action) {
    requireNonNull(action, "action");
    listen(
        how -> {
          if (how.failure() == null) {
            context.callbacks().run(() -> action.accept(value(published())));
          }
        });
    return this;
  }

  @Override
  public AsyncResult<R> onFailure(Consumer<? super Throwable> action) {
    requireNonNull(action, "action");
    listen(
        how -> {
          if (how.failure() != null) {
            context.callbacks().run(() -> action.accept(published().failure()));
          }
        });
    return this;
  }

  @Override
  public final CompletableFuture<R> toCompletableFuture() {
    TaskFuture<R> future = new TaskFuture<>(this);
    if (ready()) {
      listen(future::completeLike);
    } else {
      // Dependent stages are user code, which has no place on the threads that deliver results.
      listen(how -> future.defaultExecutor().execute(() -> future.completeLike(published())));
    }
    return future;
  }

  @SuppressWarnings("NullAway") // a completion without failure has a value of type R
  static <R extends @Nullable Object> R value(Completion<R> how) {
    return how.value();
  }
}
