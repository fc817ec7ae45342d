package io.processpool.connection;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The end of a connection that receives. A thread that is interrupted leaves what it has received
 * of a message to the next one.
 */
final class Receiver {
  /** The longest array that every JVM makes. */
  static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  /** As much memory as a length alone may claim; more is made as bytes come in. */
  private static final int TRUSTED_SIZE = 1 << 20;

  private static final int PIECE = 1 << 16;

  private static final byte[] NOTHING = {};

  /** Here already when there may be no memory to load a class. */
  private static final Defect BROKEN_OFF = Defect.RECEIVED_IN_PART;

  private final Turn turn = new Turn();
  private final SelectableChannel channel;
  private final Inbound in;
  private final Watchers watchers;
  private final Runnable whenUnreadable;
  private volatile @Nullable Defect unreadable;

  /** What is there of a message whose receiver was interrupted; for the one whose turn it is. */
  private byte[] partial = NOTHING;

  private int partialLength;

  <C extends SelectableChannel & ReadableByteChannel> Receiver(
      C channel, Inbound in, Watchers watchers, Runnable whenUnreadable) {
    this.channel = channel;
    this.in = in;
    this.watchers = watchers;
    this.whenUnreadable = whenUnreadable;
    in.enlarge();
  }

  boolean isReadable() {
    return unreadable == null;
  }

  void checkReadable() throws IOException {
    watchers.checkOpen();
    if (unreadable != null) {
      throw new IOException("the connection is not readable: " + unreadable);
    }
  }

  /** Whether there is something that has been read from the channel. */
  boolean hasBytes() {
    return in.hasBytes();
  }

  SelectableChannel channel() {
    return channel;
  }

  boolean poll(Deadline deadline) throws IOException, InterruptedException {
    try {
      turn.take(deadline);
    } catch (DeadlineException e) {
      return false;
    }
    try {
      checkReadable();
      if (!in.hasBytes()) {
        watchers.await(channel, SelectionKey.OP_READ, deadline);
      }
      return true;
    } catch (DeadlineException e) {
      return false;
    } finally {
      giveBack();
    }
  }

  byte[] receive(long maxLength, Deadline deadline) throws IOException, InterruptedException {
    turn.take(deadline);
    try {
      begin(maxLength, deadline);
      return rest(deadline);
    } finally {
      giveBack();
    }
  }

  int receiveInto(byte[] target, int offset) throws IOException, InterruptedException {
    turn.take(Deadline.NEVER);
    try {
      begin(Long.MAX_VALUE, Deadline.NEVER);
      int room = target.length - offset;
      if (size() > room) {
        throw new BufferTooShortException(rest(Deadline.NEVER), room);
      }
      int size = (int) size();
      System.arraycopy(partial, 0, target, offset, partialLength);
      int count = partialLength;
      try {
        while (count < size) {
          count += take(target, offset + count, size - count, Deadline.NEVER);
        }
      } finally {
        if (count < size) {
          keepCopy(target, offset, size, count);
        }
      }
      end();
      return size;
    } finally {
      giveBack();
    }
  }

  long receiveTo(OutputStream sink, long maxLength) throws IOException, InterruptedException {
    turn.take(Deadline.NEVER);
    try {
      begin(maxLength, Deadline.NEVER);
      long size = size();
      boolean whole = false;
      try {
        sink.write(partial, 0, partialLength);
        byte[] piece = new byte[(int) Math.min(PIECE, in.remaining())];
        while (in.remaining() > 0) {
          sink.write(piece, 0, take(piece, 0, piece.length, Deadline.NEVER));
        }
        whole = true;
      } finally {
        if (!whole && in.hasTaken()) {
          giveUp(BROKEN_OFF);
        }
      }
      end();
      return size;
    } finally {
      giveBack();
    }
  }

  private void begin(long maxLength, Deadline deadline) throws IOException, InterruptedException {
    checkReadable();
    try {
      while (!in.begin()) {
        if (!in.fill()) {
          watchers.await(channel, SelectionKey.OP_READ, deadline);
        }
      }
    } catch (ProtocolException e) {
      giveUp(Defect.NO_LENGTH);
      throw e;
    } catch (IOException e) {
      throw watchers.explained(e);
    }
    if (size() > maxLength) {
      IOException e = Inbound.badLength(size(), maxLength);
      giveUp(Defect.TOO_LONG);
      throw e;
    }
  }

  /** The length of the message, with what has been taken of it. */
  private long size() {
    return partialLength + in.remaining();
  }

  private byte[] rest(Deadline deadline) throws IOException, InterruptedException {
    if (size() > MAX_ARRAY) {
      throw new IOException(
          "a message of " + size() + " bytes does not fit an array: receive it with recvTo");
    }
    int size = (int) size();
    byte[] bytes = partial.length == 0 ? new byte[Math.min(size, TRUSTED_SIZE)] : partial;
    int count = partialLength;
    try {
      while (count < size) {
        if (count == bytes.length) {
          bytes = Arrays.copyOf(bytes, (int) Math.min(size, 2L * count));
        }
        count += take(bytes, count, bytes.length - count, deadline);
      }
    } finally {
      if (count < size) {
        keep(bytes, count);
      }
    }
    end();
    return bytes;
  }

  /** Takes what has come, waiting for something to come. */
  private int take(byte[] bytes, int offset, int length, Deadline deadline)
      throws IOException, InterruptedException {
    try {
      int count;
      while ((count = in.take(bytes, offset, length)) == 0) {
        watchers.await(channel, SelectionKey.OP_READ, deadline);
      }
      return count;
    } catch (IOException e) {
      throw watchers.explained(e);
    }
  }

  private void keepCopy(byte[] target, int offset, int size, int count) {
    try {
      keep(Arrays.copyOfRange(target, offset, offset + size), count);
    } catch (OutOfMemoryError e) {
      giveUp(BROKEN_OFF);
      throw e;
    }
  }

  private void keep(byte[] bytes, int count) {
    partial = bytes;
    partialLength = count;
  }

  private void end() {
    in.end();
    keep(NOTHING, 0);
  }

  /** Those who wait for several connections do not see what has been read and not been taken. */
  private void giveBack() {
    turn.giveBack();
    if (in.hasBytes()) {
      watchers.wakeUp();
    }
  }

  /** Tells those who wait for their turn that the connection is closed. */
  void close() {
    turn.close();
  }

  private void giveUp(Defect defect) {
    unreadable = defect;
    keep(NOTHING, 0);
    whenUnreadable.run();
  }
}
