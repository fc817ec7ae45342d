package io.processpool.connection;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The connections of a listener that nobody has accepted yet, in the order of their coming. */
final class Lobby {
  private final int capacity;

  /** Guarded by the monitor; one that is whole again after an addition for which memory lacked. */
  private final Queue<Connection> connections = new ConcurrentLinkedQueue<>();

  private int count;
  private boolean closed;
  private @Nullable Throwable failure;

  /** Has room for so many, and for those that come although there is none. */
  Lobby(int capacity) {
    this.capacity = capacity;
  }

  synchronized boolean hasRoom() {
    return count < capacity;
  }

  synchronized void add(Connection connection) {
    connections.add(connection);
    count++;
    notifyAll();
  }

  /** Waits for a connection. */
  synchronized Connection take(Deadline deadline)
      throws IOException, InterruptedException, TimeoutException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    while (true) {
      if (closed) {
        throw new IOException("the listener is closed", failure);
      }
      Connection connection = poll();
      if (connection != null) {
        return connection;
      }
      if (deadline.hasPassed()) {
        throw new TimeoutException("no client has come in time");
      }
      deadline.await(this);
    }
  }

  /**
   * Closes what is there, and tells everybody who waits.
   *
   * @param cause why, if it was not asked for
   */
  synchronized void close(@Nullable Throwable cause) {
    closed = true;
    failure = cause;
    notifyAll();
    for (Connection connection; (connection = poll()) != null; ) {
      connection.close();
    }
  }

  private @Nullable Connection poll() {
    Connection connection = connections.poll();
    if (connection != null) {
      count--;
    }
    return connection;
  }
}
