package io.processpool.wire;

import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a worker has measured of items whose outcomes are a run. They are too short to look at the
 * clock for each: a few are timed together, and have an equal share of their time.
 *
 * <p>By one thread, that which runs the items.
 */
public final class RunFigures {
  /** Figures of so many groups take no more than {@link #LONGEST} bytes. */
  public static final int MOST_GROUPS = 1024;

  /** No figures take more bytes. */
  static final int LONGEST = 16 * 1024;

  private final int[] ends = new int[MOST_GROUPS];
  private final long[] times = new long[MOST_GROUPS];
  private final Figures.@Nullable Usage[] usages = new Figures.Usage[MOST_GROUPS];
  private int first;
  private long start;
  private int argumentBytes;
  private int resultBytes;
  private int groups;

  /** Creates figures of nothing. */
  public RunFigures() {}

  /**
   * Begins a run.
   *
   * @param first the position of its first item
   * @param start when that begins
   * @param argumentBytes how many bytes each argument has
   * @param resultBytes how many bytes each result has
   */
  public void begin(int first, long start, int argumentBytes, int resultBytes) {
    Arrays.fill(usages, 0, groups, null);
    this.first = first;
    this.start = start;
    this.argumentBytes = argumentBytes;
    this.resultBytes = resultBytes;
    groups = 0;
  }

  /**
   * Adds a group.
   *
   * @param end the position behind its last item
   * @param time when that ended
   * @param usage what it used, with those before it that have no such figure; or {@code null}
   */
  public void add(int end, long time, Figures.@Nullable Usage usage) {
    ends[groups] = end;
    times[groups] = time;
    usages[groups] = usage;
    groups++;
  }

  /**
   * Tells whether no more groups can be added.
   *
   * @return whether it is full
   */
  public boolean isFull() {
    return groups == MOST_GROUPS;
  }

  /**
   * Writes what is known of the items from one on, which began at some time if others did before.
   */
  void writeTo(Output out, int from, long since) {
    int group = 0;
    while (group < groups && ends[group] <= from) {
      group++;
    }
    int begin = Math.max(from, first);
    long time = from > first ? since : start;
    writeHead(out, time, argumentBytes, resultBytes, groups - group);
    for (; group < groups; group++) {
      write(out, ends[group] - begin, times[group] - time, usages[group]);
      begin = ends[group];
      time = Math.max(time, times[group]);
    }
  }

  private static void writeHead(
      Output out, long start, int argumentBytes, int resultBytes, int groups) {
    out.writeByte(Figures.OF_RUN);
    out.writeLong(start);
    out.writeInt(argumentBytes, true);
    out.writeInt(resultBytes, true);
    out.writeInt(groups, true);
  }

  private static void write(Output out, int items, long duration, Figures.@Nullable Usage usage) {
    out.writeInt(items << 1 | (usage == null ? 0 : 1), true);
    out.writeLong(Math.max(0, duration), true);
    if (usage != null) {
      usage.writeTo(out);
    }
  }

  /** Writes the figures of items of which it is only known when they began and ended, together. */
  static void write(Output out, int items, long start, long end, int bytes) {
    writeHead(out, start, bytes, bytes, 1);
    write(out, items, end - start, null);
  }

  /** Goes through the figures of the items of one run. */
  static final class Reader {
    private final Input in;
    private final int argumentBytes;
    private final int resultBytes;
    private long start;
    private int groupsLeft;
    private int items;
    private int item;
    private long duration;
    private Figures.@Nullable Usage usage;

    Reader(Input in) {
      this.in = in;
      this.start = in.readLong();
      this.argumentBytes = in.readInt(true);
      this.resultBytes = in.readInt(true);
      this.groupsLeft = in.readInt(true);
    }

    boolean hasNext() {
      return item < items || groupsLeft > 0;
    }

    Figures next() {
      if (item == items) {
        nextGroup();
      }
      long from = share(item);
      item++;
      long to = share(item);
      return new Figures(
          start + from,
          to - from,
          0,
          0,
          argumentBytes,
          resultBytes,
          false,
          item == items ? usage : null);
    }

    /** How long that part of the group took, taking all items to be the same. */
    private long share(int some) {
      return (long) ((double) duration * some / items);
    }

    private void nextGroup() {
      if (groupsLeft <= 0) {
        throw new IllegalStateException("a run has no more groups");
      }
      groupsLeft--;
      start += duration;
      int head = in.readInt(true);
      items = head >>> 1;
      item = 0;
      duration = in.readLong(true);
      usage = (head & 1) == 0 ? null : Figures.Usage.read(in);
      if (items == 0 || duration < 0) {
        throw new IllegalStateException("a group of " + items + " items took " + duration + " ns");
      }
    }
  }
}
