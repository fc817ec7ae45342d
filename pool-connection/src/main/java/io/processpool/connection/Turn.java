package io.processpool.connection;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One of the two directions of a connection, which one thread has at a time. Unlike a lock, it does
 * not keep those waiting who want it when the connection is closed; and it can be given back where
 * there is no memory left, of which a {@link java.util.concurrent.locks.ReentrantLock} may need
 * some.
 */
final class Turn {
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
  synchronized void take(Deadline deadline) throws IOException, InterruptedException {
    Stack.ensureRoom();
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (owner == Thread.currentThread()) {
      throw new IllegalStateException("This thread is within another call that does the same");
    }
    while (owner != null && !closed) {
      if (deadline.hasPassed()) {
        throw new DeadlineException();
      }
      deadline.await(this);
    }
    if (closed) {
      throw new IOException("the connection is closed");
    }
    owner = Thread.currentThread();
  }

  synchronized void giveBack() {
    owner = null;
    notifyAll();
  }

  /** Tells everybody who waits that there is nothing to wait for. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
