package io.processpool.core.result;

import io.processpool.AsyncResult;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** A task as a {@link CompletableFuture}, whose cancel cancels the task. */
final class TaskFuture<R extends @Nullable Object> extends CompletableFuture<R> {
  private final AsyncResult<R> task;

  TaskFuture(AsyncResult<R> task) {
    this.task = task;
  }

  /** A cancel that the task itself has thrown is wrapped, as the JDK's own tasks do. */
  void completeLike(Completion<R> how) {
    Throwable failure = how.failure();
    if (failure == null) {
      complete(Promise.value(how));
    } else if (failure instanceof CancellationException && !how.cancelled()) {
      completeExceptionally(new CompletionException(failure));
    } else {
      completeExceptionally(failure);
    }
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    if (cancelled) {
      task.cancel(true);
    }
    return cancelled;
  }

  @Override
  public <U extends @Nullable Object> CompletableFuture<U> newIncompleteFuture() {
    return new CompletableFuture<>();
  }
}
