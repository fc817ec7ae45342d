package io.processpool.connection;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The end of a connection that sends. If a message breaks off, the other end is told so by the end
 * of what it receives.
 */
final class Sender {
  private static final int PIECE = 1 << 17;

  private final ReentrantLock lock = new ReentrantLock();
  private final SelectableChannel channel;
  private final Outbound out;
  private final Watchers watchers;
  private volatile @Nullable String unwritable;

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

  private void sendMessage(long size, Pieces pieces) throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      checkWritable();
      boolean whole = false;
      out.begin(size);
      try {
        pieces.writeAll();
        whole = true;
      } finally {
        out.end();
        if (!whole && out.hasBegun()) {
          breakOff();
        }
      }
    } finally {
      lock.unlock();
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
      throw watchers.isClosed() ? new IOException("the connection is closed", e) : e;
    }
  }

  private void breakOff() {
    unwritable = "a message was sent in part";
    try {
      if (channel instanceof SocketChannel socket) {
        socket.shutdownOutput();
      } else {
        channel.close();
      }
    } catch (IOException e) {
      // the other end has gone, or this one is closed
      unwritable = "a message was sent in part, and " + e;
    }
  }
}
