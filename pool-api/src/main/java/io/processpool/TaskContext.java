package io.processpool;

import io.processpool.spi.CurrentTask;
import java.util.Map;

/**
 * What a task can know of itself, and tell, while it runs in a worker.
 *
 * <p>It can be used by several threads. One that is kept beyond the end of its task tells what was,
 * and that the task is cancelled; what it is told then goes nowhere.
 *
 * <pre>{@code
 * AsyncResult<Long> sum =
 *     pool.applyAsync(
 *         limit -> {
 *           TaskContext task = TaskContext.current();
 *           long total = 0;
 *           for (int i = 0; i < limit && !task.isCancelled(); i++) {
 *             total += i;
 *             task.progress(i, limit, "adding");
 *           }
 *           return total;
 *         },
 *         1_000_000);
 * }</pre>
 */
public interface TaskContext {

  /**
   * The task that runs in this worker. The thread that asks may be one that the task has started.
   *
   * @return its context
   * @throws IllegalStateException if no task runs here: not in the program that has the pool, and
   *     not in an initializer
   */
  static TaskContext current() {
    return CurrentTask.get()
        .orElseThrow(() -> new IllegalStateException("No task of a pool runs here"));
  }

  /**
   * The id of the task.
   *
   * @return the same as {@link TaskMetadata#id}
   */
  String taskId();

  /**
   * The number of the worker.
   *
   * @return the same as {@link TaskMetadata#worker}
   */
  int worker();

  /**
   * Which attempt to run the task this is.
   *
   * @return 1 for the first; see {@link TaskOptions#withAttempts}
   */
  int attempt();

  /**
   * Tells whether nobody waits for the result any more, so that the task may as well end. A task
   * that is cancelled with {@code cancel(true)} is interrupted, too. One that runs when its handle
   * is {@linkplain AsyncResult#abort aborted} is not cancelled: its result counts.
   *
   * @return whether it is cancelled, or over
   */
  boolean isCancelled();

  /**
   * Tells how far the task has come, which shows in its {@link TaskMetadata#progress metadata}. It
   * costs less than a microsecond, so that it may be told often.
   *
   * @param done how much it has done, in units of its own, 0 or more
   * @param total how much there is to do, 0 or more; 0 if it does not know
   * @throws IllegalArgumentException if a number is negative
   */
  default void progress(long done, long total) {
    progress(done, total, "");
  }

  /**
   * Tells how far the task has come, and what it does.
   *
   * @param done how much it has done, in units of its own, 0 or more
   * @param total how much there is to do, 0 or more; 0 if it does not know
   * @param message what it is doing, possibly empty; of a long one the first 200 characters count
   * @throws IllegalArgumentException if a number is negative
   */
  void progress(long done, long total, String message);

  /**
   * What the tasks of this worker keep for each other: a cache, a connection. It lives as long as
   * the worker, which may end at any time, and no other worker sees it.
   *
   * @return a map that can be changed, also by several threads; it takes no {@code null}
   */
  Map<String, Object> state();
}
