package io.processpool.core.schedule;

import io.processpool.spi.Slot;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The end of one item that nobody wants any more: it is interrupted, and if it runs on all the
 * same, its worker is killed. Guarded by the scheduler's monitor.
 *
 * <p>An item whose turn has not come is no reason to kill the worker that holds it. Before the kill
 * the worker gives back what waits behind the item.
 */
final class Interruption {
  private static final Duration RECALL_TIME = Duration.ofMillis(5);
  private static final int RECALL_TRIES = 100;
  private static final Duration TURN_TIME = Duration.ofMillis(100);

  private final Worker worker;
  private final QueuedChunk chunk;
  private final int position;
  private final Clock clock;
  private final Runnable afterKill;

  /**
   * Creates an interruption.
   *
   * @param worker holds the chunk
   * @param chunk was told to give back what has not begun
   * @param position that of the item in the chunk
   * @param clock runs what is due with the scheduler's monitor held
   * @param afterKill called when the worker is being killed
   */
  Interruption(Worker worker, QueuedChunk chunk, int position, Clock clock, Runnable afterKill) {
    this.worker = worker;
    this.chunk = chunk;
    this.position = position;
    this.clock = clock;
    this.afterKill = afterKill;
  }

  /**
   * Interrupts the item, if it runs.
   *
   * @param grace after how long to kill; {@code null} for never
   */
  void begin(@Nullable Duration grace) {
    worker.interrupt(new Slot.Running(chunk.id(), position));
    if (grace != null) {
      worker.recallWaiting();
      clock.later(grace, () -> killIfRunning(RECALL_TRIES));
    }
  }

  private void killIfRunning(int tries) {
    if (worker.holding(chunk.id()) == null || chunk.done() > position) {
      return;
    }
    if (!worker.isAt(chunk, position)) {
      clock.later(TURN_TIME, () -> killIfRunning(RECALL_TRIES));
    } else if (tries > 0 && worker.load() > 1) {
      worker.recallWaiting();
      clock.later(RECALL_TIME, () -> killIfRunning(tries - 1));
    } else {
      worker.close(Slot.Close.NOW, "a cancelled task did not end");
      afterKill.run();
    }
  }
}
