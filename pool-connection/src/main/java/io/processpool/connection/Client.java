package io.processpool.connection;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Connects to a {@link Listener}, or to one of Python's {@code multiprocessing.connection}. */
public final class Client {

  private Client() {}

  /**
   * Connects without a key. A listener that has one sends its challenge as the first message then.
   *
   * @param address the address of the listener, an {@link java.net.InetSocketAddress} or a {@link
   *     java.net.UnixDomainSocketAddress}
   * @return the connection
   * @throws IllegalArgumentException if the address is of another kind
   * @throws IOException if there is no connection in time
   * @throws InterruptedException if this thread is interrupted
   */
  public static Connection connect(SocketAddress address) throws IOException, InterruptedException {
    return connect(address, ConnectionOptions.defaults());
  }

  /**
   * Connects, and if there is a key proves that this end knows it, and has the listener prove the
   * same.
   *
   * <pre>{@code
   * SocketAddress address = new InetSocketAddress("localhost", 6000);
   * try (Connection connection = Client.connect(address, ConnectionOptions.authKey(key))) {
   *   connection.sendBytes("hello".getBytes(UTF_8));
   * }
   * }</pre>
   *
   * @param address the address of the listener, an {@link java.net.InetSocketAddress} or a {@link
   *     java.net.UnixDomainSocketAddress}
   * @param options the key, what proofs are given and accepted, and the time that there is for all
   *     of it
   * @return the connection
   * @throws IllegalArgumentException if the address is of another kind
   * @throws AuthenticationException if the two ends do not prove to each other in time that they
   *     know the key; also if the listener has none
   * @throws IOException if there is no connection in time, or the listener closes it
   * @throws InterruptedException if this thread is interrupted
   */
  public static Connection connect(SocketAddress address, ConnectionOptions options)
      throws IOException, InterruptedException {
    requireNonNull(options, "options");
    Sockets.check(requireNonNull(address, "address"));
    Deadline deadline = Deadline.after(options.handshakeTimeout());
    SocketChannel socket = Sockets.open(address);
    try {
      connect(socket, address, options, deadline);
      Sockets.prepare(socket);
      Connection connection =
          new Connection(socket, new Inbound(socket), new ObjectMessages(options));
      if (options.hasAuthKey()) {
        Handshake.answerChallenge(connection, options, deadline);
        Handshake.deliverChallenge(connection, options, deadline);
      }
      return connection;
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      Resources.close(socket);
      throw e;
    }
  }

  /**
   * Connects in blocking mode: otherwise, a Unix domain socket whose listener has its hands full
   * would fail at once.
   */
  private static void connect(
      SocketChannel socket, SocketAddress address, ConnectionOptions options, Deadline deadline)
      throws IOException, InterruptedException {
    CompletableFuture<Void> alarm = new CompletableFuture<>();
    var unused = alarm.thenRun(() -> Resources.close(socket));
    alarm.completeOnTimeout(null, deadline.remaining(), TimeUnit.NANOSECONDS);
    try {
      socket.connect(address);
    } catch (ClosedByInterruptException e) {
      throw interrupted(e);
    } catch (AsynchronousCloseException e) {
      throw failed("no connection to " + address + " within " + options.handshakeTimeout(), e);
    } catch (SocketException e) {
      throw failed("no connection to " + address + ": " + e.getMessage(), e);
    } finally {
      alarm.cancel(false);
    }
  }

  private static InterruptedException interrupted(ClosedByInterruptException e) {
    var unused = Thread.interrupted();
    InterruptedException interrupted = new InterruptedException();
    interrupted.initCause(e);
    return interrupted;
  }

  private static ConnectException failed(String message, IOException cause) {
    ConnectException failed = new ConnectException(message);
    failed.initCause(cause);
    return failed;
  }
}
