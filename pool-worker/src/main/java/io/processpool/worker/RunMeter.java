package io.processpool.worker;

import io.processpool.wire.Figures;
import org.jspecify.annotations.Nullable;

/**
 * Measures the runs of items, for the thread that runs them.
 *
 * <p>It must not be seen in how fast short items run. So the end of one item is the beginning of
 * the next; how long reading and writing take is measured only where items are not that short, as
 * far as that is known from the one before, or for one in {@value #SAMPLE}; and what is costly to
 * ask for, is asked for after {@value #GROUP_NANOS} ns, or the end of a chunk, for all items since
 * the last time. What is left for the end of a chunk is taken to have used the processor all the
 * time if it took less than {@value #BRIEF_NANOS} ns. Items that take less than the look at the
 * clock is worth end in groups: see {@link BriefItems}.
 */
final class RunMeter {
  private static final long GROUP_NANOS = 100_000;
  private static final long BRIEF_NANOS = 20_000;
  private static final long SHORT_NANOS = 5_000;
  private static final int SAMPLE = 64;

  private final Usages usages = new Usages();
  private long start;
  private long read;
  private long called;
  private boolean detailed;
  private int groupItems;
  private long groupDuration;
  private Usages.@Nullable Reading groupStart;
  private long items;
  private long lastDuration;

  /** A chunk begins. */
  void beginChunk() {
    detailed = true;
    groupItems = 0;
    groupDuration = 0;
    groupStart = usages.after(0);
    restart();
  }

  /** A chunk has ended, and its outcomes are sent or wait for those of the next one. */
  void endChunk() {
    usages.rest();
  }

  /** What was before does not count for the next item. */
  void restart() {
    start = System.nanoTime();
  }

  /** When the next item begins, or the last one began. */
  long start() {
    return start;
  }

  /** An item begins. */
  void begin() {
    read = start;
    called = 0;
  }

  /** Its argument is read. */
  void isRead() {
    if (detailed) {
      read = System.nanoTime();
    }
  }

  /** Its function has returned. */
  void isCalled() {
    if (detailed) {
      called = System.nanoTime();
    }
  }

  /** It has ended. Returns what was measured, for the last item of a chunk without loose ends. */
  Figures end(int argumentBytes, int resultBytes, boolean failed, boolean last) {
    long began = start;
    long end = System.nanoTime();
    long duration = end - began;
    lastDuration = duration;
    groupItems++;
    groupDuration += duration;
    long reading = read - began;
    long writing = called == 0 ? 0 : end - called;
    items++;
    Figures.Usage usage = last || groupDuration >= GROUP_NANOS ? usage(end) : null;
    detailed = duration >= SHORT_NANOS || items % SAMPLE == 0;
    start = end;
    return new Figures(
        began, duration, reading, writing, argumentBytes, resultBytes, failed, usage);
  }

  /** Whether the last item, or those that ended last together, took so little time each. */
  boolean isWithin(long nanos) {
    return lastDuration < nanos;
  }

  /** Items have ended that follow on each other and were not timed one by one. */
  void endGroup(int some) {
    endGroupAt(System.nanoTime(), some);
  }

  /** What the items used that ended last, if that is to be told, with those before them. */
  Figures.@Nullable Usage usageUntilNow(boolean last) {
    return last || groupDuration >= GROUP_NANOS ? usage(start) : null;
  }

  /**
   * The same, but the item after them has ended too, and is measured by itself: it has its share of
   * the time, or all of it.
   */
  void endGroupBefore(int some, boolean tookAll) {
    long duration = System.nanoTime() - start;
    endGroupAt(tookAll ? start : start + duration / (some + 1) * some, some);
  }

  private void endGroupAt(long end, int some) {
    long duration = end - start;
    lastDuration = duration / some;
    groupItems += some;
    groupDuration += duration;
    items += some;
    start = end;
  }

  private Figures.@Nullable Usage usage(long end) {
    boolean isBrief = groupDuration < BRIEF_NANOS;
    Usages.Reading now = isBrief ? usages.after(groupDuration) : usages.now();
    Usages.Reading before = groupStart;
    long unmeasured = 0;
    if (before == null && now != null) {
      before = usages.first(); // since the middle of this group
      unmeasured = before == null ? 0 : Math.max(0, before.time() - (end - groupDuration));
    }
    Figures.Usage usage =
        now == null || before == null
            ? null
            : new Figures.Usage(
                groupItems,
                groupDuration,
                between(0, unmeasured + now.cpu() - before.cpu(), groupDuration),
                now.allocated() - before.allocated(),
                now.gc() - before.gc());
    groupItems = 0;
    groupDuration = 0;
    groupStart = now;
    return usage;
  }

  private static long between(long least, long value, long most) {
    return Math.max(least, Math.min(value, most));
  }
}
