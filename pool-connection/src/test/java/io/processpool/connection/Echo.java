package io.processpool.connection;

import java.io.EOFException;
import java.io.IOException;

/** Sends back what comes. */
final class Echo {

  private Echo() {}

  /** Until the other end closes the connection. */
  static int untilClosed(Connection connection) throws IOException, InterruptedException {
    int count = 0;
    while (true) {
      byte[] message;
      try {
        message = connection.recvBytes();
      } catch (EOFException e) {
        return count;
      }
      connection.sendBytes(message);
      count++;
    }
  }
}
