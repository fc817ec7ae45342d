package io.processpool.connection;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * The end of a connection that sends. If a message breaks off, the other end is told so by the end
 * of what it receives.
 */
final class Sender {
  private static final int PIECE = 1 << 17;

  /** Here already when there may be no memory to load a class. */
  private static final Defect BROKEN_OFF = Defect.SENT_IN_PART;

  private final Turn turn = new Turn();
  private final SelectableChannel channel;
  private final Outbound out;
  private final Watchers watchers;
  private volatile @Nullable Defect unwritable;

  <C extends SelectableChannel & GatheringByteChannel> Sender(C channel, Watchers watchers) {
    this.channel = channel;
    this.out = new Outbound(channel);
    this.watchers = watchers;
  }

  boolean isWritable() {
    return unwritable == null;
  }

  void checkWritable() throws IOException {
    watchers.checkOpen();
    if (unwritable != null) {
      throw new IOException("the connection is not writable: " + unwritable);
    }
  }

  /** Supplies the bytes of a message, piece by piece. */
  private interface Pieces {
    void writeAll() throws IOException, InterruptedException;
  }

  void send(byte[] bytes, int offset, int length, Deadline deadline)
      throws IOException, InterruptedException {
    sendMessage(
        length,
        deadline,
        () -> {
          int done = 0;
          do {
            int piece = Math.min(PIECE, length - done);
            write(bytes, offset + done, piece, deadline);
            done += piece;
          } while (done < length);
        });
  }

  void sendFrom(InputStream source, long size) throws IOException, InterruptedException {
    byte[] buffer = new byte[(int) Math.min(PIECE, size)];
    sendMessage(
        size,
        Deadline.NEVER,
        () -> {
          long done = 0;
          do {
            int piece = (int) Math.min(buffer.length, size - done);
            int count = source.readNBytes(buffer, 0, piece);
            if (count < piece) {
              throw new EOFException(
                  "the source ended after " + (done + count) + " of " + size + " bytes");
            }
            write(buffer, 0, piece, Deadline.NEVER);
            done += piece;
          } while (done < size);
        });
  }

  private void sendMessage(long size, Deadline deadline, Pieces pieces)
      throws IOException, InterruptedException {
    turn.take(deadline);
    try {
      checkWritable();
      boolean whole = false;
      out.begin(size);
      try {
        pieces.writeAll();
        whole = true;
      } finally {
        if (!whole && out.hasBegun()) {
          breakOff();
        }
      }
    } finally {
      out.end();
      turn.giveBack();
    }
  }

  private void write(byte[] bytes, int offset, int length, Deadline deadline)
      throws IOException, InterruptedException {
    out.add(bytes, offset, length);
    try {
      while (!out.write()) {
        watchers.await(channel, SelectionKey.OP_WRITE, deadline);
      }
    } catch (IOException e) {
      throw watchers.explained(e);
    }
  }

  /** Tells those who wait for their turn that the connection is closed. */
  void close() {
    turn.close();
  }

  private void breakOff() {
    unwritable = BROKEN_OFF;
    try {
      if (channel instanceof SocketChannel socket) {
        socket.shutdownOutput();
      } else {
        channel.close();
      }
    } catch (IOException e) {
      Log.debug("The other end has gone, or this one is closed", e);
    }
  }
}
