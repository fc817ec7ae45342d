package io.processpool.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;

/**
 * A client within this JVM, which is served before a listener opens. All classes that take part are
 * there then: one whose initialization fails for want of memory, when another client has come,
 * would be lost for good, and with it every client after that.
 */
final class Rehearsal {
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final byte[] MESSAGE = "hello".getBytes(US_ASCII);

  /** The kinds of addresses at which a client has been served. */
  private static final Set<Class<?>> REHEARSED = ConcurrentHashMap.newKeySet();

  private Rehearsal() {}

  /**
   * Goes through all that a listener will do for a client. With sockets it does that once: they
   * take some ten milliseconds, of which the first client would have to wait for the half
   * otherwise.
   *
   * @param address where the listener is to be; it is not used
   * @param options those of the listener
   * @throws AuthenticationException if this JVM lacks the digest
   */
  static void of(SocketAddress address, ConnectionOptions options) throws AuthenticationException {
    if (options.hasAuthKey()) {
      prove(options);
    }
    if (REHEARSED.add(address.getClass())) {
      try {
        serve(address instanceof UnixDomainSocketAddress);
      } catch (IOException | TimeoutException e) {
        Log.debug("Could not rehearse a conversation", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void prove(ConnectionOptions options) throws AuthenticationException {
    Verifier verifier = new Verifier(options);
    byte[] challenge = Handshake.challengeIn(Handshake.challenge(verifier));
    verifier.check(new Prover(options).answer(challenge));
  }

  private static void serve(boolean unix)
      throws IOException, TimeoutException, InterruptedException {
    byte[] key = UUID.randomUUID().toString().getBytes(US_ASCII);
    ConnectionOptions options = ConnectionOptions.authKey(key).withHandshakeTimeout(PATIENCE);
    try (Listener listener = open(unix, options);
        SocketChannel socket = SocketChannel.open(listener.address());
        Connection client = Connection.of(socket, options)) {
      Handshake.answerChallenge(client, options);
      Handshake.deliverChallenge(client, options);
      try (Connection served = listener.accept(PATIENCE)) {
        client.sendBytes(MESSAGE);
        if (served.poll(PATIENCE)) {
          served.sendBytes(served.recvBytes());
        }
      }
    }
  }

  private static Listener open(boolean unix, ConnectionOptions options) throws IOException {
    return unix
        ? Listener.open(options)
        : Listener.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), options);
  }
}
