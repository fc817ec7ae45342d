package io.processpool.connection;

import static java.util.Objects.requireNonNull;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Waits for clients at an address. Python's {@code multiprocessing.connection.Listener}; its
 * clients may be Python's {@code Client}.
 *
 * <pre>{@code
 * try (Listener listener = Listener.open(ConnectionOptions.authKey(key))) {
 *   System.out.println("listening at " + listener.address());
 *   while (true) {
 *     Connection connection = listener.accept();
 *     executor.execute(() -> serve(connection));
 *   }
 * }
 * }</pre>
 *
 * <p>With a key, each client has to prove that it knows it, within the {@linkplain
 * ConnectionOptions#withHandshakeTimeout time} that there is for it. A thread of the listener's
 * does that with all clients at a time, so that none holds up another: those that are silent or
 * slow, send what they should not, or vanish, are rejected, and {@link #accept} never hears of
 * them, while Python's raises what became of one. Before it has proved that, a client can make the
 * listener keep 256 bytes of it, and a few kilobytes to keep account of it. Of clients that have
 * not come so far there are 4,096 at most, and no more than a quarter of the file descriptors that
 * this process may have; the one that has taken the longest gives way.
 *
 * <p>Before the first listener of a JVM opens, another one serves a client within that JVM, on the
 * loopback interface or in a directory of its own. All classes that this takes are there then: one
 * that cannot be initialized, because memory ends just when the first client comes, is lost for
 * good. It takes about 30 ms.
 *
 * <p>Safe for use by several threads.
 */
public final class Listener implements Closeable {
  private static final int BACKLOG = 1024;

  /**
   * How many the system is to keep at least. Where it has no more room, Linux drops the last packet
   * of a TCP client that takes itself for connected, and would wait for the challenge in vain.
   */
  private static final int LEAST_QUEUE = 1024;

  private final SocketAddress address;
  private final @Nullable SocketFile file;
  private final Lobby lobby;
  private final Rejections rejections = new Rejections();
  private final Reception reception;
  private final Thread thread;
  private volatile Optional<SocketAddress> lastAccepted = Optional.empty();

  private Listener(
      ServerSocketChannel server, @Nullable SocketFile file, ConnectionOptions options, int backlog)
      throws IOException {
    this.address = server.getLocalAddress();
    this.file = file;
    this.lobby = new Lobby(backlog);
    this.reception = new Reception(server, options, lobby, rejections);
    this.thread = new Thread(reception, "process-pool-listener");
    thread.setDaemon(true);
  }

  /**
   * Listens without a key at a Unix domain socket in a new directory, which only this user can
   * enter.
   *
   * @return the listener
   * @throws IOException if that is not possible
   */
  public static Listener open() throws IOException {
    return open(ConnectionOptions.defaults());
  }

  /**
   * Listens at a Unix domain socket in a new directory, which only this user can enter.
   *
   * @param options the key, and what clients may do
   * @return the listener
   * @throws IOException if that is not possible
   */
  public static Listener open(ConnectionOptions options) throws IOException {
    requireNonNull(options, "options");
    SocketFile file = SocketFile.fresh();
    return open(file.address(), file, options, BACKLOG);
  }

  /**
   * Listens at an address.
   *
   * @param address where: an {@link InetSocketAddress}, with port 0 for any that is free, or a
   *     {@link UnixDomainSocketAddress}, whose file must not exist
   * @param options the key, and what clients may do
   * @return the listener
   * @throws IllegalArgumentException if the address is of another kind; or if other machines can
   *     reach it and there is no key, or an empty one, unless that is {@linkplain
   *     ConnectionOptions#allowUnauthenticated allowed}
   * @throws IOException if the address is in use, or not possible
   */
  public static Listener open(SocketAddress address, ConnectionOptions options) throws IOException {
    return open(address, options, BACKLOG);
  }

  /**
   * Listens at an address.
   *
   * @param address where: an {@link InetSocketAddress}, with port 0 for any that is free, or a
   *     {@link UnixDomainSocketAddress}, whose file must not exist
   * @param options the key, and what clients may do
   * @param backlog how many clients may wait for {@link #accept}, 1 or more; the system has others
   *     wait in addition, usually up to 1,024. Default: 1,024
   * @return the listener
   * @throws IllegalArgumentException if the address is of another kind; or if other machines can
   *     reach it and there is no key, or an empty one, unless that is {@linkplain
   *     ConnectionOptions#allowUnauthenticated allowed}; or if the backlog is less than 1
   * @throws IOException if the address is in use, or not possible
   */
  public static Listener open(SocketAddress address, ConnectionOptions options, int backlog)
      throws IOException {
    requireNonNull(options, "options");
    if (backlog < 1) {
      throw new IllegalArgumentException("backlog must be 1 or more: " + backlog);
    }
    Sockets.check(requireNonNull(address, "address"));
    if (address instanceof UnixDomainSocketAddress unix) {
      return open(unix, SocketFile.at(unix.getPath()), options, backlog);
    }
    checkAccess((InetSocketAddress) address, options);
    return open(address, null, options, backlog);
  }

  private static void checkAccess(InetSocketAddress address, ConnectionOptions options) {
    if (!address.getAddress().isLoopbackAddress()
        && !options.hasSecret()
        && !options.allowsUnauthenticated()) {
      throw new IllegalArgumentException(
          "address must be one of the loopback interface, for without an authKey that is not empty"
              + " everybody could connect, which allowUnauthenticated allows: "
              + address);
    }
  }

  private static Listener open(
      SocketAddress address, @Nullable SocketFile file, ConnectionOptions options, int backlog)
      throws IOException {
    ServerSocketChannel server = null;
    try {
      Rehearsal.of(address, options);
      server = Sockets.openServer(address);
      bind(server, address, backlog);
      if (file != null) {
        file.bound();
      }
      server.configureBlocking(false);
      Listener listener = new Listener(server, file, options, backlog);
      listener.start();
      return listener;
    } catch (IOException | RuntimeException | Error e) {
      if (server != null) {
        Resources.close(server);
      }
      if (file != null) {
        file.remove();
      }
      throw e;
    }
  }

  private void start() {
    try {
      thread.start();
    } catch (OutOfMemoryError e) { // there are no more threads
      reception.release();
      throw e;
    }
  }

  private static void bind(ServerSocketChannel server, SocketAddress address, int backlog)
      throws IOException {
    try {
      server.bind(address, Math.max(backlog, LEAST_QUEUE));
    } catch (SocketException e) {
      BindException named =
          new BindException("cannot listen at " + address + ": " + e.getMessage());
      named.initCause(e);
      throw named;
    }
  }

  /**
   * Waits for the next client, and for the proof that it knows the key.
   *
   * @return the connection with it
   * @throws IOException if the listener is closed, also meanwhile
   * @throws InterruptedException if this thread is interrupted
   */
  public Connection accept() throws IOException, InterruptedException {
    try {
      return accept(Deadline.NEVER);
    } catch (TimeoutException e) {
      throw new IllegalStateException("The time without end has passed", e);
    }
  }

  /**
   * Waits for the next client, and for the proof that it knows the key, but not for ever.
   *
   * @param timeout how long to wait at most; not at all if it is negative
   * @return the connection with it
   * @throws TimeoutException if there is none by then
   * @throws IOException if the listener is closed, also meanwhile
   * @throws InterruptedException if this thread is interrupted
   */
  public Connection accept(Duration timeout)
      throws IOException, InterruptedException, TimeoutException {
    return accept(Deadline.after(requireNonNull(timeout, "timeout")));
  }

  Connection accept(Deadline deadline) throws IOException, InterruptedException, TimeoutException {
    Connection connection = lobby.take(deadline);
    boolean accepted = false;
    try {
      reception.wakeUp();
      lastAccepted = connection.remoteAddress();
      accepted = true;
    } finally {
      if (!accepted) {
        connection.close();
      }
    }
    return connection;
  }

  /**
   * The address that clients connect to.
   *
   * @return the address, with the port or the path that was chosen
   */
  public SocketAddress address() {
    return address;
  }

  /**
   * The address of the client that was accepted last.
   *
   * @return its address, empty before the first; that of a client at a Unix domain socket has no
   *     path
   */
  public Optional<SocketAddress> lastAccepted() {
    return lastAccepted;
  }

  /**
   * How many clients have been rejected: they did not prove that they know the key, or had not done
   * it when they vanished, when their time was over, or when they had to give way. The log of this
   * class has the reasons, those of failed proofs as warnings, one per second at most.
   *
   * @return the number so far
   */
  public long rejected() {
    return rejections.count();
  }

  /**
   * Ends to listen. Threads that wait for a client are told, clients that nobody has accepted are
   * sent away, and the file of a Unix domain socket is removed. Connections that were accepted
   * remain. Closing again does nothing.
   */
  @Override
  public void close() {
    reception.close();
    boolean interrupted = false;
    while (thread.isAlive() && thread != Thread.currentThread()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    lobby.close(null);
    reception.release();
    if (file != null) {
      file.remove();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String toString() {
    return "Listener[" + address + "]";
  }
}
