package io.processpool.connection;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The connections of a listener that nobody has accepted yet, in the order of their coming. */
final class Lobby {
  private final int capacity;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<Connection> connections = new ArrayDeque<>();
  private boolean closed;
  private @Nullable Throwable failure;

  /** Has room for so many, and for those that come although there is none. */
  Lobby(int capacity) {
    this.capacity = capacity;
  }

  boolean hasRoom() {
    lock.lock();
    try {
      return connections.size() < capacity;
    } finally {
      lock.unlock();
    }
  }

  void add(Connection connection) {
    lock.lock();
    try {
      connections.add(connection);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a connection. */
  Connection take(Deadline deadline) throws IOException, InterruptedException, TimeoutException {
    lock.lockInterruptibly();
    try {
      while (true) {
        if (closed) {
          throw new IOException("the listener is closed", failure);
        }
        Connection connection = connections.poll();
        if (connection != null) {
          return connection;
        }
        if (deadline.hasPassed()) {
          throw new TimeoutException("no client has come in time");
        }
        var unused = changed.awaitNanos(deadline.remaining());
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Closes what is there, and tells everybody who waits.
   *
   * @param cause why, if it was not asked for
   */
  void close(@Nullable Throwable cause) {
    lock.lock();
    try {
      closed = true;
      failure = cause;
      changed.signalAll();
      for (Connection connection; (connection = connections.poll()) != null; ) {
        connection.close();
      }
    } finally {
      lock.unlock();
    }
  }
}
