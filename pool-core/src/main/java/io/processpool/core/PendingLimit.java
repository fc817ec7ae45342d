package io.processpool.core;

import io.processpool.WaitInterruptedException;
import io.processpool.WhenFull;
import io.processpool.spi.PoolSettings.Pending;
import java.util.concurrent.RejectedExecutionException;

/**
 * Lets no more than so many single tasks be under way. Safe for use by several threads.
 *
 * <p>Once lifted it holds nobody: the pool accepts nothing more then, and says so itself.
 */
final class PendingLimit {
  private final Pending limit;
  private volatile int underWay;
  private boolean lifted;

  PendingLimit(Pending limit) {
    this.limit = limit;
  }

  /** Counts one more in, waiting for its place if need be. */
  synchronized void enter() {
    try {
      while (isFull()) {
        if (limit.whenFull() == WhenFull.REJECT) {
          throw new RejectedExecutionException(
              "There are already " + underWay + " tasks under way, as many as may be");
        }
        wait();
      }
      underWay++;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WaitInterruptedException(
          "Interrupted while " + underWay + " tasks were under way, as many as may be", e);
    }
  }

  private boolean isFull() {
    return limit.max() > 0 && underWay >= limit.max() && !lifted;
  }

  /** How many are under way, without waiting for those who come or go. */
  int underWay() {
    return underWay;
  }

  synchronized void leave() {
    underWay--;
    notify();
  }

  synchronized void lift() {
    lifted = true;
    notifyAll();
  }
}
