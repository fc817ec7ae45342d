package io.processpool.core.result;

import io.processpool.AsyncResult;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A task as a {@link CompletableFuture}, whose cancel cancels the task. */
final class TaskFuture<R extends @Nullable Object> extends CompletableFuture<R> {
  private final AsyncResult<R> task;

  TaskFuture(AsyncResult<R> task) {
    this.task = task;
  }

  void completeLike(Promise.Completion<R> how) {
    if (how.failure() == null) {
      complete(Promise.value(how));
    } else {
      completeExceptionally(how.failure());
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
