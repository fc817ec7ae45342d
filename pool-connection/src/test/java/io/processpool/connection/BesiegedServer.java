package io.processpool.connection;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A program that echoes what its clients send, until it is killed. */
final class BesiegedServer {
  static final byte[] KEY = "the key".getBytes(StandardCharsets.US_ASCII);

  private BesiegedServer() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    try (Listener listener = Listener.open(Ends.loopback(), ConnectionOptions.authKey(KEY))) {
      System.out.println(PythonPeer.address(listener.address()));
      while (true) {
        try (Connection connection = listener.accept()) {
          Echo.untilClosed(connection);
        }
      }
    }
  }
}
