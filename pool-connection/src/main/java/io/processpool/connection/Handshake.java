package io.processpool.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;

/**
 * The proof that both ends of a connection know a key. {@link Listener} and {@link Client} do it by
 * themselves; this is for connections that were {@linkplain Connection#of made in another way}.
 *
 * <p>One end delivers a challenge, random bytes, and the other one answers with their HMAC; then
 * the other way round. A listener delivers first, its client answers first. Messages and digests
 * are those of Python's {@code deliver_challenge} and {@code answer_challenge}, before and since
 * 3.12, but for this: whoever has to prove something cannot choose another digest than the one that
 * it is asked for, and HMAC-MD5 counts only where it is {@linkplain
 * ConnectionOptions#allowLegacyDigest allowed}.
 *
 * <pre>{@code
 * Connection connection = Connection.of(socket, options);
 * Handshake.answerChallenge(connection, options);
 * Handshake.deliverChallenge(connection, options);
 * }</pre>
 */
public final class Handshake {
  /** How long a message of it may be, in bytes. */
  static final int MAX_MESSAGE = 256;

  private static final byte[] CHALLENGE = "#CHALLENGE#".getBytes(US_ASCII);
  private static final byte[] WELCOME = "#WELCOME#".getBytes(US_ASCII);
  private static final byte[] FAILURE = "#FAILURE#".getBytes(US_ASCII);

  private Handshake() {}

  /**
   * Has the other end prove that it knows a key. Objects that it sends are read from then on.
   *
   * @param connection the connection
   * @param options has the key, what proof is accepted, and the time that there is for it
   * @throws IllegalArgumentException if there is no key in the options
   * @throws AuthenticationException if there is no proof in time, or a wrong one; the connection
   *     should then be closed
   * @throws IOException if the connection is closed, or the other end has gone
   * @throws InterruptedException if this thread is interrupted; the connection should then be
   *     closed
   */
  public static void deliverChallenge(Connection connection, ConnectionOptions options)
      throws IOException, InterruptedException {
    deliverChallenge(connection, options, Deadline.after(options.handshakeTimeout()));
  }

  /**
   * Proves to the other end that this one knows a key.
   *
   * @param connection the connection
   * @param options has the key, what proof is given, and the time that there is for it
   * @throws IllegalArgumentException if there is no key in the options
   * @throws AuthenticationException if the other end does not ask for a proof in time, asks for one
   *     that is not given, or does not accept it; the connection should then be closed
   * @throws IOException if the connection is closed, or the other end has gone
   * @throws InterruptedException if this thread is interrupted; the connection should then be
   *     closed
   */
  public static void answerChallenge(Connection connection, ConnectionOptions options)
      throws IOException, InterruptedException {
    answerChallenge(connection, options, Deadline.after(options.handshakeTimeout()));
  }

  static void deliverChallenge(Connection connection, ConnectionOptions options, Deadline deadline)
      throws IOException, InterruptedException {
    Verifier verifier = new Verifier(options);
    try {
      send(connection, challenge(verifier), deadline);
      byte[] response = connection.recvBytes(MAX_MESSAGE, deadline);
      try {
        verifier.check(response);
      } catch (AuthenticationException e) {
        send(connection, failure(), deadline);
        throw e;
      }
      send(connection, welcome(), deadline);
    } catch (DeadlineException e) {
      throw new AuthenticationException(
          "the other end has not answered within " + options.handshakeTimeout(), e);
    }
    if (options.hasSecret()) {
      connection.trust();
    }
  }

  static void answerChallenge(Connection connection, ConnectionOptions options, Deadline deadline)
      throws IOException, InterruptedException {
    Prover prover = new Prover(options);
    byte[] challenge;
    try {
      challenge = connection.recvBytes(MAX_MESSAGE, deadline);
    } catch (DeadlineException e) {
      throw new AuthenticationException(
          "the other end has not asked for a proof within "
              + options.handshakeTimeout()
              + ": has it no key?",
          e);
    }
    try {
      send(connection, prover.answer(challengeIn(challenge)), deadline);
      checkWelcome(connection.recvBytes(MAX_MESSAGE, deadline));
    } catch (DeadlineException e) {
      throw new AuthenticationException(
          "the other end has not told within "
              + options.handshakeTimeout()
              + " whether it accepts the proof",
          e);
    } catch (EOFException e) {
      throw new AuthenticationException(
          "the other end has closed the connection instead of accepting the proof", e);
    }
  }

  private static void send(Connection connection, byte[] message, Deadline deadline)
      throws IOException, InterruptedException {
    connection.sendBytes(message, 0, message.length, deadline);
  }

  /** The message that asks for a proof. */
  static byte[] challenge(Verifier verifier) {
    return Bytes.concat(CHALLENGE, verifier.challenge());
  }

  /** What a message asks a proof of. */
  static byte[] challengeIn(byte[] message) throws AuthenticationException {
    int length = CHALLENGE.length;
    if (message.length < length || !Arrays.equals(message, 0, length, CHALLENGE, 0, length)) {
      throw new AuthenticationException(
          "the other end has sent no challenge, but " + Bytes.describe(message));
    }
    return Arrays.copyOfRange(message, length, message.length);
  }

  /** The message that accepts a proof, not to be changed. */
  static byte[] welcome() {
    return WELCOME;
  }

  /** The message that rejects a proof, not to be changed. */
  static byte[] failure() {
    return FAILURE;
  }

  static void checkWelcome(byte[] message) throws AuthenticationException {
    if (!Arrays.equals(message, WELCOME)) {
      throw new AuthenticationException(
          Arrays.equals(message, FAILURE)
              ? "the other end does not accept the proof: do both have the same key?"
              : "the other end does not accept the proof, but sends " + Bytes.describe(message));
    }
  }
}
