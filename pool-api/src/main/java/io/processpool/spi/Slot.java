package io.processpool.spi;

/**
 * One place where chunks run, one item at a time, in the order in which they were submitted. No
 * method waits; each may be called by any thread, and does nothing once the slot is gone.
 */
public interface Slot {

  /** How a chunk is cancelled. */
  enum Cancel {
    /** Only if it has not started: it comes back with all its items unstarted. */
    IF_NOT_STARTED,
    /** What runs goes on; its items that have not started never do. */
    NOT_STARTED_ITEMS,
    /** The running item's thread is interrupted, and the items that have not started never do. */
    INTERRUPT
  }

  /** How a slot is closed. */
  enum Close {
    /** After the chunks that it holds. */
    DRAIN,
    /** At once, killing what runs. */
    NOW
  }

  /**
   * Has a chunk run.
   *
   * @param chunk the chunk
   */
  void submit(Chunk chunk);

  /**
   * Cancels a chunk. It ends all the same, with {@link SlotListener#ended}.
   *
   * @param chunkId the chunk
   * @param mode what to do with it
   */
  void cancel(long chunkId, Cancel mode);

  /**
   * Drops a function that no later chunk will name.
   *
   * @param functionId the function
   */
  void forget(int functionId);

  /**
   * Closes the slot, which ends with {@link SlotListener#gone}. May be called again to close it
   * more quickly.
   *
   * @param mode how to
   */
  void close(Close mode);
}
