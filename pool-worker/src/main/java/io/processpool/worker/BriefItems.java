package io.processpool.worker;

import io.processpool.wire.Assignment;
import io.processpool.wire.Block;
import io.processpool.wire.Figures;
import io.processpool.wire.PayloadCodec;
import io.processpool.wire.Recorder;
import io.processpool.wire.TaskFunction;
import io.processpool.wire.kryo.PlainNumbers;
import org.jspecify.annotations.Nullable;

/**
 * Runs items that make numbers of numbers and take less than {@value #BRIEF_NANOS} ns each: hardly
 * more than it takes to look at the clock, or to write an outcome of its own.
 *
 * <p>What is promised of any item holds for them. Each is noted before it runs, and its outcome is
 * in the recorder from then on when the next one is noted. Whoever hinders, interrupts or disowns
 * items finds each by itself. Outcomes are sent while a later item goes on for long. What is shared
 * is the look at the clock, by up to {@value #LARGEST_GROUP} items, and the entry of their
 * outcomes, by as many as the recorder has room for.
 *
 * <p>An item that fails, or has another result, ends that; so does a group that took longer. How
 * long items take is found out by groups that grow from one item on, so that few of those that take
 * longer are timed together with others.
 *
 * <p>For the thread that runs items.
 */
final class BriefItems {
  private static final int BRIEF_NANOS = 500;
  private static final int LARGEST_GROUP = 16;

  /** What an item takes that is run by itself, if it is likely to be brief. */
  private static final int NEARLY_BRIEF_NANOS = 1_000;

  private final ChunkRunner runner;
  private final ItemGuard guard;
  private final Workplace workplace;
  private final Recorder recorder;
  private final OutcomeBuffer outcomes;
  private final RunMeter meter;
  private final PayloadCodec codec;
  private final Block.Writer scratch;

  /** The kind of the results; 0 if the next items are not to be run here. */
  private int kind;

  private int groupSize;

  /** The item that runs, or is about to. */
  private int item;

  private int groupStart;
  private boolean isOdd;
  private boolean hasFailed;
  private boolean hasBegun;

  /** Creates a runner of such items for a runner of all, with what that uses. */
  BriefItems(
      ChunkRunner runner,
      ItemGuard guard,
      Workplace workplace,
      OutcomeBuffer outcomes,
      RunMeter meter,
      PayloadCodec codec,
      Block.Writer scratch) {
    this.runner = runner;
    this.guard = guard;
    this.workplace = workplace;
    this.recorder = workplace.recorder();
    this.outcomes = outcomes;
    this.meter = meter;
    this.codec = codec;
    this.scratch = scratch;
  }

  /** A chunk begins. */
  void beginChunk() {
    kind = 0;
  }

  /** An item was run by itself and measured; it has this result, or none if it failed. */
  void ranOther(@Nullable Object result) {
    kind = meter.isWithin(NEARLY_BRIEF_NANOS) ? PlainNumbers.kind(result) : 0;
    groupSize = 1;
  }

  /** Whether the items after that at which a reader is, are to be run here. */
  boolean areNext(Block.Reader items) {
    return kind != 0 && items.runLength() > 1;
  }

  /**
   * Runs items, the first of which has begun. Returns the position of the one that is next.
   *
   * @param items where to read them, before the first one
   * @param count how many items the chunk has
   */
  int run(Assignment assignment, TaskFunction task, Block.Reader items, int first, int count) {
    long start = meter.start();
    int room = outcomes.beginRun(kind, items.length(), start);
    int end = first + Math.min(room, items.runLength() - 1);
    item = first;
    groupStart = first;
    isOdd = false;
    hasFailed = false;
    hasBegun = true;
    runToTheEnd(assignment, task, items, first, end);
    guard.leave(isOdd || !hasBegun ? item : item - 1);
    recorder.endRun(item);
    endLastGroup(item == count);
    long ended = meter.start();
    Figures odd = isOdd ? figuresOfOdd(items, item + 1 == count) : null;
    boolean mayHaveWaited = outcomes.endRun(item - first, ended - start, ended);
    if (odd != null) {
      mayHaveWaited |= outcomes.add(scratch, odd);
      item++;
      kind = 0;
    }
    if (mayHaveWaited) {
      meter.restart(); // sending is not the next one's time
    }
    return item;
  }

  private Figures figuresOfOdd(Block.Reader items, boolean last) {
    meter.begin(); // no more is known than when it began
    return meter.end(items.length(), scratch.lastLength(), hasFailed, last);
  }

  /** Until there are no more, or the next one cannot be run here, or not yet. */
  private void runToTheEnd(
      Assignment assignment, TaskFunction task, Block.Reader items, int first, int end) {
    int groupEnd = Math.min(first + groupSize, end);
    while (true) {
      runItem(task, items, item - first);
      workplace.betweenItems().run();
      if (isOdd) {
        return;
      }
      item++;
      boolean isStale = outcomes.runIsStale();
      if (item == groupEnd || isStale) {
        if (item == end || !endGroup() || isStale) {
          return;
        }
        groupEnd = Math.min(item + groupSize, end);
      }
      workplace.diagnostics().begin(assignment, item);
      recorder.runningNext(item);
      guard.pass(item - 1, item);
      if (runner.isHindered()) {
        hasBegun = false;
        return;
      }
    }
  }

  /** Puts the result where it belongs, or writes it if it does not belong there. */
  private void runItem(TaskFunction task, Block.Reader items, int place) {
    try {
      items.next();
      Object result = task.call(items.number());
      if (!put(place, result)) {
        isOdd = true;
        scratch.addValue(result, codec, "result");
      }
    } catch (Throwable e) {
      isOdd = true;
      hasFailed = true;
      scratch.addFailure(e, codec);
    }
  }

  private boolean put(int place, @Nullable Object result) {
    if (result == null || PlainNumbers.kind(result) != kind) {
      return false;
    }
    if (result instanceof Integer number) {
      recorder.putInt(place, number);
    } else {
      recorder.putLong(place, PlainNumbers.bits(result));
    }
    return true;
  }

  /** Returns whether more items may follow. */
  private boolean endGroup() {
    meter.endGroup(item - groupStart);
    note(null);
    if (!meter.isWithin(BRIEF_NANOS)) {
      kind = 0;
    }
    groupSize = Math.min(2 * groupSize, LARGEST_GROUP);
    recorder.began(meter.start());
    return kind != 0 && !outcomes.runFigures().isFull();
  }

  private void note(Figures.@Nullable Usage usage) {
    outcomes.runFigures().add(item, meter.start(), usage);
    groupStart = item;
  }

  /**
   * What has run since the last look at the clock, of which an item that is not of the run is one.
   */
  private void endLastGroup(boolean last) {
    int some = item - groupStart;
    if (some > 0 && isOdd) {
      // those before it were sent while it ran: then it is what took so long
      meter.endGroupBefore(some, outcomes.runIsStale());
      note(null);
    } else if (some > 0) {
      meter.endGroup(some);
      // what is told with an item must not be told before it, as all may be if the next one is
      // noted
      note(hasBegun ? meter.usageUntilNow(last) : null);
      if (!meter.isWithin(BRIEF_NANOS)) {
        kind = 0;
      }
    }
  }
}
