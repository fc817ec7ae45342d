package io.processpool.wire;

import io.processpool.RemoteTaskException;
import io.processpool.TaskSerializationException;
import io.processpool.wire.kryo.GrowingOutput;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Payloads in a row, each by itself: an entry that cannot be read fails alone. An entry is its kind
 * (1 byte), its length (4 bytes, big-endian) and its bytes.
 */
public final class Block {

  /** A block of so many bytes is better sent than added to. */
  public static final int LARGE = 64 << 20;

  private static final int ENTRY_HEADER = 1 + Integer.BYTES;

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
    ByteBuffer bytes = ByteBuffer.wrap(block);
    int next = offset;
    for (int i = 0; i < entries; i++) {
      next += ENTRY_HEADER + bytes.getInt(next + 1);
    }
    return next;
  }

  /**
   * Tells whether some bytes are a block, as far as that can be seen without decoding anything.
   *
   * @param bytes the bytes
   * @param entries how many entries it must have
   * @return whether there are as many, and nothing else
   */
  public static boolean has(byte[] bytes, int entries) {
    ByteBuffer block = ByteBuffer.wrap(bytes);
    int next = 0;
    for (int i = 0; i < entries; i++) {
      if (bytes.length - next < ENTRY_HEADER || !Kind.isKnown(bytes[next])) {
        return false;
      }
      int length = block.getInt(next + 1);
      next += ENTRY_HEADER;
      if (length < 0 || length > bytes.length - next) {
        return false;
      }
      next += length;
    }
    return next == bytes.length;
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

  /** Collects entries. Not safe for use by several threads. */
  public static final class Writer {
    private final GrowingOutput out = new GrowingOutput(256);
    private int count;

    /** Creates an empty block. */
    public Writer() {}

    /**
     * Appends a value.
     *
     * @param value the value, possibly {@code null}
     * @param codec what encodes it
     * @param what what the value is, for the message of an exception
     * @throws TaskSerializationException if it cannot travel; the block is as before
     */
    public void addValue(@Nullable Object value, PayloadCodec codec, String what) {
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

    /**
     * Takes the entries out, which leaves the block empty.
     *
     * @return the bytes
     */
    public byte[] take() {
      byte[] bytes = out.toBytes();
      clear();
      return bytes;
    }

    /** Drops the entries. */
    public void clear() {
      count = 0;
      out.reset();
      if (out.getBuffer().length > 1 << 20) {
        out.setBuffer(new byte[256], -1);
      }
    }

    private int begin(Kind kind) {
      int start = out.position();
      out.writeByte(kind.code);
      out.writeInt(0);
      return start;
    }

    private void end(int start) {
      ByteBuffer.wrap(out.getBuffer()).putInt(start + 1, out.position() - start - ENTRY_HEADER);
      count++;
    }
  }

  /** Goes through the entries of a block. Not safe for use by several threads. */
  public static final class Reader {
    private final ByteBuffer bytes;
    private Kind kind = Kind.VALUE;
    private int offset;
    private int length;

    /**
     * Creates a reader before the first entry.
     *
     * @param bytes the block
     */
    public Reader(byte[] bytes) {
      this.bytes = ByteBuffer.wrap(bytes);
    }

    /**
     * Moves to the next entry.
     *
     * @throws WireException if there is none
     */
    public void next() throws WireException {
      int end = offset + length;
      if (bytes.capacity() - end < ENTRY_HEADER) {
        throw new WireException("a block of " + bytes.capacity() + " bytes ends too early");
      }
      int code = bytes.get(end);
      offset = end + ENTRY_HEADER;
      length = bytes.getInt(end + 1);
      if (!Kind.isKnown(code) || length < 0 || length > bytes.capacity() - offset) {
        throw new WireException("a block has an entry of kind " + code + ", length " + length);
      }
      kind = Kind.ALL[code];
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
     * @param what what the value is, for the message of an exception
     * @return the value, possibly {@code null}
     * @throws TaskSerializationException if it cannot be read
     */
    public @Nullable Object value(PayloadCodec codec, String what) {
      try {
        return codec.decode(bytes.array(), offset, length);
      } catch (TaskSerializationException e) {
        throw new TaskSerializationException(what + " " + e.getMessage(), e.getCause());
      }
    }

    /**
     * Decodes the entry, a {@link Kind#FAILURE}.
     *
     * @param codec what decodes it
     * @return the exception
     */
    public Throwable failure(PayloadCodec codec) {
      return codec.decodeFailure(bytes.array(), offset, length);
    }

    /**
     * Describes the entry, a {@link Kind#FAILURE}, without running user code.
     *
     * @param codec what decodes it
     * @return an exception that says what the failure says
     */
    public RemoteTaskException failureInWords(PayloadCodec codec) {
      return codec.decodeFailureInWords(bytes.array(), offset, length);
    }
  }
}
