package io.processpool;

import java.io.Serial;

/**
 * An item was withdrawn by {@link AsyncResult#abort()} before it started. Attempts to run it that
 * had been lost with their workers are suppressed in this exception.
 */
public final class TaskAbortedException extends PoolException {
  @Serial private static final long serialVersionUID = 1L;

  private final int itemIndex;

  /**
   * Creates an exception.
   *
   * @param task what was to run, in words
   * @param itemIndex the item's index within its map, 0 for a single task
   */
  public TaskAbortedException(String task, int itemIndex) {
    super("Item " + itemIndex + " of " + task + " was aborted before it started", null);
    this.itemIndex = itemIndex;
  }

  /**
   * Which item was aborted.
   *
   * @return its index within its map, 0 for a single task
   */
  public int itemIndex() {
    return itemIndex;
  }
}
