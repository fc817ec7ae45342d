package io.processpool.connection;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Locale;

/**
 * A client that has connected and not yet proved that it knows the key. It is never waited for:
 * each time that something of it has come, it gets as far as it can.
 */
final class Guest {
  private enum Stage {
    /** It is to prove that it knows the key. */
    PROOF,
    /** It is to ask for a proof. */
    CHALLENGE,
    /** It is to accept the proof. */
    WELCOME,
    DONE
  }

  private final SocketChannel socket;
  private final Inbound in;
  private final Deadline deadline;
  private final Verifier verifier;
  private final Prover prover;
  private Stage stage = Stage.PROOF;

  /** Receives a client, with a socket in non-blocking mode, and asks it for a proof. */
  Guest(SocketChannel socket, ConnectionOptions options) throws IOException {
    this.socket = socket;
    this.in = new Inbound(socket);
    this.deadline = Deadline.after(options.handshakeTimeout());
    this.verifier = new Verifier(options);
    this.prover = new Prover(options);
    send(Handshake.challenge(verifier));
  }

  Deadline deadline() {
    return deadline;
  }

  SocketChannel socket() {
    return socket;
  }

  /** What has come and not been taken. */
  Inbound in() {
    return in;
  }

  /**
   * Goes on as far as possible with what has come.
   *
   * @return whether both ends have proved that they know the key
   * @throws IOException if that will never be
   */
  boolean goOn() throws IOException {
    while (stage != Stage.DONE) {
      byte[] message = in.takeWhole(Handshake.MAX_MESSAGE);
      if (message != null) {
        take(message);
      } else if (!fill()) {
        return false;
      }
    }
    return true;
  }

  private boolean fill() throws IOException {
    try {
      return in.fill();
    } catch (EOFException e) {
      throw new EOFException("it has closed the connection before its " + awaited());
    }
  }

  /** What the client is to send next. */
  String awaited() {
    return stage.name().toLowerCase(Locale.ROOT);
  }

  private void take(byte[] message) throws IOException {
    switch (stage) {
      case PROOF -> {
        try {
          verifier.check(message);
        } catch (AuthenticationException e) {
          send(Handshake.failure());
          throw e;
        }
        send(Handshake.welcome());
        stage = Stage.CHALLENGE;
      }
      case CHALLENGE -> {
        send(prover.answer(Handshake.challengeIn(message)));
        stage = Stage.WELCOME;
      }
      case WELCOME -> {
        Handshake.checkWelcome(message);
        stage = Stage.DONE;
      }
      case DONE -> throw new IllegalStateException("The handshake is done");
    }
  }

  /** Sends a message of the handshake. All of them fit what the system keeps for a socket. */
  private void send(byte[] message) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(Integer.BYTES + message.length);
    frame.putInt(message.length).put(message).flip();
    socket.write(frame);
    if (frame.hasRemaining()) {
      throw new IOException("it does not receive what it is sent");
    }
  }
}
