package io.processpool.connection;

import java.io.IOException;
import java.io.Serial;

/**
 * A message is longer than the room that was given for it. It is not lost: the exception has it.
 * Python's {@code BufferTooShort}.
 */
public final class BufferTooShortException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // bytes are serialisable
  private final byte[] receivedMessage;

  BufferTooShortException(byte[] message, int room) {
    super("a message of " + message.length + " bytes does not fit the room for " + room);
    this.receivedMessage = message;
  }

  /**
   * The message.
   *
   * @return its bytes, in an array of their own
   */
  public byte[] receivedMessage() {
    return receivedMessage.clone();
  }
}
