package io.processpool.core.result;

import io.processpool.TaskAbortedException;
import io.processpool.TaskStatus;
import io.processpool.core.history.JobLog;
import io.processpool.wire.TaskFunction;
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
   * @param task what it is to do
   * @param log where to note what becomes of it
   */
  public SingleResult(JobContext context, Object lease, TaskFunction task, JobLog log) {
    super(context, lease, task, log);
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
