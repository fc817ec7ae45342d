package io.processpool.wire;

import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import org.jspecify.annotations.Nullable;

/**
 * What a worker has measured of the run of one item. Times are in nanoseconds, instants in those of
 * the worker's {@link System#nanoTime}.
 *
 * <p>Most items follow at once on another, and take little time: their figures take a few bytes
 * then. What costs too much to be measured for each of them, is measured for several together, and
 * told with the last of them.
 *
 * @param start when it began
 * @param duration how long it took, in all
 * @param reading how much of that was reading its argument
 * @param writing how much of that was writing its result
 * @param argumentBytes how many bytes its argument had
 * @param resultBytes how many bytes its result has
 * @param failed whether it threw
 * @param usage what it used, with those before it that have no such figure; {@code null} if it is
 *     told with a later item
 */
public record Figures(
    long start,
    long duration,
    long reading,
    long writing,
    int argumentBytes,
    int resultBytes,
    boolean failed,
    @Nullable Usage usage) {
  /** No figures take more bytes. */
  public static final int LONGEST = 128;

  private static final int FOLLOWS = 1;
  private static final int HAS_DETAIL = 2;
  private static final int HAS_USAGE = 4;
  private static final int HAS_FAILED = 8;
  private static final int SAME_SIZES = 16;

  /** Says that the figures are those of a {@linkplain RunFigures run}. */
  static final int OF_RUN = 64;

  /**
   * What a group of items used.
   *
   * @param items how many items there are in it: this one, and those right before it
   * @param duration how long they took together
   * @param cpu how much processor time their thread has used
   * @param allocated how many bytes their thread has allocated
   * @param gc for how long garbage was collected meanwhile
   */
  public record Usage(int items, long duration, long cpu, long allocated, long gc) {

    void writeTo(Output out) {
      out.writeInt(items, true);
      out.writeLong(duration, true);
      out.writeLong(cpu, true);
      out.writeLong(allocated, true);
      out.writeLong(gc, true);
    }

    static Usage read(Input in) {
      return new Usage(
          in.readInt(true),
          in.readLong(true),
          in.readLong(true),
          in.readLong(true),
          in.readLong(true));
    }
  }

  /** When it ended. */
  public long end() {
    return start + duration;
  }

  /**
   * Whether more is known than how long it took: of items that are very short, of a sample only.
   */
  public boolean hasDetail() {
    return reading != 0 || writing != 0;
  }

  /**
   * Writes the figures, and behind them, as the last byte, the length of all that.
   *
   * @param previous those of the item before, if they come right before these; or {@code null}
   */
  void writeTo(Output out, @Nullable Figures previous) {
    int before = out.position();
    int flags = flags(previous);
    out.writeByte(flags);
    if ((flags & FOLLOWS) == 0) {
      out.writeLong(start);
    }
    out.writeLong(duration, true);
    if ((flags & HAS_DETAIL) != 0) {
      out.writeLong(reading, true);
      out.writeLong(writing, true);
    }
    if ((flags & SAME_SIZES) == 0) {
      out.writeInt(argumentBytes, true);
      out.writeInt(resultBytes, true);
    }
    if (usage != null) {
      usage.writeTo(out);
    }
    out.writeByte(out.position() - before + 1);
  }

  private int flags(@Nullable Figures previous) {
    int flags = usage == null ? 0 : HAS_USAGE;
    if (previous != null && start == previous.end()) {
      flags |= FOLLOWS;
    }
    if (previous != null
        && argumentBytes == previous.argumentBytes
        && resultBytes == previous.resultBytes) {
      flags |= SAME_SIZES;
    }
    if (hasDetail()) {
      flags |= HAS_DETAIL;
    }
    return failed ? flags | HAS_FAILED : flags;
  }

  /** Goes through figures in a row. Not safe for use by several threads. */
  public static final class Reader {
    private final Input in;
    private @Nullable Figures previous;
    private RunFigures.@Nullable Reader run;

    /**
     * Creates a reader before the first figures.
     *
     * @param bytes the figures of items that were told together
     */
    public Reader(byte[] bytes) {
      this.in = new Input(bytes);
    }

    /**
     * Reads the next figures.
     *
     * @return the figures
     * @throws WireException if there are none
     */
    public Figures next() throws WireException {
      try {
        Figures next = read();
        previous = next;
        return next;
      } catch (RuntimeException e) {
        throw new WireException("figures of a run cannot be read: " + e);
      }
    }

    private Figures read() {
      if (run != null && run.hasNext()) {
        return run.next();
      }
      int flags = in.readByte();
      if (flags == OF_RUN) {
        run = new RunFigures.Reader(in);
        return run.next();
      }
      Figures before = previous;
      long start = (flags & FOLLOWS) != 0 && before != null ? before.end() : in.readLong();
      long duration = in.readLong(true);
      boolean detailed = (flags & HAS_DETAIL) != 0;
      long reading = detailed ? in.readLong(true) : 0;
      long writing = detailed ? in.readLong(true) : 0;
      boolean sameSizes = (flags & SAME_SIZES) != 0 && before != null;
      int argumentBytes = sameSizes ? before.argumentBytes() : in.readInt(true);
      int resultBytes = sameSizes ? before.resultBytes() : in.readInt(true);
      boolean failed = (flags & HAS_FAILED) != 0;
      Usage usage = (flags & HAS_USAGE) != 0 ? Usage.read(in) : null;
      in.readByte();
      return new Figures(
          start, duration, reading, writing, argumentBytes, resultBytes, failed, usage);
    }
  }
}
