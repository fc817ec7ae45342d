package io.processpool.wire;

import com.esotericsoftware.kryo.kryo5.io.Output;
import io.processpool.TaskProgress;
import io.processpool.spi.Slot;
import io.processpool.wire.kryo.PlainNumbers;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Notes which item is running, and keeps the outcomes that are not sent yet, where both outlive the
 * process: in a small file, mapped into memory, as a flight recorder. What was noted at the death
 * of the process, a {@link RecorderReader} finds.
 *
 * <p>One thread at a time notes what runs, and one thread at a time keeps outcomes. Keeping one
 * costs a copy of its bytes, into memory that is needed anyway to gather them.
 */
public final class Recorder {

  /** How many bytes of outcomes can be kept, with what says whose they are. */
  static final int ROOM = 64 * 1024;

  /**
   * Begins outcomes of a chunk among the bytes that are kept, where else an entry would: behind it
   * come the chunk and the position of the first outcome, and then the outcomes.
   */
  static final byte SECTION = -1;

  static final int SECTION_HEADER = 1 + Long.BYTES + Integer.BYTES;

  /**
   * As long as less than so many bytes are kept, there is room for outcomes of no more than so
   * many, whosever they are.
   */
  public static final int HALF = (ROOM - SECTION_HEADER) / 2;

  static final int CHUNK = 0;

  /** The position of the item, and {@link #PREPARING} as long as it does not run. */
  static final int ITEM = Long.BYTES;

  static final int TRIES = 3;
  private static final int FEW_FIGURES = 512;
  static final long PREPARING = 1L << Integer.SIZE;

  /** In how many bytes outcomes are kept. */
  static final int UNSENT = 2 * Long.BYTES;

  /** A number by which the file is known: a random one, which the parent writes and nobody else. */
  static final int IDENTITY = 3 * Long.BYTES;

  /** When the item began, in nanoseconds of the clock of the process. */
  static final int STARTED = 4 * Long.BYTES;

  /** How often a progress was noted, times two; odd while one is being noted. */
  static final int PROGRESS = 5 * Long.BYTES;

  static final int PROGRESS_CHUNK = 6 * Long.BYTES;
  static final int PROGRESS_ITEM = 7 * Long.BYTES;
  static final int PROGRESS_DONE = 8 * Long.BYTES;
  static final int PROGRESS_TOTAL = 9 * Long.BYTES;
  static final int PROGRESS_LENGTH = 10 * Long.BYTES;

  /**
   * Where the numbers of the open run begin among the bytes that are kept, and their kind: see
   * {@link #openRun}. 0 if no run is open.
   */
  static final int RUN = 11 * Long.BYTES;

  /** The position of the first item of the open run. */
  static final int RUN_FIRST = 12 * Long.BYTES;

  /** The position of the first item of the open run whose outcome is not sent. */
  static final int RUN_UNSENT = 13 * Long.BYTES;

  /** When that item began. */
  static final int RUN_SINCE = 14 * Long.BYTES;

  /** The position behind the last item of the open run; 0 as long as that is the running item. */
  static final int RUN_END = 15 * Long.BYTES;

  static final int PROGRESS_MESSAGE = 16 * Long.BYTES;

  /** As many bytes as 200 characters may take, rounded up. */
  static final int LONGEST_MESSAGE = 608;

  static final int UNSENT_BYTES = PROGRESS_MESSAGE + LONGEST_MESSAGE;
  static final int LENGTH = UNSENT_BYTES + ROOM;

  private static final VarHandle LONGS =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final ByteBuffer notes;

  /** The same, for numbers of a run. */
  private final ByteBuffer numbers;

  private final List<Section> sections = new ArrayList<>();
  private int unsentLength;

  /** Where the open run goes, and where its numbers begin. */
  private Section runSection = new Section(0, 0, 0);

  private int runNumbers;

  /** Outcomes of one chunk. */
  private static final class Section {
    private final long chunkId;
    private final int first;
    private final int start;
    private int count;
    private int end;

    Section(long chunkId, int first, int start) {
      this.chunkId = chunkId;
      this.first = first;
      this.start = start;
      this.end = start;
    }
  }

  private Recorder(ByteBuffer notes) {
    this.notes = notes.order(ByteOrder.nativeOrder());
    this.numbers = notes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Writes a file, in which nothing is noted.
   *
   * @param file the file, which exists
   * @throws IOException if there is no place for it
   */
  public static void prepare(Path file) throws IOException {
    // Real bytes: mapping what has no place on the disk would end with a signal, later.
    ByteBuffer nothing = ByteBuffer.allocate(LENGTH).order(ByteOrder.nativeOrder());
    nothing.putLong(IDENTITY, ThreadLocalRandom.current().nextLong());
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      writeWhole(nothing, channel);
    }
  }

  /**
   * A disk takes as much as it has place for, and says at the next attempt only that it is full.
   */
  static void writeWhole(ByteBuffer bytes, WritableByteChannel channel) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /**
   * Opens the file that the parent reads, and no other: what is noted elsewhere, nobody finds.
   *
   * @param file the file, {@linkplain #prepare prepared} by the parent
   * @param identity the number by which the parent knows it
   * @return the notes
   * @throws IOException if it cannot be opened, or is another one
   */
  public static Recorder open(Path file, long identity) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (channel.size() == LENGTH) {
        Recorder recorder = new Recorder(channel.map(FileChannel.MapMode.READ_WRITE, 0, LENGTH));
        if ((long) LONGS.get(recorder.notes, IDENTITY) == identity) {
          return recorder;
        }
      }
      throw new IOException(file + " is not the file that the parent has made");
    } catch (NoSuchFileException e) {
      throw new IOException(file + ", in which to note what runs, was taken away", e);
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
   * Notes that what an item needs is being prepared: it does not run yet, but is to blame for what
   * happens.
   *
   * @param chunkId its chunk
   * @param item its position within the chunk
   */
  public void preparing(long chunkId, int item) {
    note(chunkId, PREPARING | item);
  }

  /**
   * Notes that an item is about to run.
   *
   * @param chunkId its chunk
   * @param item its position within the chunk
   * @param now the time, as {@link System#nanoTime} tells it
   */
  public void running(long chunkId, int item, long now) {
    LONGS.setRelease(notes, STARTED, now);
    note(chunkId, item);
  }

  private void note(long chunkId, long item) {
    if (chunkId() != chunkId) {
      idle();
      LONGS.setRelease(notes, ITEM, item);
      LONGS.setRelease(notes, CHUNK, chunkId);
    } else {
      LONGS.setRelease(notes, ITEM, item);
    }
  }

  /**
   * Notes that the next item of the chunk is about to run, and that the one before is done, whose
   * outcome was {@linkplain #putInt put} into the open run.
   *
   * @param item its position within the chunk
   */
  public void runningNext(int item) {
    LONGS.setRelease(notes, ITEM, (long) item);
  }

  /**
   * Notes when items began to run: the next one, and perhaps some before it.
   *
   * @param now the time, as {@link System#nanoTime} tells it
   */
  public void began(long now) {
    LONGS.setRelease(notes, STARTED, now);
  }

  /** Notes that nothing runs. */
  public void idle() {
    LONGS.setRelease(notes, CHUNK, 0L);
  }

  /**
   * What is running, or is being prepared.
   *
   * @return the item, as of a moment ago; empty if there is none
   */
  public Optional<Slot.Running> current() {
    while (true) {
      long chunkId = chunkId();
      long item = (long) LONGS.getAcquire(notes, ITEM);
      if (chunkId == chunkId()) { // else the item may be one of the next chunk
        return noted(chunkId, item);
      }
    }
  }

  /** What these two numbers say; nothing if it is nothing that a recorder writes. */
  static Optional<Slot.Running> noted(long chunkId, long item) {
    long position = item & ~PREPARING;
    return chunkId != 0 && position >= 0 && position <= Integer.MAX_VALUE
        ? Optional.of(new Slot.Running(chunkId, (int) position, position == item))
        : Optional.empty();
  }

  /**
   * What is running, and since when.
   *
   * @return the item, as of a moment ago; empty if there is none
   */
  public Optional<Slot.Activity> activity() {
    return current().map(item -> new Slot.Activity(item, started(), progress(item)));
  }

  private Optional<TaskProgress> progress(Slot.Running item) {
    for (int i = 0; i < TRIES; i++) {
      long version = (long) LONGS.getAcquire(notes, PROGRESS);
      Optional<TaskProgress> progress = progress(notes, item);
      VarHandle.loadLoadFence();
      if (version % 2 == 0 && version == (long) LONGS.get(notes, PROGRESS)) {
        return progress;
      }
    }
    return Optional.empty();
  }

  /** What these bytes say of the progress of an item, if they say anything. */
  static Optional<TaskProgress> progress(ByteBuffer notes, Slot.Running item) {
    long length = notes.getLong(PROGRESS_LENGTH);
    if (notes.getLong(PROGRESS) == 0
        || notes.getLong(PROGRESS_CHUNK) != item.chunkId()
        || notes.getLong(PROGRESS_ITEM) != item.item()
        || length < 0
        || length > LONGEST_MESSAGE) {
      return Optional.empty();
    }
    byte[] message = new byte[(int) length];
    notes.get(PROGRESS_MESSAGE, message);
    return Optional.of(
        new TaskProgress(
            notes.getLong(PROGRESS_DONE),
            notes.getLong(PROGRESS_TOTAL),
            new String(message, StandardCharsets.UTF_8)));
  }

  private long started() {
    return (long) LONGS.getAcquire(notes, STARTED);
  }

  /**
   * Notes how far an item has come. By one thread at a time.
   *
   * @param item the item
   * @param progress what it says, with a message of no more than 200 characters
   */
  public void report(Slot.Running item, TaskProgress progress) {
    byte[] message = progress.message().getBytes(StandardCharsets.UTF_8);
    int length = Math.min(message.length, LONGEST_MESSAGE);
    long version = (long) LONGS.get(notes, PROGRESS);
    LONGS.setRelease(notes, PROGRESS, version + 1);
    VarHandle.storeStoreFence();
    LONGS.set(notes, PROGRESS_CHUNK, item.chunkId());
    LONGS.set(notes, PROGRESS_ITEM, (long) item.item());
    LONGS.set(notes, PROGRESS_DONE, progress.done());
    LONGS.set(notes, PROGRESS_TOTAL, progress.total());
    LONGS.set(notes, PROGRESS_LENGTH, (long) length);
    notes.put(PROGRESS_MESSAGE, message, 0, length);
    LONGS.setRelease(notes, PROGRESS, version + 2);
  }

  private long chunkId() {
    return (long) LONGS.getAcquire(notes, CHUNK);
  }

  /**
   * Keeps outcomes of a chunk, which begin, or go on from those that were kept last.
   *
   * @param chunkId their chunk
   * @param first the position within the chunk of the first of them
   * @param outcomes the outcomes, of no more bytes than there is room for: see {@link #HALF}
   */
  public void keep(long chunkId, int first, Block.Writer outcomes) {
    Section section = section(chunkId, first);
    outcomes.copyTo(notes, UNSENT_BYTES + section.end);
    if (section.count == 0) {
      sections.add(section); // once it is sure to hold something
    }
    section.count += outcomes.count();
    section.end += outcomes.length();
    unsentLength = section.end;
    LONGS.setRelease(notes, UNSENT, (long) unsentLength); // what is before it is whole
  }

  private Section section(long chunkId, int first) {
    Section last = sections.isEmpty() ? null : sections.get(sections.size() - 1);
    if (last != null && last.chunkId == chunkId && last.first + last.count == first) {
      return last;
    }
    int header = UNSENT_BYTES + unsentLength;
    notes.put(header, SECTION);
    notes.putLong(header + 1, chunkId);
    notes.putInt(header + 1 + Long.BYTES, first);
    return new Section(chunkId, first, unsentLength + SECTION_HEADER);
  }

  /**
   * Opens a run: outcomes of items of the running chunk that follow on each other, and on what was
   * kept last of it, if anything was. They are put one by one, and are there as soon as the next
   * item is noted, whatever becomes of the process. Only one run is open at a time, and nothing
   * else is kept meanwhile.
   *
   * @param chunkId the running chunk
   * @param first the position within the chunk of the first of them, whose item is noted
   * @param kind the kind of its numbers
   * @param since when that item begins
   * @return how many there is room for, as long as less than {@link #HALF} is kept
   */
  public int openRun(long chunkId, int first, int kind, long since) {
    runSection = section(chunkId, first);
    runNumbers = UNSENT_BYTES + runSection.end + Block.BEFORE_NUMBERS;
    LONGS.set(notes, RUN_FIRST, (long) first);
    LONGS.set(notes, RUN_UNSENT, (long) first);
    LONGS.set(notes, RUN_SINCE, since);
    LONGS.set(notes, RUN_END, 0L);
    LONGS.setRelease(notes, RUN, OpenRun.head(kind, runNumbers));
    return (LENGTH - RunFigures.LONGEST - runNumbers) / PlainNumbers.width(kind);
  }

  /**
   * Puts the outcome of an item into the open run, of numbers of 4 bytes.
   *
   * @param place its place in the run
   * @param bits the bits of the number
   */
  public void putInt(int place, int bits) {
    numbers.putInt(runNumbers + place * Integer.BYTES, bits);
  }

  /**
   * Puts the outcome of an item into the open run, of numbers of 8 bytes.
   *
   * @param place its place in the run
   * @param bits the bits of the number
   */
  public void putLong(int place, long bits) {
    numbers.putLong(runNumbers + place * Long.BYTES, bits);
  }

  /**
   * Notes that the open run has no more outcomes than were put.
   *
   * @param end the position within the chunk behind the last of them
   */
  public void endRun(int end) {
    LONGS.setRelease(notes, RUN_END, (long) end);
  }

  /**
   * Outcomes of the open run that are done and not sent.
   *
   * @param outcomes the outcomes
   * @param until when the last of them ended, as far as that is known
   */
  public record RunPart(Unsent outcomes, long until) {}

  /**
   * The outcomes in the open run that are done and were not sent, as they would be found after the
   * death of this process; none, once it is known where it {@linkplain #endRun ends}. For the
   * thread that keeps outcomes, while others are put.
   *
   * @return them; empty if there are none
   */
  public Optional<RunPart> unsentOfRun() {
    if ((long) LONGS.getAcquire(notes, RUN_END) != 0) {
      return Optional.empty(); // it is about to be closed
    }
    return OpenRun.in(notes, (long) LONGS.getAcquire(notes, ITEM))
        .flatMap(
            run ->
                run.from((int) run.from(), notes)
                    .map(outcomes -> new RunPart(outcomes, run.until())));
  }

  /**
   * Notes that outcomes of the open run were sent.
   *
   * @param part the outcomes
   */
  public void sent(RunPart part) {
    LONGS.set(notes, RUN_SINCE, part.until());
    LONGS.setRelease(notes, RUN_UNSENT, (long) part.outcomes().first() + part.outcomes().count());
  }

  /**
   * The outcomes of the open run that were not sent, now that all are known. See {@link #endRun}.
   *
   * @param figures what was measured of them
   * @return the outcomes; empty if there are none
   */
  public Optional<Unsent> restOfRun(RunFigures figures) {
    return OpenRun.in(notes, 0).flatMap(run -> run.unsent(notes, figures));
  }

  /**
   * Closes the open run and keeps its outcomes. Nothing was sent since it was opened.
   *
   * @param kind the kind of its numbers
   * @param count how many outcomes there are, at least one
   * @param figures what was measured of them
   */
  public void keepRun(int kind, int count, RunFigures figures) {
    Output behind = new Output(FEW_FIGURES, -1);
    figures.writeTo(behind, 0, 0);
    byte[] header = new byte[Block.BEFORE_NUMBERS];
    int length = header.length + count * PlainNumbers.width(kind) + behind.position();
    Block.putRunHeader(header, 0, kind, count, length);
    int entry = runNumbers - header.length;
    notes.put(entry, header);
    notes.put(entry + length - behind.position(), behind.getBuffer(), 0, behind.position());
    Section section = runSection;
    if (section.count == 0) {
      sections.add(section);
    }
    section.count += count;
    section.end += length;
    unsentLength = section.end;
    LONGS.setRelease(notes, UNSENT, (long) unsentLength); // what is before it is whole
    dropRun();
  }

  /** Closes the open run, and drops what is in it. */
  public void dropRun() {
    LONGS.setRelease(notes, RUN, 0L);
    VarHandle.storeStoreFence(); // before anything is written over it
  }

  /** Drops what is kept, for it is sent. */
  public void sent() {
    sections.clear();
    unsentLength = 0;
    LONGS.setRelease(notes, UNSENT, 0L);
    VarHandle.storeStoreFence(); // before anything is written over what was kept
  }

  /**
   * How many bytes the outcomes take that are kept.
   *
   * @return the length; 0 if there are none
   */
  public int unsentLength() {
    return unsentLength;
  }

  /**
   * The outcomes that are kept.
   *
   * @return copies of their blocks, in order
   */
  public List<Unsent> unsent() {
    List<Unsent> unsent = new ArrayList<>(sections.size());
    for (Section section : sections) {
      byte[] outcomes = new byte[section.end - section.start];
      notes.get(UNSENT_BYTES + section.start, outcomes);
      unsent.add(new Unsent(section.chunkId, section.first, section.count, outcomes));
    }
    return unsent;
  }
}
