package io.processpool.connection;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * The frames that come in, read without waiting: a length of four bytes, or -1 and one of eight,
 * and the message. It remembers how far it has come; what it has is never read twice.
 *
 * <p>Not thread-safe, but for {@link #hasBytes}.
 */
final class Inbound {
  /** What a frame with the greatest message of a handshake takes. */
  static final int HANDSHAKE_ROOM = Long.BYTES + Integer.BYTES + Handshake.MAX_MESSAGE;

  private static final int ROOM = 1 << 13;
  private static final int LONG_FORM = -1;

  /** The most that is read at a time: the JDK keeps a buffer as large for each thread. */
  private static final int PIECE = 1 << 17;

  private final ReadableByteChannel channel;
  private ByteBuffer buffer;
  private boolean inMessage;
  private boolean hasTaken;
  private long remaining;
  private volatile boolean hasBytes;

  /** Reads from a channel, with room for a handshake. */
  Inbound(ReadableByteChannel channel) {
    this.channel = channel;
    this.buffer = ByteBuffer.allocate(HANDSHAKE_ROOM).limit(0);
  }

  /** Makes room for messages of all sizes. */
  void enlarge() {
    this.buffer = ByteBuffer.allocate(ROOM).put(buffer).flip();
  }

  /** Whether there is something that has been read and not been taken. Callable by all threads. */
  boolean hasBytes() {
    return hasBytes;
  }

  /** How many bytes of the message have not been taken. */
  long remaining() {
    return remaining;
  }

  /** Whether a part of the message has been taken. */
  boolean hasTaken() {
    return hasTaken;
  }

  /**
   * Reads what has come, if there is room for it.
   *
   * @return whether something had
   * @throws EOFException if the other end has ended between two messages
   * @throws IOException if it has ended within one
   */
  boolean fill() throws IOException {
    buffer.compact();
    int count;
    try {
      count = channel.read(buffer);
    } finally {
      buffer.flip();
      noteBytes();
    }
    checkEnd(count);
    return count > 0;
  }

  private void checkEnd(int count) throws IOException {
    if (count < 0) {
      if (inMessage || buffer.hasRemaining()) {
        throw new IOException("got end of file during message");
      }
      throw new EOFException("the other end has closed the connection");
    }
  }

  private void noteBytes() {
    hasBytes = buffer.hasRemaining() || inMessage;
  }

  /**
   * Begins the next message, unless one is begun, or its length is not there.
   *
   * @return whether one is begun
   * @throws ProtocolException if its length is not one
   */
  boolean begin() throws ProtocolException {
    if (inMessage) {
      return true;
    }
    if (buffer.remaining() < Integer.BYTES) {
      return false;
    }
    long size = buffer.getInt(buffer.position());
    int header = Integer.BYTES;
    if (size == LONG_FORM) {
      header += Long.BYTES;
      if (buffer.remaining() < header) {
        return false;
      }
      size = buffer.getLong(buffer.position() + Integer.BYTES);
    }
    if (size < 0) {
      throw new ProtocolException(
          "bad message length: " + (header == Integer.BYTES ? "" : "-1 and ") + size);
    }
    buffer.position(buffer.position() + header);
    inMessage = true;
    hasTaken = false;
    remaining = size;
    noteBytes();
    return true;
  }

  /** Ends the message, of which nothing remains. */
  void end() {
    inMessage = false;
    noteBytes();
  }

  /**
   * Takes what has come of the message.
   *
   * @param bytes where to put it
   * @param offset where to begin
   * @param length how much there is room for, more than 0
   * @return how much that was, possibly 0
   * @throws IOException if the other end has ended
   */
  int take(byte[] bytes, int offset, int length) throws IOException {
    int wanted = (int) Math.min(Math.min(length, PIECE), remaining);
    int count;
    if (buffer.hasRemaining()) {
      count = Math.min(wanted, buffer.remaining());
      buffer.get(bytes, offset, count);
      noteBytes();
    } else {
      count = channel.read(ByteBuffer.wrap(bytes, offset, wanted));
      checkEnd(count);
    }
    remaining -= count;
    hasTaken |= count > 0;
    return count;
  }

  /**
   * Takes a message that is there as a whole.
   *
   * @param maxLength how long it may be, at most {@link Handshake#MAX_MESSAGE}
   * @return the message, or {@code null} if it has not come yet
   * @throws IOException if it is too long, or its length is not one
   */
  byte @Nullable [] takeWhole(int maxLength) throws IOException {
    if (!begin()) {
      return null;
    }
    if (remaining > maxLength) {
      throw badLength(remaining, maxLength);
    }
    if (buffer.remaining() < remaining) {
      return null;
    }
    byte[] message = new byte[(int) remaining];
    buffer.get(message);
    end();
    return message;
  }

  static IOException badLength(long length, long maxLength) {
    return new IOException(
        "bad message length: " + length + " bytes, and at most " + maxLength + " are allowed");
  }
}
