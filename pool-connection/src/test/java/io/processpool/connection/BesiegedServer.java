package io.processpool.connection;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A program that echoes what its clients send, and may fill its memory now and then. */
final class BesiegedServer {
  static final byte[] KEY = "the key".getBytes(StandardCharsets.US_ASCII);

  private static final int PIECE = 1 << 12;
  private static final List<byte[]> HOG = new ArrayList<>();

  private BesiegedServer() {}

  public static void main(String[] arguments) throws IOException {
    try (Listener listener = Listener.open(Ends.loopback(), ConnectionOptions.authKey(KEY))) {
      System.out.println(PythonPeer.address(listener.address()));
      Thread acceptor = new Thread(() -> accept(listener));
      acceptor.setDaemon(true);
      acceptor.start();
      for (int command; (command = System.in.read()) >= 0; ) {
        if (command == 'f') {
          fillMemory();
          System.out.println("filled");
        }
      }
    }
  }

  private static void accept(Listener listener) {
    try {
      while (true) {
        try (Connection connection = listener.accept()) {
          Echo.untilClosed(connection);
        } catch (OutOfMemoryError e) {
          System.err.println("A client was lost for want of memory");
        }
      }
    } catch (IOException | InterruptedException e) {
      System.err.println(e);
    }
  }

  /** For half a second, there is no memory. */
  @SuppressWarnings("EmptyCatch")
  private static void fillMemory() {
    long end = System.nanoTime() + 500_000_000;
    while (System.nanoTime() < end) {
      try {
        HOG.add(new byte[PIECE]);
      } catch (OutOfMemoryError e) {
      }
    }
    HOG.clear();
  }
}
