package io.processpool.core.history;

import io.processpool.TaskStatus;
import io.processpool.core.schedule.Attempt;
import io.processpool.wire.Figures;
import io.processpool.wire.WireException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Items that follow on each other and whose outcomes came together, or one that was lost. The
 * figures stay as they came until somebody wants to know. What has become of the items is kept only
 * where it is not success, for the figures tell what the worker made of them, and not what their
 * handle did. Safe for use by several threads.
 */
public final class Run {
  private static final byte[] NONE = {};

  private final Attempt attempt;
  private final int first;
  private final int count;
  private final byte[] figures;
  private final long received;
  private volatile long deserialising;
  private @Nullable TaskStatus @Nullable [] fates;

  /**
   * Creates a run.
   *
   * @param attempt which attempt to run them it was
   * @param first the index within the job of the first of them
   * @param count how many there are
   * @param figures what the worker measured, in a row
   * @param received when their outcomes came, in nanoseconds
   */
  public Run(Attempt attempt, int first, int count, byte[] figures, long received) {
    this.attempt = attempt;
    this.first = first;
    this.count = count;
    this.figures = figures;
    this.received = received;
  }

  /**
   * An item that was lost with its worker, as is known now.
   *
   * @param attempt which attempt to run it it was
   * @param index its index within the job
   * @return the run
   */
  public static Run lost(Attempt attempt, int index) {
    return new Run(attempt, index, 1, NONE, System.nanoTime());
  }

  /**
   * Counts time in which results were read.
   *
   * @param nanos how long it took
   */
  @SuppressWarnings("NonAtomicVolatileUpdate") // by one thread after the other
  public void addDeserialising(long nanos) {
    deserialising += nanos;
  }

  /**
   * Notes what has become of one of its items in the end.
   *
   * @param index its index within the job
   * @param fate what its handle says
   */
  public void became(int index, TaskStatus fate) {
    if (fate != TaskStatus.SUCCEEDED) {
      note(index, fate);
    }
  }

  private synchronized void note(int index, TaskStatus fate) {
    if (fates == null) {
      fates = new TaskStatus[count];
    }
    fates[index - first] = fate;
  }

  /** What is noted to have become of an item; {@code null} if nothing is. */
  synchronized @Nullable TaskStatus fate(int index) {
    return fates == null ? null : fates[index - first];
  }

  /** Whether it was lost with its worker. */
  boolean isLost() {
    return figures.length == 0;
  }

  Attempt attempt() {
    return attempt;
  }

  int first() {
    return first;
  }

  int count() {
    return count;
  }

  long received() {
    return received;
  }

  /** How long it took to read one of its results, on average. */
  long deserialisingEach() {
    return deserialising / count;
  }

  /** A time of the worker's clock, by that of this process. */
  long here(long workerTime) {
    return workerTime + attempt.worker().clockOffset();
  }

  /** What was measured of each item; fewer or none if the worker did not tell, or told nonsense. */
  List<Figures> figures() {
    List<Figures> all = new ArrayList<>(figures.length == 0 ? 0 : count);
    Figures.Reader reader = new Figures.Reader(figures);
    try {
      while (figures.length > 0 && all.size() < count) {
        all.add(reader.next());
      }
    } catch (WireException e) {
      // The rest is not known.
    }
    return all;
  }
}
