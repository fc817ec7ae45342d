package io.processpool.connection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;

/**
 * The frames that go out, written without waiting. It remembers how far it has come with one.
 *
 * <p>Not thread-safe.
 */
final class Outbound {
  private static final int LONG_FORM = -1;
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final GatheringByteChannel channel;
  private final ByteBuffer[] buffers = {ByteBuffer.allocate(Integer.BYTES + Long.BYTES), NOTHING};
  private boolean hasBegun;

  Outbound(GatheringByteChannel channel) {
    this.channel = channel;
  }

  /** Begins a message; its bytes are to follow. */
  void begin(long size) {
    buffers[0].clear();
    if (size > Integer.MAX_VALUE) {
      buffers[0].putInt(LONG_FORM).putLong(size);
    } else {
      buffers[0].putInt((int) size);
    }
    buffers[0].flip();
    hasBegun = false;
  }

  /** Adds the next bytes of the message, when those before are written. */
  void add(byte[] bytes, int offset, int length) {
    buffers[1] = ByteBuffer.wrap(bytes, offset, length);
  }

  /** Whether some of the message has been written. */
  boolean hasBegun() {
    return hasBegun;
  }

  /**
   * Writes what is there and can be written now.
   *
   * @return whether all of it has been written
   */
  boolean write() throws IOException {
    long count;
    do {
      count = channel.write(buffers);
      hasBegun |= count > 0;
    } while (count > 0 && hasRemaining());
    return !hasRemaining();
  }

  /** Forgets the bytes of the message. */
  void end() {
    buffers[1] = NOTHING;
  }

  private boolean hasRemaining() {
    return buffers[0].hasRemaining() || buffers[1].hasRemaining();
  }
}
