package io.processpool.examples;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.processpool.Pool;
import io.processpool.connection.ConnectionOptions;
import io.processpool.connection.Listener;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Python programs that have a pool of Java workers do their work, by {@code
 * multiprocessing.connection}. Each counts the primes that the pool has found itself, and compares.
 *
 * <pre>
 * mvn package
 * java -cp pool-examples/target/pool-examples.jar io.processpool.examples.PythonClients
 * </pre>
 */
public final class PythonClients {
  private static final String PYTHON = "python3";
  private static final int KEY_BYTES = 32;
  private static final int END = 1_000_000;

  private PythonClients() {}

  /**
   * Serves two clients, and fails if one of them does.
   *
   * @param arguments none
   * @throws Exception if there is no Python, or a client has got a wrong answer
   */
  public static void main(String[] arguments) throws Exception {
    run(2, END, System.out);
  }

  /** Has clients count the primes below an end. */
  static void run(int clients, int end, PrintStream out) throws IOException, InterruptedException {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (Pool pool = Pool.create();
        Listener listener = Listener.open(address, options(key))) {
      Thread server = new Thread(new PrimeServer(listener, pool)::run, "server");
      server.start();
      int port = ((InetSocketAddress) listener.address()).getPort();
      List<Process> processes = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        processes.add(start(port, end, key));
      }
      for (Process process : processes) {
        out.print(new String(process.getInputStream().readAllBytes(), UTF_8));
        if (process.waitFor() != 0) {
          throw new IllegalStateException("A client has failed: " + process);
        }
      }
    }
    out.println("All answers were right");
  }

  /** A Python before 3.12 proves that it knows the key with MD5, and with nothing else. */
  private static ConnectionOptions options(byte[] key) throws IOException, InterruptedException {
    ConnectionOptions options = ConnectionOptions.authKey(key);
    return isModern() ? options : options.allowLegacyDigest();
  }

  private static boolean isModern() throws IOException, InterruptedException {
    String test = "import sys; sys.exit(sys.version_info < (3, 12))";
    return new ProcessBuilder(PYTHON, "-c", test).inheritIO().start().waitFor() == 0;
  }

  /** Starts a client. The key is not for the command line, where others could see it. */
  private static Process start(int port, int end, byte[] key) throws IOException {
    String script;
    try (InputStream in = PythonClients.class.getResourceAsStream("prime_client.py")) {
      script = new String(in.readAllBytes(), UTF_8);
    }
    Process process =
        new ProcessBuilder(PYTHON, "-c", script, "" + port, "" + end)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (OutputStream input = process.getOutputStream()) {
      input.write((HexFormat.of().formatHex(key) + "\n").getBytes(US_ASCII));
    }
    return process;
  }
}
