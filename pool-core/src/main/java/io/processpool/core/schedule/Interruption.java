package io.processpool.core.schedule;

import io.processpool.core.concurrent.Nanos;
import io.processpool.spi.Slot;
import java.time.Duration;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The end of items of one chunk that nobody wants any more: each is interrupted, and if it runs on
 * all the same, its worker is killed. Guarded by the scheduler's monitor.
 *
 * <p>An item whose turn has not come is no reason to kill the worker that holds it. Before the kill
 * the worker gives back what waits behind the item.
 */
final class Interruption {
  private static final Duration RECALL_TIME = Duration.ofMillis(5);
  private static final int RECALL_TRIES = 100;
  private static final long TURN_NANOS = Duration.ofMillis(100).toNanos();

  private final Worker worker;
  private final QueuedChunk chunk;
  private final Clock clock;
  private final Runnable afterKill;

  /** Until when the items may run, by their positions. */
  private final NavigableMap<Integer, Long> ends = new TreeMap<>();

  private boolean looking;

  /**
   * Creates an interruption of nothing.
   *
   * @param worker holds the chunk
   * @param chunk the chunk, to be told to give back what has not begun
   * @param clock runs what is due with the scheduler's monitor held
   * @param afterKill called when the worker is being killed
   */
  Interruption(Worker worker, QueuedChunk chunk, Clock clock, Runnable afterKill) {
    this.worker = worker;
    this.chunk = chunk;
    this.clock = clock;
    this.afterKill = afterKill;
  }

  /** Has the worker killed if an item still runs after a time. */
  void add(int position, Duration grace) {
    worker.recallWaiting();
    ends.putIfAbsent(position, clock.nanoTime() + Nanos.of(grace));
    if (!looking) {
      looking = true;
      clock.later(grace, () -> look(RECALL_TRIES));
    }
  }

  private void look(int tries) {
    ends.headMap(chunk.done()).clear();
    looking = !ends.isEmpty() && worker.holding(chunk.id()) != null;
    if (!looking) {
      return;
    }
    long left = timeLeft();
    if (left > 0) {
      clock.later(Duration.ofNanos(left), () -> look(RECALL_TRIES));
    } else if (tries > 0 && worker.load() > 1) {
      worker.recallWaiting();
      clock.later(RECALL_TIME, () -> look(tries - 1));
    } else {
      worker.close(Slot.Close.NOW, "a cancelled task did not end");
      afterKill.run();
    }
  }

  /** How long the item that runs may go on; if it is none of these, how long to wait for one. */
  private long timeLeft() {
    return worker
        .positionIn(chunk)
        .map(ends::get)
        .map(end -> end - clock.nanoTime())
        .orElse(TURN_NANOS);
  }
}
