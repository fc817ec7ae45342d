package io.processpool.core.result;

import io.processpool.TaskStatus;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * What became of something: a value, or a failure. How it ended is kept beside the failure, whose
 * class does not tell: a task may throw what a cancel or an abort throws.
 */
record Completion<R extends @Nullable Object>(
    TaskStatus status, @Nullable R value, @Nullable Throwable failure) {

  static <R extends @Nullable Object> Completion<R> ofValue(R value) {
    return new Completion<>(TaskStatus.SUCCEEDED, value, null);
  }

  static <R extends @Nullable Object> Completion<R> ofFailure(Throwable failure) {
    return without(TaskStatus.FAILED, failure);
  }

  static <R extends @Nullable Object> Completion<R> ofAbort(Throwable failure) {
    return without(TaskStatus.ABORTED, failure);
  }

  static <R extends @Nullable Object> Completion<R> ofCancel() {
    return ofCancel(new CancellationException("The task was cancelled"));
  }

  static <R extends @Nullable Object> Completion<R> ofCancel(Throwable failure) {
    return without(TaskStatus.CANCELLED, failure);
  }

  private static <R extends @Nullable Object> Completion<R> without(
      TaskStatus status, Throwable failure) {
    return new Completion<>(status, null, failure);
  }

  boolean cancelled() {
    return status == TaskStatus.CANCELLED;
  }

  /** The same end for a part of what ended without a value. */
  <P extends @Nullable Object> Completion<P> ofPart() {
    return new Completion<>(status, null, failure);
  }
}
