package io.processpool.connection;

import java.io.IOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One of the two directions of a connection, which one thread has at a time. Unlike a lock, it does
 * not keep those waiting who want it when the connection is closed.
 */
final class Turn {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable Thread owner;
  private boolean closed;

  /**
   * Waits until nobody else has it, and takes it.
   *
   * @throws DeadlineException if somebody else has it until then
   * @throws IllegalStateException if this thread has it: a source or a sink of the user's uses the
   *     connection that uses it
   * @throws IOException if the connection is closed
   */
  void take(Deadline deadline) throws IOException, InterruptedException {
    Stack.ensureRoom();
    lock.lockInterruptibly();
    try {
      if (owner == Thread.currentThread()) {
        throw new IllegalStateException("This thread is within another call that does the same");
      }
      while (owner != null && !closed) {
        if (deadline.hasPassed()) {
          throw new DeadlineException();
        }
        var unused = changed.awaitNanos(deadline.remaining());
      }
      if (closed) {
        throw new IOException("the connection is closed");
      }
      owner = Thread.currentThread();
    } finally {
      lock.unlock();
    }
  }

  void giveBack() {
    lock.lock();
    try {
      owner = null;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Tells everybody who waits that there is nothing to wait for. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
