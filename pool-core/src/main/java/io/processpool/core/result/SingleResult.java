package io.processpool.core.result;

import io.processpool.TaskAbortedException;
import io.processpool.wire.TaskFunction;
import org.jspecify.annotations.Nullable;

/**
 * The handle of one task.
 *
 * @param <R> the type of the result
 */
public final class SingleResult<R extends @Nullable Object> extends Handle<R> {

  /**
   * Creates a handle of a task that is not complete.
   *
   * @param context what it needs of its pool
   * @param lease an object to be held until it is complete
   * @param task what it is to do
   */
  public SingleResult(JobContext context, Object lease, TaskFunction task) {
    super(context, lease, task);
  }

  @Override
  @SuppressWarnings("unchecked") // the function that gave it returns an R
  public void value(int index, @Nullable Object value) {
    complete((R) value);
  }

  @Override
  public void failure(int index, Throwable failure) {
    fail(failure);
  }

  @Override
  boolean isPending(int index) {
    return !ready();
  }

  @Override
  void aborted(int index, TaskAbortedException failure) {
    fail(failure);
  }

  @Override
  public int size() {
    return 1;
  }

  @Override
  public int progress() {
    return ready() ? 1 : 0;
  }
}
