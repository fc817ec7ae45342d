package io.processpool.spi;

import io.processpool.PoolStartException;
import io.processpool.WorkerLoss;

/** How a slot ended. */
public sealed interface SlotEnd {

  /** It was closed, after the chunks that it held or at once. */
  record Closed() implements SlotEnd {}

  /**
   * It never became ready.
   *
   * @param cause why
   */
  record NotStarted(PoolStartException cause) implements SlotEnd {}

  /**
   * It died by itself, or was killed by somebody else, perhaps before it was ready; or it was
   * closed at once and something was running.
   *
   * @param loss how
   * @param chunkId the chunk that was running; 0 if none was
   * @param item the position within that chunk of the item that was running
   */
  record Lost(WorkerLoss loss, long chunkId, int item) implements SlotEnd {}
}
