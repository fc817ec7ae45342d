package io.processpool.spi;

import io.processpool.PoolStartException;
import io.processpool.WorkerLoss;
import java.util.Optional;
import java.util.OptionalLong;

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
   * @param running what was running, or about to; empty if nothing was, or it cannot be told
   * @param since since when it was running, as {@link System#nanoTime} tells it there; empty if
   *     that is not known
   */
  record Lost(WorkerLoss loss, Optional<Slot.Running> running, OptionalLong since)
      implements SlotEnd {

    /**
     * The end of a slot of which nothing else is known.
     *
     * @param loss how
     * @param running what was running
     */
    public Lost(WorkerLoss loss, Optional<Slot.Running> running) {
      this(loss, running, OptionalLong.empty());
    }
  }
}
