package io.processpool.core.result;

import io.processpool.TaskAbortedException;
import io.processpool.TaskStatus;
import io.processpool.core.history.Submission;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ExecutionException;
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
   * @param task the name of what it is to do
   * @param submission how it came to the pool
   * @param site where it was submitted
   */
  public SingleResult(
      JobContext context, Object lease, String task, Submission submission, SubmitSite site) {
    super(context, lease, task, submission, site);
  }

  @Override
  TaskStatus status(int index) {
    Completion<R> how = completed();
    return how == null ? TaskStatus.QUEUED : how.status();
  }

  @Override
  int unfinished() {
    return 1;
  }

  @Override
  public Map<Integer, R> getByWorker() throws InterruptedException, ExecutionException {
    R value = get();
    return Collections.singletonMap(workers().applyAsInt(0), value);
  }

  @Override
  @SuppressWarnings("unchecked") // the function that gave it returns an R
  public TaskStatus value(int index, @Nullable Object value) {
    complete((R) value);
    return status(index);
  }

  @Override
  public TaskStatus failure(int index, Throwable failure) {
    fail(failure);
    return status(index);
  }

  @Override
  boolean isPending(int index) {
    return !ready();
  }

  @Override
  void aborted(int index, TaskAbortedException failure) {
    complete(Completion.ofAbort(failure));
  }
}
