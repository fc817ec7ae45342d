package io.processpool.connection;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that echoes what its clients send. It reads commands: {@link #FILL} has it be without
 * memory for half a second, and {@link #COUNT} tell how many clients it has rejected. It answers
 * with a line.
 */
final class BesiegedServer {
  static final byte[] KEY = "the key".getBytes(StandardCharsets.US_ASCII);

  static final char FILL = 'f';
  static final char COUNT = 'c';

  private static final int PIECE = 1 << 12;
  private static final int CRUMB = 1 << 6;

  private BesiegedServer() {}

  public static void main(String[] arguments) throws IOException {
    try (Listener listener = Listener.open(Ends.loopback(), ConnectionOptions.authKey(KEY));
        OutputStream output = new FileOutputStream(FileDescriptor.out)) {
      output.write(
          (PythonPeer.address(listener.address()) + "\n").getBytes(StandardCharsets.UTF_8));
      Thread server = new Thread(() -> serve(listener));
      server.setDaemon(true);
      server.start();
      List<byte[]> hog = new ArrayList<>();
      for (int command; (command = System.in.read()) >= 0; ) {
        if (command == FILL) {
          fillMemory(hog);
        }
        output.write((listener.rejected() + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  @SuppressWarnings({"InfiniteLoopStatement", "EmptyCatch"}) // memory may lack for all else
  private static void serve(Listener listener) {
    while (true) {
      try (Connection connection = listener.accept()) {
        Echo.untilClosed(connection);
      } catch (IOException | InterruptedException | RuntimeException | Error e) {
      }
    }
  }

  private static void fillMemory(List<byte[]> hog) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < 500_000_000) {
      addIfPossible(hog, PIECE);
      addIfPossible(hog, CRUMB);
    }
    hog.clear();
  }

  @SuppressWarnings("EmptyCatch") // that is what it is for
  private static void addIfPossible(List<byte[]> hog, int size) {
    try {
      hog.add(new byte[size]);
    } catch (OutOfMemoryError e) {
    }
  }
}
