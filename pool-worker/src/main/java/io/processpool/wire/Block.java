package io.processpool.wire;

import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import io.processpool.RemoteTaskException;
import io.processpool.TaskSerializationException;
import io.processpool.wire.kryo.GrowingOutput;
import io.processpool.wire.kryo.PlainNumbers;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Payloads in a row, each by itself: an entry that cannot be read fails alone. An entry is its kind
 * (1 byte), its length (4 bytes, big-endian) and its bytes.
 */
public final class Block {

  /** A block of so many bytes is better sent than added to. */
  public static final int LARGE = 64 << 20;

  private static final int SHORT = 4096;
  private static final int USUAL_CAPACITY = 256;
  private static final int MOST_KEPT = 1 << 20;
  private static final int ENTRY_HEADER = 1 + Integer.BYTES;
  private static final int NO_BLOCK = -1;

  private Block() {}

  /**
   * Passes over entries of a block that this process has made itself.
   *
   * @param block the block
   * @param offset where the first of them begins
   * @param entries how many to pass over
   * @return where the next one begins
   */
  public static int skip(byte[] block, int offset, int entries) {
    int next = offset;
    for (int i = 0; i < entries; i++) {
      next += ENTRY_HEADER + BigEndian.intAt(block, next + 1);
    }
    return next;
  }

  /**
   * Where a block ends that other bytes may follow, as far as that can be seen without decoding
   * anything.
   *
   * @param bytes the bytes
   * @param entries how many entries the block must have
   * @return where it ends, or a negative number if they do not begin with such a block
   */
  public static int end(byte[] bytes, int entries) {
    int next = 0;
    for (int i = 0; i < entries && next >= 0; i++) {
      next = entryEnd(bytes, next);
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
    return length < 0 || length > bytes.length - content ? NO_BLOCK : content + length;
  }

  /** What an entry holds. */
  public enum Kind {
    /** A value. */
    VALUE(0),
    /** A value whose decoding runs no user code. */
    PLAIN_VALUE(1),
    /** An exception. */
    FAILURE(2);

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
    private final GrowingOutput out;
    private int count;
    private int last;

    /** Creates an empty block. */
    public Writer() {
      this(0);
    }

    private Writer(int spare) {
      this.out = new GrowingOutput(USUAL_CAPACITY, spare);
    }

    /**
     * Creates an empty block for outcomes, each of which is given {@linkplain #addFigures figures}.
     *
     * @return a writer
     */
    public static Writer ofOutcomes() {
      return new Writer(Figures.LONGEST);
    }

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
      boolean fill = out.room() == Figures.LONGEST; // which was made for them
      figures.writeTo(out, previous, fill ? Figures.LONGEST : 0);
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
      return out.position();
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
      return out.position() - last - ENTRY_HEADER;
    }

    /**
     * Takes the entries out, which leaves the block empty.
     *
     * @return the bytes
     */
    public byte[] take() {
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
      BigEndian.putInt(out.getBuffer(), start + 1, out.position() - start - ENTRY_HEADER);
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
     * Moves to the next entry.
     *
     * @throws WireException if there is none
     */
    public void next() throws WireException {
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
      if (areOutcomes) {
        leaveOutFigures();
      }
    }

    private void leaveOutFigures() throws WireException {
      int figures = length == 0 ? Integer.MAX_VALUE : bytes[end - 1] & 0xff;
      if (figures > length) {
        throw new WireException("an outcome of " + length + " bytes has no figures");
      }
      length -= figures;
    }

    /**
     * How long the entry is, without its figures.
     *
     * @return the length in bytes
     */
    public int length() {
      return length;
    }

    /**
     * Copies the figures of the entry, an outcome.
     *
     * @param target where to
     */
    public void copyFigures(Output target) {
      target.writeBytes(bytes, offset + length, end - offset - length);
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
