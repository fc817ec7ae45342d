package io.processpool.wire;

import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import io.processpool.RemoteTaskException;
import io.processpool.TaskSerializationException;
import io.processpool.wire.kryo.GrowingOutput;
import io.processpool.wire.kryo.LargeArray;
import io.processpool.wire.kryo.PlainNumbers;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Payloads in a row, each by itself: an entry that cannot be read fails alone. An entry is its kind
 * (1 byte), its length (4 bytes, big-endian) and its bytes.
 *
 * <p>Numbers of one kind in a row may be one entry, a {@link Kind#RUN}, with the kind of the
 * numbers (1 byte), how many they are (4 bytes, big-endian), and their bits. All that counts items
 * counts each of them.
 */
public final class Block {

  /** A block of so many bytes is better sent than added to. */
  public static final int LARGE = 64 << 20;

  private static final int SHORT = 4096;
  private static final int USUAL_CAPACITY = 256;
  private static final int MOST_KEPT = 1 << 20;
  private static final int ENTRY_HEADER = 1 + Integer.BYTES;
  private static final int NO_BLOCK = -1;

  /** So that the room that is made for a run is no more than a block may take. */
  private static final int MOST_IN_A_RUN = LARGE / Long.BYTES;

  /** What comes before the numbers of a run, behind the header of its entry. */
  private static final int RUN_HEADER = 1 + Integer.BYTES;

  /** What comes before the numbers of a run in all. */
  static final int BEFORE_NUMBERS = ENTRY_HEADER + RUN_HEADER;

  private Block() {}

  /**
   * Where a block ends that other bytes may follow, as far as that can be seen without decoding
   * anything.
   *
   * @param bytes the bytes
   * @param items how many items the block must have
   * @return where it ends, or a negative number if they do not begin with such a block
   */
  public static int end(byte[] bytes, int items) {
    int next = 0;
    int left = items;
    while (left > 0) {
      int end = entryEnd(bytes, next);
      int some = end < 0 ? left + 1 : items(bytes, next);
      if (some > left) {
        return NO_BLOCK;
      }
      left -= some;
      next = end;
    }
    return next;
  }

  /** Where an entry ends that begins somewhere; negative if none does, or it is not whole. */
  static int entryEnd(byte[] bytes, int start) {
    if (bytes.length - start < ENTRY_HEADER || !Kind.isKnown(bytes[start])) {
      return NO_BLOCK;
    }
    int length = BigEndian.intAt(bytes, start + 1);
    int content = start + ENTRY_HEADER;
    if (length < 0 || length > bytes.length - content) {
      return NO_BLOCK;
    }
    return isRun(bytes, start) && !isWholeRun(bytes, content, length) ? NO_BLOCK : content + length;
  }

  private static boolean isRun(byte[] bytes, int start) {
    return bytes[start] == Kind.RUN.code;
  }

  /** Whether there are as many numbers as it says, and at least one. */
  private static boolean isWholeRun(byte[] bytes, int content, int length) {
    if (length < RUN_HEADER) {
      return false;
    }
    int width = PlainNumbers.width(bytes[content]);
    int count = BigEndian.intAt(bytes, content + 1);
    return width > 0 && count > 0 && count <= (length - RUN_HEADER) / width;
  }

  /** How many items a whole entry has. */
  static int items(byte[] bytes, int start) {
    return isRun(bytes, start) ? BigEndian.intAt(bytes, start + ENTRY_HEADER + 1) : 1;
  }

  /** Writes what is before the numbers of a run, whose content has a length. */
  static void putRunHeader(byte[] bytes, int start, int kind, int count, int length) {
    bytes[start] = (byte) Kind.RUN.code;
    BigEndian.putInt(bytes, start + 1, length - ENTRY_HEADER);
    bytes[start + ENTRY_HEADER] = (byte) kind;
    BigEndian.putInt(bytes, start + ENTRY_HEADER + 1, count);
  }

  /** What an entry holds. */
  public enum Kind {
    /** A value. */
    VALUE(0),
    /** A value whose decoding runs no user code. */
    PLAIN_VALUE(1),
    /** An exception. */
    FAILURE(2),
    /** Numbers in a row, each a {@link #PLAIN_VALUE} for who goes through a block. */
    RUN(3);

    private static final Kind[] ALL = values();

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    private static boolean isKnown(int code) {
      return code >= 0 && code < ALL.length;
    }
  }

  /**
   * Collects entries. Not safe for use by several threads.
   *
   * <p>What an entry takes is known beforehand for a large array alone. Room is made for it at
   * once, so that it fills the buffer, which then is the block: nothing is copied once more.
   */
  public static final class Writer {
    private final GrowingOutput out = new GrowingOutput(USUAL_CAPACITY);
    private int count;
    private int last;

    /** Part of the last entry that is not in the buffer, and where it belongs there. */
    private @Nullable LargeArray array;

    private int arrayPosition;

    /**
     * Appends a value.
     *
     * @param value the value, possibly {@code null}
     * @param codec what encodes it
     * @param what names the value, for the message of an exception; asked only then
     * @throws TaskSerializationException if it cannot travel; the block is as before
     */
    public void addValue(@Nullable Object value, PayloadCodec codec, Object what) {
      if (addNumber(value)) {
        return;
      }
      int start = begin(PayloadCodec.isPlain(value) ? Kind.PLAIN_VALUE : Kind.VALUE);
      try {
        codec.encode(value, out, what);
      } catch (Throwable e) {
        out.setPosition(start);
        throw e;
      }
      end(start);
    }

    /**
     * Appends a value to an empty block that is to be sent at once, by {@link #takeFrame}: until
     * then a large array may stay where it is.
     *
     * @param value the value, possibly {@code null}
     * @param codec what encodes it
     * @param what names the value, for the message of an exception; asked only then
     * @throws TaskSerializationException if it cannot travel; the block is as before
     */
    public void addResult(@Nullable Object value, PayloadCodec codec, Object what) {
      LargeArray large = LargeArray.of(value);
      if (large == null) {
        addValue(value, codec, what);
        return;
      }
      int start = begin(Kind.PLAIN_VALUE);
      try {
        large.writeHead(out);
        arrayPosition = out.position();
        array = large;
        end(start);
      } catch (Throwable e) {
        array = null;
        out.setPosition(start);
        throw e;
      }
    }

    private boolean addNumber(@Nullable Object value) {
      if (!(value instanceof Number)) {
        return false;
      }
      int start = out.position();
      byte[] bytes = out.withRoomFor(ENTRY_HEADER + PlainNumbers.LONGEST);
      int length = PlainNumbers.write(value, bytes, start + ENTRY_HEADER);
      if (length == 0) {
        return false;
      }
      bytes[start] = (byte) Kind.PLAIN_VALUE.code;
      out.setPosition(start + ENTRY_HEADER + length);
      end(start);
      return true;
    }

    /**
     * Appends items, those that are numbers of one kind in a row as a run. It ends early where a
     * block is better sent than added to.
     *
     * @param items the items
     * @param from the index of the first one to append
     * @param to the index behind the last one
     * @param codec what encodes them
     * @param what names the item with an index, for the message of an exception
     * @return the index behind the last one that was appended
     * @throws TaskSerializationException if one cannot travel; those before it are in the block
     */
    public int addItems(List<?> items, int from, int to, PayloadCodec codec, IntFunction<?> what) {
      int i = from;
      Object item = i < to ? items.get(i) : null;
      while (i < to && length() < LARGE) {
        int kind = PlainNumbers.kind(item);
        int end = kind == 0 ? i : i + Math.min(to - i, MOST_IN_A_RUN);
        if (kind == 0) {
          addValue(item, codec, what.apply(i));
          item = ++i < to ? items.get(i) : null;
          continue;
        }
        int start = out.position();
        int width = PlainNumbers.width(kind);
        byte[] bytes = out.withRoomFor(BEFORE_NUMBERS + (end - i) * width);
        int at = start + BEFORE_NUMBERS;
        boolean areMany = end - i >= NumberRun.LONG;
        while (i < end
            && (areMany
                ? NumberRun.putOfMany(kind, item, bytes, at)
                : NumberRun.put(kind, item, bytes, at))) {
          at += width;
          item = ++i < to ? items.get(i) : null;
        }
        endRun(start, kind, (at - start - BEFORE_NUMBERS) / width, at);
      }
      return i;
    }

    /** One number alone is no run. */
    private void endRun(int start, int kind, int numbers, int end) {
      byte[] bytes = out.getBuffer();
      out.setPosition(end);
      if (numbers == 1) {
        int content = start + ENTRY_HEADER;
        bytes[start] = (byte) Kind.PLAIN_VALUE.code;
        bytes[content] = (byte) kind;
        int first = start + BEFORE_NUMBERS;
        System.arraycopy(bytes, first, bytes, content + 1, end - first);
        out.setPosition(content + 1 + end - first);
        end(start);
      } else {
        putRunHeader(bytes, start, kind, numbers, end - start);
        last = start;
        count += numbers;
      }
    }

    /**
     * Appends an exception.
     *
     * @param failure the exception
     * @param codec what encodes it
     */
    public void addFailure(Throwable failure, PayloadCodec codec) {
      int start = begin(Kind.FAILURE);
      codec.encodeFailure(failure, out);
      end(start);
    }

    /**
     * Appends figures to the last entry, which is an outcome.
     *
     * @param figures what was measured of it
     * @param previous the figures of the entry before, if that is before it wherever it is read; or
     *     {@code null}
     */
    public void addFigures(Figures figures, @Nullable Figures previous) {
      out.useReserve(); // what is large enough to leave no place for them was refused before
      figures.writeTo(out, previous);
      setLength(last);
    }

    /**
     * Copies the entries.
     *
     * @param target where to
     * @param index where the first of them is to begin
     */
    void copyTo(ByteBuffer target, int index) {
      target.put(index, out.getBuffer(), 0, out.position());
    }

    /**
     * How many entries there are.
     *
     * @return the number
     */
    public int count() {
      return count;
    }

    /**
     * How long the block is.
     *
     * @return the length in bytes
     */
    public int length() {
      return out.position() + arrayLength();
    }

    private int arrayLength() {
      return array == null ? 0 : array.bytes();
    }

    /** How many bytes can be added before the buffer grows. */
    int room() {
      return out.room();
    }

    /**
     * How long the last entry is.
     *
     * @return the length in bytes
     */
    public int lastLength() {
      return length() - last - ENTRY_HEADER;
    }

    /**
     * Takes the entries out as the payload of a frame, which leaves the block empty. A large array
     * stays where it is.
     *
     * @param type what the frame is for
     * @param id what it belongs to
     * @param first the number of the first entry
     * @param rest what is to come behind the entries
     * @return the frame
     */
    public Frame takeFrame(FrameType type, long id, int first, byte[] rest) {
      int entries = count;
      LargeArray between = array;
      if (between == null) {
        return new Frame(type, id, first, entries, take(), rest);
      }
      byte[] bytes = out.getBuffer();
      byte[] head = Arrays.copyOf(bytes, arrayPosition);
      byte[] tail = Arrays.copyOfRange(bytes, arrayPosition, out.position() + rest.length);
      System.arraycopy(rest, 0, tail, tail.length - rest.length, rest.length);
      clear();
      return new Frame(type, id, first, entries, head, between, tail);
    }

    /**
     * Takes the entries out, which leaves the block empty.
     *
     * @return the bytes
     * @throws IllegalStateException if a large array is not among them
     */
    public byte[] take() {
      if (array != null) {
        throw new IllegalStateException("A large array is not in the block");
      }
      byte[] bytes = out.takeBytes();
      if (bytes == out.getBuffer()) {
        out.setBuffer(new byte[USUAL_CAPACITY], -1);
      }
      clear();
      return bytes;
    }

    /** Drops the entries. */
    public void clear() {
      count = 0;
      array = null;
      out.reset();
      if (out.getBuffer().length > MOST_KEPT) {
        out.setBuffer(new byte[USUAL_CAPACITY], -1);
      }
    }

    private int begin(Kind kind) {
      int start = out.position();
      out.writeByte(kind.code);
      out.writeInt(0);
      return start;
    }

    private void end(int start) {
      setLength(start);
      last = start;
      count++;
    }

    private void setLength(int start) {
      BigEndian.putInt(out.getBuffer(), start + 1, length() - start - ENTRY_HEADER);
    }
  }

  /** Goes through the entries of a block. Not safe for use by several threads. */
  public static final class Reader {
    private final byte[] bytes;
    private final boolean areOutcomes;
    private @Nullable Input shortValues;
    private Kind kind = Kind.VALUE;
    private int end;
    private int offset;
    private int length;

    /** How many numbers of the run are behind this one. */
    private int runLeft;

    private int runKind;
    private boolean runIsLong;

    /** Where the figures begin that come with the first number of a run. */
    private int runFigures;

    /**
     * Creates a reader before the first entry.
     *
     * @param bytes the block
     */
    public Reader(byte[] bytes) {
      this(bytes, false);
    }

    private Reader(byte[] bytes, boolean areOutcomes) {
      this.bytes = bytes;
      this.areOutcomes = areOutcomes;
    }

    /**
     * Creates a reader before the first of some outcomes, each of which has figures.
     *
     * @param bytes the block
     * @return a reader
     */
    public static Reader ofOutcomes(byte[] bytes) {
      return new Reader(bytes, true);
    }

    /**
     * Moves to the next item, which may be the next number of a run.
     *
     * @throws WireException if there is none
     */
    public void next() throws WireException {
      if (runLeft > 0) {
        runLeft--;
        runFigures = end;
        offset += length;
        return;
      }
      runKind = 0;
      nextEntry();
    }

    private void nextEntry() throws WireException {
      if (bytes.length - end < ENTRY_HEADER) {
        throw new WireException("a block of " + bytes.length + " bytes ends too early");
      }
      int code = bytes[end];
      offset = end + ENTRY_HEADER;
      length = BigEndian.intAt(bytes, end + 1);
      if (!Kind.isKnown(code) || length < 0 || length > bytes.length - offset) {
        throw new WireException("a block has an entry of kind " + code + ", length " + length);
      }
      end = offset + length;
      kind = Kind.ALL[code];
      if (kind == Kind.RUN) {
        beginRun();
      } else if (areOutcomes) {
        leaveOutFigures();
      }
    }

    private void beginRun() throws WireException {
      if (!isWholeRun(bytes, offset, length)) {
        throw new WireException("a run is not as long as it says in " + length + " bytes");
      }
      int count = BigEndian.intAt(bytes, offset + 1);
      runKind = bytes[offset];
      runLeft = count - 1;
      runIsLong = count >= NumberRun.LONG;
      length = PlainNumbers.width(runKind);
      offset += RUN_HEADER;
      runFigures = offset + count * length;
      kind = Kind.PLAIN_VALUE;
    }

    /**
     * How many numbers there are in the run of which the item is one, from it on.
     *
     * @return the number of them; 0 if the item is not part of a run
     */
    public int runLength() {
      return runKind == 0 ? 0 : 1 + runLeft;
    }

    /**
     * The item and those behind it in the same run, up to the last of which this moves on.
     *
     * @return the numbers, of which there is at least this one
     */
    public NumberRun passRun() {
      NumberRun run = run();
      offset += runLeft * length;
      runLeft = 0;
      return run;
    }

    /**
     * The item and those behind it in the same run.
     *
     * @return the numbers, of which there is at least this one
     */
    public NumberRun run() {
      return new NumberRun(runKind, bytes, offset, 1 + runLeft);
    }

    /**
     * The item, which is part of a run.
     *
     * @return the number
     */
    public Number number() {
      return runIsLong
          ? NumberRun.numberOfMany(runKind, bytes, offset)
          : PlainNumbers.get(runKind, bytes, offset);
    }

    private void leaveOutFigures() throws WireException {
      int figures = length == 0 ? Integer.MAX_VALUE : bytes[end - 1] & 0xff;
      if (figures > length) {
        throw new WireException("an outcome of " + length + " bytes has no figures");
      }
      length -= figures;
    }

    /**
     * How long the item is, without its figures; for a number of a run, as if it were by itself.
     *
     * @return the length in bytes
     */
    public int length() {
      return runKind == 0 ? length : 1 + length;
    }

    /**
     * Copies the figures of the entry, an outcome. Those of a run are with its first number.
     *
     * @param target where to
     */
    public void copyFigures(Output target) {
      int figures = runKind == 0 ? offset + length : runFigures;
      target.writeBytes(bytes, figures, end - figures);
    }

    /**
     * What the entry holds.
     *
     * @return its kind
     */
    public Kind kind() {
      return kind;
    }

    /**
     * Decodes the entry, unless it is a {@link Kind#FAILURE}.
     *
     * @param codec what decodes it
     * @param what names the value, for the message of an exception; asked only then
     * @return the value, possibly {@code null}
     * @throws TaskSerializationException if it cannot be read
     */
    public @Nullable Object value(PayloadCodec codec, Object what) {
      if (runKind != 0) {
        return plainValue(codec, what);
      }
      try {
        return codec.decode(bytes, offset, length);
      } catch (TaskSerializationException e) {
        throw unreadable(what, e);
      }
    }

    /**
     * Decodes the entry, a {@link Kind#PLAIN_VALUE}, which runs no user code.
     *
     * @param codec what decodes it
     * @param what names the value, for the message of an exception; asked only then
     * @return the value, possibly {@code null}
     * @throws TaskSerializationException if it cannot be read, or is not plain
     */
    public @Nullable Object plainValue(PayloadCodec codec, Object what) {
      if (runKind != 0) {
        return numberWithinLimits(codec, what);
      }
      Number number = PlainNumbers.read(bytes, offset, length);
      if (number != null && !codec.hasLimits()) {
        return number;
      }
      try {
        return codec.decodePlain(input());
      } catch (TaskSerializationException e) {
        throw unreadable(what, e);
      }
    }

    private Number numberWithinLimits(PayloadCodec codec, Object what) {
      Number number = number();
      try {
        codec.checkPlain(number, length());
        return number;
      } catch (TaskSerializationException e) {
        throw unreadable(what, e);
      }
    }

    private static TaskSerializationException unreadable(
        Object what, TaskSerializationException why) {
      return new TaskSerializationException(what + " " + why.getMessage(), why.getCause());
    }

    /** One for all short values, for it keeps as many characters as the longest text had. */
    private Input input() {
      boolean isShort = length <= SHORT;
      Input in = isShort && shortValues != null ? shortValues : new Input();
      if (isShort) {
        shortValues = in;
      }
      in.setBuffer(bytes, offset, length);
      return in;
    }

    /**
     * Decodes the entry, a {@link Kind#FAILURE}.
     *
     * @param codec what decodes it
     * @return the exception
     */
    public Throwable failure(PayloadCodec codec) {
      return codec.decodeFailure(bytes, offset, length);
    }

    /**
     * Describes the entry, a {@link Kind#FAILURE}, without running user code.
     *
     * @param codec what decodes it
     * @return an exception that says what the failure says
     */
    public RemoteTaskException failureInWords(PayloadCodec codec) {
      return codec.decodeFailureInWords(bytes, offset, length);
    }
  }
}
