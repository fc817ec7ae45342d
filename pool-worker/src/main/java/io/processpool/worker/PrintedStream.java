package io.processpool.worker;

import io.processpool.StandardStream;
import io.processpool.spi.TaskId;
import io.processpool.wire.PrintedPiece;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What {@link System#out} or {@link System#err} of a worker writes to. Nothing stays here: what is
 * printed is on its way when the call returns, lest it be lost with the process. Safe for use by
 * several threads.
 */
final class PrintedStream extends OutputStream {
  private final StandardStream stream;
  private final Supplier<Optional<TaskId>> running;
  private final Consumer<PrintedPiece> sink;
  private volatile boolean unfinished;

  /**
   * Creates a stream.
   *
   * @param running tells what runs when something is printed
   * @param sink takes the pieces
   */
  PrintedStream(
      StandardStream stream, Supplier<Optional<TaskId>> running, Consumer<PrintedPiece> sink) {
    this.stream = stream;
    this.running = running;
    this.sink = sink;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    if (length > 0 && bytes[offset + length - 1] != '\n') {
      unfinished = true;
    }
    for (int sent = 0; sent < length; sent += PrintedPiece.LONGEST) {
      int count = Math.min(PrintedPiece.LONGEST, length - sent);
      byte[] piece = new byte[count];
      System.arraycopy(bytes, offset + sent, piece, 0, count);
      send(Thread.currentThread().getId(), piece);
    }
  }

  /** Has the lines end that are not finished: the item that printed them is over. */
  void endLines() {
    if (unfinished) {
      unfinished = false;
      send(PrintedPiece.ALL_THREADS, new byte[0]);
    }
  }

  private void send(long thread, byte[] bytes) {
    sink.accept(new PrintedPiece(running.get().orElse(null), thread, stream, bytes));
  }
}
