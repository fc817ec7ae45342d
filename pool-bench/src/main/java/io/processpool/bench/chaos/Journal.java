package io.processpool.bench.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What items write down when they begin and end, in a file that all processes map: it is there also
 * if the process dies a moment later. Safe for use by several threads and processes.
 */
final class Journal {
  /** The variable of the workers' environment that names the file. */
  static final String VARIABLE = "CHAOS_JOURNAL";

  /** The file is sparse: what is not written takes no space. */
  static final int CAPACITY = 1 << 23;

  private static final int NOTE_BYTES = 16;
  private static final int BEGUN = 0;
  private static final int ENDED = 4;
  private static final int FIRST_PID = 8;
  private static final int LAST_PID = 12;
  private static final VarHandle INT =
      MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

  private final ByteBuffer notes;

  private Journal(ByteBuffer notes) {
    this.notes = notes;
  }

  static Journal open(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return new Journal(
          channel.map(FileChannel.MapMode.READ_WRITE, 0, (long) CAPACITY * NOTE_BYTES));
    }
  }

  /** The journal of the worker process that calls this. */
  static Journal ofThisWorker() {
    return OfWorker.JOURNAL;
  }

  /** Notes that an item begins. Returns how often it has begun, this time included. */
  int begin(long number) {
    int place = place(number);
    int begun = 1 + (int) INT.getAndAdd(notes, place + BEGUN, 1);
    int pid = (int) ProcessHandle.current().pid();
    INT.compareAndSet(notes, place + FIRST_PID, 0, pid);
    INT.setVolatile(notes, place + LAST_PID, pid);
    return begun;
  }

  /** Notes that an item is done, but for the way of its result. */
  void end(long number) {
    INT.getAndAdd(notes, place(number) + ENDED, 1);
  }

  int begun(long number) {
    return (int) INT.getVolatile(notes, place(number) + BEGUN);
  }

  int ended(long number) {
    return (int) INT.getVolatile(notes, place(number) + ENDED);
  }

  /** The process in which the item began for the first time, 0 for none. */
  int firstPid(long number) {
    return (int) INT.getVolatile(notes, place(number) + FIRST_PID);
  }

  /** The process in which the item began for the last time, 0 for none. */
  int lastPid(long number) {
    return (int) INT.getVolatile(notes, place(number) + LAST_PID);
  }

  private static int place(long number) {
    return Math.toIntExact(number * NOTE_BYTES);
  }

  /** Opened by the first use, for which the workers' initializer sees: items may be interrupted. */
  private static final class OfWorker {
    static final Journal JOURNAL = open();

    private OfWorker() {}

    private static Journal open() {
      try {
        return Journal.open(Path.of(System.getenv(VARIABLE)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
