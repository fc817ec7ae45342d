package io.processpool.connection;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Two ends of one connection within this JVM, without a key. */
record Ends(Connection first, Connection second) implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** The ways to have them. */
  enum Kind {
    PIPE,
    TCP,
    UNIX
  }

  static Ends of(Kind kind) throws IOException, InterruptedException, TimeoutException {
    ConnectionOptions options = ConnectionOptions.defaults();
    return switch (kind) {
      case PIPE -> {
        Pipe pipe = Pipe.open();
        yield new Ends(pipe.first(), pipe.second());
      }
      case TCP -> of(Listener.open(loopback(), options));
      case UNIX -> of(Listener.open(options));
    };
  }

  static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private static Ends of(Listener listener)
      throws IOException, InterruptedException, TimeoutException {
    try (listener) {
      Connection client = Client.connect(listener.address());
      return new Ends(client, listener.accept(PATIENCE));
    }
  }

  @Override
  public void close() {
    first.close();
    second.close();
  }
}
