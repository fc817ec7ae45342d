package io.processpool;

import java.io.Serial;
import java.time.Duration;

/**
 * An item ran for longer than {@linkplain TaskOptions#timeout(Duration) its limit}: its worker was
 * killed and replaced. Only this item fails; what waited behind it runs elsewhere.
 */
public final class TaskTimeoutException extends PoolException {
  @Serial private static final long serialVersionUID = 1L;

  private final Duration limit;
  private final int itemIndex;
  private final String threadDump;

  /**
   * Creates an exception.
   *
   * @param task what ran, in words
   * @param itemIndex the item's index within its map, 0 for a single task
   * @param limit how long it was allowed to run
   * @param threadDump what the worker's threads did just before it was killed; empty if the worker
   *     did not answer any more
   */
  public TaskTimeoutException(String task, int itemIndex, Duration limit, String threadDump) {
    super(message(task, itemIndex, limit, threadDump), null);
    this.limit = limit;
    this.itemIndex = itemIndex;
    this.threadDump = threadDump;
  }

  private static String message(String task, int index, Duration limit, String threadDump) {
    String dump =
        threadDump.isEmpty()
            ? "; the worker did not answer any more, so that there is no thread dump"
            : "; its threads were:" + System.lineSeparator() + threadDump;
    return "Item " + index + " of " + task + " ran for more than " + limit + dump;
  }

  /**
   * How long the item was allowed to run.
   *
   * @return the limit
   */
  public Duration limit() {
    return limit;
  }

  /**
   * Which item ran for too long.
   *
   * @return its index within its map, 0 for a single task
   */
  public int itemIndex() {
    return itemIndex;
  }

  /**
   * What the threads of the worker did just before it was killed.
   *
   * @return the thread dump; empty if the worker did not answer any more
   */
  public String threadDump() {
    return threadDump;
  }
}
