package io.processpool.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.processpool.Pool;
import io.processpool.connection.Connection;
import io.processpool.connection.Listener;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Counts primes for clients, with a pool. A request is a message of lines with the ends of ranges,
 * the answer one of lines with their counts, or one that begins with {@code error}.
 */
final class PrimeServer {
  private static final int LONGEST_REQUEST = 1_000_000;

  private final Listener listener;
  private final Pool pool;

  PrimeServer(Listener listener, Pool pool) {
    this.listener = listener;
    this.pool = pool;
  }

  /** Serves each client with a thread, until the listener is closed. */
  void run() {
    try {
      while (true) {
        Connection connection = listener.accept();
        Thread thread = new Thread(() -> serve(connection), "client");
        thread.setDaemon(true);
        thread.start();
      }
    } catch (IOException | InterruptedException e) {
      // there is nobody to serve any more
    }
  }

  /** Answers what a client asks, until it closes the connection. */
  private void serve(Connection connection) {
    try (connection) {
      while (true) {
        String request = new String(connection.recvBytes(LONGEST_REQUEST), UTF_8);
        connection.sendBytes(answer(request).getBytes(UTF_8));
      }
    } catch (EOFException e) {
      // it is done
    } catch (IOException e) {
      System.err.println("A client was lost: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String answer(String request) throws InterruptedException {
    List<String> ranges = request.lines().toList();
    try {
      return pool.map(PrimeServer::count, ranges).stream()
          .map(String::valueOf)
          .collect(Collectors.joining("\n"));
    } catch (RuntimeException e) {
      return "error: " + e.getMessage();
    }
  }

  /** Runs in a worker. */
  private static int count(String range) {
    String[] ends = range.split(" ", 2);
    int start = Integer.parseInt(ends[0]);
    int end = Integer.parseInt(ends[1]);
    return (int) IntStream.range(start, end).filter(PrimeServer::isPrime).count();
  }

  private static boolean isPrime(int n) {
    return n > 1 && IntStream.rangeClosed(2, (int) Math.sqrt(n)).noneMatch(d -> n % d == 0);
  }
}
