package io.processpool.connection;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;

/**
 * The threads that wait for something of a connection, to be woken up when it is closed. Closing a
 * channel does not wake up a selector that it is registered with.
 */
final class Watchers {
  /** Guarded by the monitor. It is gone through by index: that takes no memory. */
  private final List<Selector> selectors = new ArrayList<>();

  private volatile boolean closed;

  /** Adds a selector, which is woken up at once if the connection is closed already. */
  synchronized void add(Selector selector) {
    selectors.add(selector);
    if (closed) {
      selector.wakeup();
    }
  }

  synchronized void remove(Selector selector) {
    selectors.remove(selector);
  }

  boolean isClosed() {
    return closed;
  }

  void checkOpen() throws IOException {
    if (closed) {
      throw new IOException("the connection is closed");
    }
  }

  /** What a failure is to be told as: one that comes from closing says so. */
  IOException explained(IOException e) {
    return closed ? closed(e) : e;
  }

  /** What is told of a channel that somebody has closed meanwhile. */
  static IOException closed(Exception cause) {
    return new IOException("the connection is closed", cause);
  }

  /** Has everybody who waits look again. */
  synchronized void wakeUp() {
    for (int i = 0; i < selectors.size(); i++) {
      selectors.get(i).wakeup();
    }
  }

  /** Wakes up everybody who waits, or will. */
  void close() {
    closed = true;
    wakeUp();
  }

  /**
   * Waits until a channel is ready for an operation.
   *
   * @throws DeadlineException if it is not by then
   * @throws IOException if the connection is closed
   */
  void await(SelectableChannel channel, int operation, Deadline deadline)
      throws IOException, InterruptedException {
    Selector selector = Selectors.borrow();
    try {
      add(selector);
      checkOpen();
      channel.register(selector, operation);
      while (deadline.select(selector) == 0) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        checkOpen();
        if (deadline.hasPassed()) {
          throw new DeadlineException();
        }
      }
    } catch (ClosedChannelException | CancelledKeyException e) {
      throw closed(e);
    } finally {
      remove(selector);
      Selectors.giveBack(selector);
    }
  }
}
