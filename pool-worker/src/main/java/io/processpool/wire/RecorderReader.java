package io.processpool.wire;

import io.processpool.spi.Slot;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongToIntFunction;

/**
 * Reads in the parent what a worker's {@link Recorder} has noted. The file is the worker's, and may
 * hold or become anything: it is read and not mapped, for a file that is cut short while it is
 * mapped takes its readers with it. Safe for use by several threads.
 */
public final class RecorderReader implements Closeable {
  private final RandomAccessFile file;

  private RecorderReader(RandomAccessFile file) {
    this.file = file;
  }

  /**
   * Opens a file, before or after the worker has.
   *
   * @param file the file, which exists
   * @return its reader
   * @throws IOException if it cannot be opened
   */
  public static RecorderReader open(Path file) throws IOException {
    return new RecorderReader(new RandomAccessFile(file.toFile(), "r"));
  }

  /**
   * The number by which this file is known, and no other.
   *
   * @return the number that its maker wrote
   * @throws IOException if it is not there
   */
  public synchronized long identity() throws IOException {
    ByteBuffer notes = read(Recorder.UNSENT_BYTES);
    if (notes.limit() < Recorder.UNSENT_BYTES) {
      throw new EOFException("a worker's file was cut short, or is another one");
    }
    return notes.getLong(Recorder.IDENTITY);
  }

  /**
   * What is running, or is about to.
   *
   * @return the item, as of a moment ago; empty if there is none, or it cannot be told
   */
  public synchronized Optional<Slot.Running> running() {
    for (int i = 0; i < Recorder.TRIES; i++) {
      ByteBuffer notes = read(Recorder.UNSENT);
      ByteBuffer again = read(Recorder.UNSENT);
      if (notes.limit() < Recorder.UNSENT || again.limit() < Recorder.UNSENT) {
        return Optional.empty();
      }
      long chunkId = notes.getLong(Recorder.CHUNK);
      long item = notes.getLong(Recorder.ITEM);
      if (chunkId == again.getLong(Recorder.CHUNK)) {
        return Recorder.noted(chunkId, item);
      }
    }
    return Optional.empty();
  }

  /**
   * What is running, or is about to, and since when.
   *
   * @return what the worker is doing, as of a moment ago; empty if it does nothing, or it cannot be
   *     told
   */
  public synchronized Optional<Slot.Activity> activity() {
    return running().map(this::activity);
  }

  private Slot.Activity activity(Slot.Running item) {
    ByteBuffer notes = read(Recorder.UNSENT_BYTES);
    ByteBuffer again = read(Recorder.UNSENT_BYTES);
    if (notes.limit() < Recorder.UNSENT_BYTES || again.limit() < Recorder.UNSENT_BYTES) {
      return new Slot.Activity(item, 0, Optional.empty());
    }
    long version = notes.getLong(Recorder.PROGRESS);
    boolean whole = version % 2 == 0 && version == again.getLong(Recorder.PROGRESS);
    return new Slot.Activity(
        item,
        notes.getLong(Recorder.STARTED),
        whole ? Recorder.progress(notes, item) : Optional.empty());
  }

  /**
   * What a worker that is dead had put into a run that was still open.
   *
   * @param done tells for the number of a chunk how many of its items are known to be done, after
   *     those of {@link #unsent}
   * @return the outcomes that follow on these; empty if there are none
   */
  public synchronized Optional<Unsent> unsentOfRun(LongToIntFunction done) {
    ByteBuffer notes = read(Recorder.LENGTH);
    return notes.limit() < Recorder.UNSENT_BYTES
        ? Optional.empty()
        : OpenRun.in(notes, notes.getLong(Recorder.ITEM))
            .flatMap(run -> run.from(done.applyAsInt(run.chunkId()), notes));
  }

  /**
   * What a worker that is dead had kept.
   *
   * @return the outcomes, in order; none if there are none, or they are not whole
   */
  public synchronized List<Unsent> unsent() {
    ByteBuffer notes = read(Recorder.LENGTH);
    if (notes.limit() < Recorder.UNSENT_BYTES) {
      return List.of();
    }
    long length = notes.getLong(Recorder.UNSENT);
    if (length < 0 || length > notes.limit() - Recorder.UNSENT_BYTES) {
      return List.of();
    }
    byte[] kept = new byte[(int) length];
    notes.get(Recorder.UNSENT_BYTES, kept);
    return sections(kept);
  }

  private static List<Unsent> sections(byte[] kept) {
    List<Unsent> sections = new ArrayList<>();
    ByteBuffer bytes = ByteBuffer.wrap(kept).order(ByteOrder.nativeOrder());
    for (int next = 0; next < kept.length; ) {
      int start = next + Recorder.SECTION_HEADER;
      if (kept[next] != Recorder.SECTION || start > kept.length) {
        return List.of();
      }
      int count = 0;
      int end = start;
      for (int e = Block.entryEnd(kept, end); e >= 0; e = Block.entryEnd(kept, end)) {
        count += Block.items(kept, end);
        end = e;
      }
      int first = bytes.getInt(next + 1 + Long.BYTES);
      if (count == 0 || first < 0) {
        return List.of();
      }
      byte[] outcomes = Arrays.copyOfRange(kept, start, end);
      sections.add(new Unsent(bytes.getLong(next + 1), first, count, outcomes));
      next = end;
    }
    return sections;
  }

  @Override
  public synchronized void close() throws IOException {
    file.close();
  }

  /** As much of the beginning of the file as there is, up to a length. */
  private ByteBuffer read(int length) {
    byte[] bytes = new byte[length];
    int read = 0;
    try {
      file.seek(0);
      for (int more = 0; more >= 0 && read < length; more = file.read(bytes, read, length - read)) {
        read += more;
      }
    } catch (IOException e) {
      read = 0; // closed, or taken away
    }
    return ByteBuffer.wrap(bytes, 0, read).order(ByteOrder.nativeOrder());
  }
}
