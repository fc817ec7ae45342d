package io.processpool.core.log;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the diagnostic context of an event says of where it was logged. */
public final class TaskKeys {
  private static final String WORKER = "pool.worker";
  private static final String TASK = "pool.task";

  private TaskKeys() {}

  /**
   * Adds it to a context.
   *
   * @param context the context
   * @param worker the number of the worker
   * @param task the id of the task that ran; {@code null} if none did
   * @return a new context
   */
  public static Map<String, String> added(
      Map<String, String> context, int worker, @Nullable String task) {
    Map<String, String> added = new HashMap<>(context);
    added.put(WORKER, Integer.toString(worker));
    if (task == null) {
      added.remove(TASK); // it would be that of another pool
    } else {
      added.put(TASK, task);
    }
    return added;
  }
}
