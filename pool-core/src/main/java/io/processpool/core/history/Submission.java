package io.processpool.core.history;

import io.processpool.core.schedule.Departure;
import io.processpool.spi.TaskId;
import java.util.Map;

/**
 * How a job came to the pool.
 *
 * @param number the number of the job within its pool, from 1
 * @param firstItem what its first item is called in an id; {@link TaskId#ONLY} for a single task
 * @param label what its tasks are called
 * @param diagnostics the diagnostic context of the thread that submitted it
 * @param time when, in nanoseconds
 * @param serialising how long it took to write the argument of one task on average, in nanoseconds
 */
public record Submission(
    long number,
    int firstItem,
    String label,
    Map<String, String> diagnostics,
    long time,
    long serialising) {

  /** How those of its tasks came to the pool that came with it. */
  Departure departure() {
    return new Departure(time, serialising);
  }

  /**
   * The id of one of its tasks.
   *
   * @param index the task's index within the job
   * @return the id
   */
  public TaskId task(int index) {
    return new TaskId(number, firstItem).plus(index);
  }
}
