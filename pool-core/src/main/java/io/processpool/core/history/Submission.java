package io.processpool.core.history;

import io.processpool.spi.TaskId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a job came to the pool.
 *
 * @param number its number within the pool, from 1
 * @param label what its tasks are called; {@code null} for the name of their function
 * @param diagnostics the diagnostic context of the thread that submitted it
 * @param time when, in nanoseconds
 * @param serialising how long it took to write its arguments, in nanoseconds
 */
public record Submission(
    long number,
    @Nullable String label,
    Map<String, String> diagnostics,
    long time,
    long serialising) {

  /**
   * The id of its only task.
   *
   * @return the id
   */
  public TaskId onlyTask() {
    return new TaskId(number, TaskId.ONLY);
  }

  /**
   * The id of one of its items.
   *
   * @param index the item's index
   * @return the id
   */
  public TaskId task(int index) {
    return new TaskId(number, index);
  }
}
