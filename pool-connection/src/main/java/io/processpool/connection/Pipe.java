package io.processpool.connection;

import static java.util.Objects.requireNonNull;

import java.io.Closeable;
import java.io.IOException;

/**
 * Two connections that are the ends of each other, within this JVM. Python's {@code
 * multiprocessing.Pipe}; but Java cannot hand one of them over to another process.
 *
 * <pre>{@code
 * try (Pipe pipe = Pipe.open()) {
 *   pipe.first().sendBytes("hello".getBytes(UTF_8));
 *   byte[] hello = pipe.second().recvBytes();
 * }
 * }</pre>
 *
 * <p>Safe for use by several threads.
 */
public final class Pipe implements Closeable {
  private final Connection first;
  private final Connection second;

  private Pipe(Connection first, Connection second) {
    this.first = first;
    this.second = second;
  }

  /**
   * Opens a pipe whose ends both send and receive.
   *
   * @return the pipe
   * @throws IOException if the system has no more of them
   */
  public static Pipe open() throws IOException {
    return open(ConnectionOptions.defaults());
  }

  /**
   * Opens a pipe whose ends both send and receive.
   *
   * @param options how objects travel; the rest has no meaning here
   * @return the pipe
   * @throws IOException if the system has no more of them
   */
  public static Pipe open(ConnectionOptions options) throws IOException {
    ObjectMessages objects = new ObjectMessages(requireNonNull(options, "options"));
    java.nio.channels.Pipe there = channels();
    java.nio.channels.Pipe back;
    try {
      back = channels();
    } catch (IOException | RuntimeException | Error e) {
      Resources.close(there.source());
      Resources.close(there.sink());
      throw e;
    }
    return new Pipe(
        new Connection(back.source(), there.sink(), objects),
        new Connection(there.source(), back.sink(), objects));
  }

  /**
   * Opens a pipe of one way: the first end receives what the second one sends.
   *
   * @return the pipe
   * @throws IOException if the system has no more of them
   */
  public static Pipe oneWay() throws IOException {
    return oneWay(ConnectionOptions.defaults());
  }

  /**
   * Opens a pipe of one way: the first end receives what the second one sends.
   *
   * @param options how objects travel; the rest has no meaning here
   * @return the pipe
   * @throws IOException if the system has no more of them
   */
  public static Pipe oneWay(ConnectionOptions options) throws IOException {
    ObjectMessages objects = new ObjectMessages(requireNonNull(options, "options"));
    java.nio.channels.Pipe channels = channels();
    return new Pipe(
        new Connection(channels.source(), null, objects),
        new Connection(null, channels.sink(), objects));
  }

  private static java.nio.channels.Pipe channels() throws IOException {
    java.nio.channels.Pipe channels = java.nio.channels.Pipe.open();
    channels.source().configureBlocking(false);
    channels.sink().configureBlocking(false);
    return channels;
  }

  /**
   * The first end.
   *
   * @return the connection; of a pipe of one way, the one that receives
   */
  public Connection first() {
    return first;
  }

  /**
   * The second end.
   *
   * @return the connection; of a pipe of one way, the one that sends
   */
  public Connection second() {
    return second;
  }

  /** Closes both ends. */
  @Override
  public void close() {
    first.close();
    second.close();
  }
}
