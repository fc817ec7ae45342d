package io.processpool.worker;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sees to it that an interrupt reaches the item that it is meant for, and no other.
 *
 * <p>One thread runs items: it says which may be interrupted. Others interrupt it, one at a time.
 * Between them is one number, which only changes by compare-and-set: an interrupter holds it for
 * the moment of the interrupt, and an item that is over cannot be interrupted any more. For items
 * that follow on each other at once, one such operation ends one and begins the next.
 */
final class ItemGuard {
  /** For what is prepared, and is not interrupted. */
  static final int NONE = -1;

  private static final int HELD = -2;

  private final AtomicInteger interruptible = new AtomicInteger(NONE);

  /** The item that was interrupted last. Changed by who holds the number. */
  private int interrupted = NONE;

  /** An item begins, or {@link #NONE}. What was noted before is seen before anything is read. */
  void enter(int item) {
    interrupted = NONE;
    interruptible.set(item);
  }

  /** An item ends: after this no interrupt that was meant for it arrives any more. */
  void leave(int item) {
    while (!interruptible.compareAndSet(item, NONE) && interruptible.get() != NONE) {
      Thread.onSpinWait();
    }
    Thread.interrupted(); // the item's own; that of a cancel is seen elsewhere
  }

  /** An item ends, and the next one begins: both of the above. */
  void pass(int item, int next) {
    while (!interruptible.compareAndSet(item, next)) {
      Thread.onSpinWait();
    }
    if (Thread.currentThread().isInterrupted()) {
      sortOut(next);
    }
  }

  /** Drops an interrupt that was not meant for an item that has begun already. */
  private void sortOut(int item) {
    while (!interruptible.compareAndSet(item, HELD)) {
      Thread.onSpinWait();
    }
    if (interrupted != item) {
      Thread.interrupted();
    }
    interruptible.set(item);
  }

  /** Interrupts the thread that runs items, if it runs this one. */
  void interrupt(int item, Thread runner) {
    if (interruptible.compareAndSet(item, HELD)) {
      interrupted = item;
      runner.interrupt();
      interruptible.set(item);
    }
  }
}
