package io.processpool.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeoutException;

/**
 * A client within this JVM, which is served before a listener opens. All classes that serving one
 * takes are there then, and those of the log: one whose initialization fails for want of memory,
 * when another client has come, would be lost for good, and with it every client after that.
 */
final class Rehearsal {
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final byte[] MESSAGE = "hello".getBytes(US_ASCII);

  /** What was rehearsed, guarded by the monitor of this class. */
  private static final Set<Kind> DONE = new HashSet<>();

  private static boolean rehearsing;

  private Rehearsal() {}

  /** What makes a difference. */
  private record Kind(boolean unix, boolean hasKey) {}

  /**
   * Goes through all that a listener will do for a client. That takes about 30 ms, once in a JVM
   * that has just started; the first client has some 7 ms less to wait.
   *
   * @param address where the listener is to be; it is not used
   * @param options those of the listener
   * @throws AuthenticationException if this JVM lacks the digest
   */
  static synchronized void of(SocketAddress address, ConnectionOptions options)
      throws AuthenticationException {
    if (rehearsing) {
      return; // this is the listener of the rehearsal
    }
    if (options.hasAuthKey()) {
      prove(options);
    }
    Kind kind = new Kind(address instanceof UnixDomainSocketAddress, options.hasAuthKey());
    if (!DONE.contains(kind)) {
      rehearsing = true;
      try {
        serve(kind);
        DONE.add(kind);
      } catch (IOException | TimeoutException | RuntimeException e) {
        Log.debug("Could not rehearse a conversation", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        rehearsing = false;
      }
    }
  }

  private static void prove(ConnectionOptions options) throws AuthenticationException {
    Verifier verifier = new Verifier(options);
    byte[] challenge = Handshake.challengeIn(Handshake.challenge(verifier));
    verifier.check(new Prover(options).answer(challenge));
  }

  private static void serve(Kind kind) throws IOException, TimeoutException, InterruptedException {
    Deadline deadline = Deadline.after(PATIENCE);
    ConnectionOptions options = kind.hasKey() ? withSomeKey() : ConnectionOptions.defaults();
    var unused = Log.logsDebug();
    try (Listener listener = open(kind, options);
        SocketChannel socket = Sockets.open(listener.address());
        Connection client = connect(socket, listener.address(), options, deadline)) {
      if (kind.hasKey()) {
        Handshake.answerChallenge(client, options, deadline);
        Handshake.deliverChallenge(client, options, deadline);
      }
      try (Connection served = listener.accept(deadline)) {
        client.sendBytes(MESSAGE, 0, MESSAGE.length, deadline);
        byte[] received = served.recvBytes(MESSAGE.length, deadline);
        served.sendBytes(received, 0, received.length, deadline);
      }
    }
  }

  private static ConnectionOptions withSomeKey() {
    return ConnectionOptions.authKey(UUID.randomUUID().toString().getBytes(US_ASCII));
  }

  private static Listener open(Kind kind, ConnectionOptions options) throws IOException {
    return kind.unix()
        ? Listener.open(options)
        : Listener.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), options);
  }

  /** Unlike {@link Client}, without a timer's thread. */
  private static Connection connect(
      SocketChannel socket, SocketAddress address, ConnectionOptions options, Deadline deadline)
      throws IOException, InterruptedException {
    socket.configureBlocking(false);
    if (!socket.connect(address)) {
      new Watchers().await(socket, SelectionKey.OP_CONNECT, deadline);
      socket.finishConnect();
    }
    return Connection.of(socket, options);
  }
}
