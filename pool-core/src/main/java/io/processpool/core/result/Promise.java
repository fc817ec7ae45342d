package io.processpool.core.result;

import static java.util.Objects.requireNonNull;

import io.processpool.AsyncResult;
import io.processpool.WaitFor;
import io.processpool.core.concurrent.Nanos;
import io.processpool.core.result.State.Completed;
import io.processpool.core.result.State.Watch;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Something that is completed once, by a value, a failure or a cancel, and those who wait for it.
 *
 * <p>What its listeners do is queued before anybody can see the completion, so that it comes before
 * what they do who were waiting. Its followers are other promises, which are told once the
 * completion can be seen, and before those are woken who wait.
 *
 * @param <R> the type of the value
 */
abstract class Promise<R extends @Nullable Object> implements AsyncResult<R> {
  @SuppressWarnings("rawtypes") // of any type
  private static final AtomicReferenceFieldUpdater<Promise, State> STATE =
      AtomicReferenceFieldUpdater.newUpdater(Promise.class, State.class, "state");

  /** {@code null} as long as nobody but its owner cares: very many may wait like this. */
  private volatile @Nullable State<R> state;

  /** Runs what users want to be called. */
  abstract Callbacks callbacks();

  /** Completes it, whatever fails on the way. Returns whether it was not complete before. */
  final boolean publish(Completion<R> how) {
    Watch<R> watch = watch();
    if (watch == null || !watch.complete(how)) {
      return false;
    }
    try {
      onPublished();
    } catch (Throwable e) {
      Followers.logUntold(e);
    } finally {
      tell(watch, how);
    }
    return true;
  }

  private void tell(Watch<R> watch, Completion<R> how) {
    try {
      watch.tellFollowers(how);
    } finally {
      state = watch.completed();
      watch.end();
    }
  }

  /** Those who want to know of the completion; {@code null} if all of them do. */
  private @Nullable Watch<R> watch() {
    State<R> now = state;
    if (now == null) {
      Watch<R> first = new Watch<>();
      if (STATE.compareAndSet(this, null, first)) {
        return first;
      }
      now = state;
    }
    return now instanceof Watch<R> watch ? watch : null;
  }

  /** Called once it is complete, before those are woken who wait. */
  void onPublished() {}

  /** Somebody counts on the completion who perhaps does not hold this. */
  void keep() {}

  final @Nullable Completion<R> completed() {
    Completed<R> end = end();
    return end == null ? null : end.how();
  }

  private @Nullable Completed<R> end() {
    State<R> now = state;
    return now == null ? null : now.completed();
  }

  /** A number that is larger than those of all that were completed before. */
  final long completionNumber() {
    Completed<R> end = end();
    return end == null ? 0 : end.number();
  }

  /** When it was completed, as {@link System#nanoTime} told it. */
  final long completedAt() {
    Completed<R> end = end();
    return end == null ? 0 : end.time();
  }

  /** What it was completed with, for what was queued on that occasion. */
  private Completion<R> published() {
    Watch<R> watch = watch();
    return requireNonNull(watch == null ? end() : watch.completedByNow()).how();
  }

  private void listen(Follower<R> listener) {
    keep();
    Watch<R> watch = watch();
    if (watch == null || !watch.addListener(listener)) {
      listener.completed(requireReady());
    }
  }

  /** Has something told of the completion, once, which returns at once and runs no user code. */
  final void follow(Follower<R> follower) {
    Watch<R> watch = watch();
    if (watch == null || !watch.addFollower(follower)) {
      follower.completed(requireReady());
    }
  }

  /** Has something told of the completion of a handle, also of one of another making. */
  static <R extends @Nullable Object> void follow(AsyncResult<R> handle, Follower<R> follower) {
    if (handle instanceof Promise<R> promise) {
      promise.follow(follower);
    } else {
      var unused =
          handle
              .toCompletableFuture()
              .whenComplete((value, failure) -> follower.completed(like(value, failure)));
    }
  }

  /** As futures tell them apart: one that was cancelled fails with what a cancel throws, bare. */
  private static <R extends @Nullable Object> Completion<R> like(
      R value, @Nullable Throwable failure) {
    if (failure == null) {
      return Completion.ofValue(value);
    }
    if (failure instanceof CancellationException) {
      return Completion.ofCancel(failure);
    }
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : null;
    return Completion.ofFailure(cause == null ? failure : cause);
  }

  @Override
  public final R get() throws InterruptedException, ExecutionException {
    awaitAllKnow();
    return report();
  }

  @Override
  public final R get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (!awaitAllKnow(timeout, unit) && !ready()) {
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

  private void awaitAllKnow() throws InterruptedException {
    Watch<R> watch = watch();
    if (watch != null) {
      watch.allKnow().await();
    } else {
      failIfInterrupted();
    }
  }

  private boolean awaitAllKnow(long timeout, TimeUnit unit) throws InterruptedException {
    requireNonNull(unit, "unit");
    Watch<R> watch = watch();
    if (watch != null) {
      return watch.allKnow().await(timeout, unit);
    }
    failIfInterrupted();
    return true;
  }

  /** As if it had to wait. */
  private static void failIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  private R report() throws ExecutionException {
    Completion<R> how = completed();
    if (how == null) {
      throw new IllegalStateException("Not complete");
    }
    if (how.cancelled()) {
      throw new CancellationException("The task was cancelled");
    }
    if (how.failure() != null) {
      throw new ExecutionException(how.failure());
    }
    return value(how);
  }

  @Override
  public final void await() throws InterruptedException {
    try {
      awaitAllKnow();
    } finally {
      Reference.reachabilityFence(this); // who waits counts on it, and nobody else may hold it
    }
  }

  @Override
  public final boolean await(Duration timeout) throws InterruptedException {
    return awaitAllKnow(Nanos.of(timeout), TimeUnit.NANOSECONDS) || ready();
  }

  @Override
  public void await(WaitFor what) throws InterruptedException {
    requireNonNull(what, "what");
    await();
  }

  @Override
  public boolean await(WaitFor what, Duration timeout) throws InterruptedException {
    requireNonNull(what, "what");
    return await(timeout);
  }

  @Override
  public final boolean ready() {
    return end() != null;
  }

  @Override
  public final boolean isDone() {
    return ready();
  }

  /** One, unless it has parts. */
  @Override
  public int size() {
    return 1;
  }

  @Override
  public int progress() {
    return ready() ? 1 : 0;
  }

  @Override
  public int failures() {
    Completion<R> how = completed();
    return how != null && how.failure() != null ? 1 : 0;
  }

  @Override
  public final boolean successful() {
    return requireReady().failure() == null;
  }

  final Completion<R> requireReady() {
    Completion<R> how = completed();
    if (how == null) {
      throw new IllegalStateException("The task is not complete");
    }
    return how;
  }

  final void requireIncomplete() {
    if (ready()) {
      throw new IllegalStateException("The task is complete");
    }
  }

  @Override
  public final boolean isCancelled() {
    Completion<R> how = completed();
    return how != null && how.cancelled();
  }

  @Override
  public AsyncResult<R> onSuccess(Consumer<? super R> action) {
    requireNonNull(action, "action");
    listen(
        how -> {
          if (how.failure() == null) {
            callbacks().run(() -> action.accept(value(published())));
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
            callbacks().run(() -> action.accept(published().failure()));
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
