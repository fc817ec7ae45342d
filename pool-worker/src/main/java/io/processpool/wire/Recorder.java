package io.processpool.wire;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Notes which item is running, where it outlives the process: in a small file mapped by worker and
 * parent, as a flight recorder. One thread notes; a reader sees the latest note once the writer is
 * dead.
 */
public final class Recorder {
  private static final int CHUNK = 0;
  private static final int ITEM = Long.BYTES;
  private static final int LENGTH = 2 * Long.BYTES;
  private static final VarHandle LONGS =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final ByteBuffer notes;

  private Recorder(ByteBuffer notes) {
    this.notes = notes;
  }

  /**
   * Opens the notes kept in a file, creating it if need be.
   *
   * @param file the file
   * @return the notes
   * @throws IOException if it cannot be opened
   */
  public static Recorder open(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      // Real bytes: mapping what has no place on the disk would end with a signal, later.
      channel.write(ByteBuffer.allocate(LENGTH), 0);
      return new Recorder(channel.map(FileChannel.MapMode.READ_WRITE, 0, LENGTH));
    }
  }

  /**
   * Notes kept in memory only, for work in the same process.
   *
   * @return the notes
   */
  public static Recorder inMemory() {
    return new Recorder(ByteBuffer.allocateDirect(LENGTH));
  }

  /**
   * Notes that an item is about to run.
   *
   * @param chunkId its chunk
   * @param item its position within the chunk
   */
  public void running(long chunkId, int item) {
    if (chunkId() != chunkId) {
      idle();
      LONGS.setRelease(notes, ITEM, (long) item);
      LONGS.setRelease(notes, CHUNK, chunkId);
    } else {
      LONGS.setRelease(notes, ITEM, (long) item);
    }
  }

  /** Notes that nothing runs. */
  public void idle() {
    LONGS.setRelease(notes, CHUNK, 0L);
  }

  /**
   * The chunk that is running.
   *
   * @return its id; 0 if none is
   */
  public long chunkId() {
    return (long) LONGS.getAcquire(notes, CHUNK);
  }

  /**
   * The item that is running.
   *
   * @return its position within its chunk
   */
  public int item() {
    return (int) (long) LONGS.getAcquire(notes, ITEM);
  }
}
