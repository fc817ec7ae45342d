package io.processpool.core.schedule;

import io.processpool.PoolException;
import io.processpool.WorkerLoss;
import io.processpool.spi.PrintedLine;
import io.processpool.spi.TaskId;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What chunks belong to: a submission and its handle. The scheduler tells it what becomes of its
 * items, by the collector, and each item once.
 */
public interface Job {

  /**
   * Its number within its pool. May be called by any thread.
   *
   * @return the number, which no other job has
   */
  default long number() {
    return taskId(0).job();
  }

  /**
   * The id of one of its items. May be called by any thread.
   *
   * @param index the item's index within the job
   * @return the id
   */
  TaskId taskId(int index);

  /**
   * The diagnostic context of the thread that submitted it. May be called by any thread.
   *
   * @return its entries
   */
  Map<String, String> diagnostics();

  /**
   * Items are done.
   *
   * @param delivery their outcomes
   */
  void outcomes(Delivery delivery);

  /**
   * The worker that ran an item is lost, and the item is to run again, unless the job does not need
   * it any more.
   *
   * @param index the item's index within the job
   * @param attempt which attempt it was
   * @param loss how
   */
  void lostAttempt(int index, Attempt attempt, WorkerLoss loss);

  /**
   * The worker that ran an item is lost, and the item is given up.
   *
   * @param index the item's index within the job
   * @param attempt which attempt it was
   * @param loss how
   */
  void lost(int index, Attempt attempt, WorkerLoss loss);

  /**
   * The worker that ran an item was killed, for the item took too long.
   *
   * @param index the item's index within the job
   * @param attempt which attempt it was
   * @param limit how long it was allowed to take
   * @param threadDump what its worker did; empty if that is not known
   */
  void timedOut(int index, Attempt attempt, Duration limit, String threadDump);

  /** The pool is about to end: what can be learned of the items that run is to be noted now. */
  default void noteRunning() {}

  /**
   * The pool has ended; what is not complete never will be.
   *
   * @param cause how
   */
  void end(PoolException cause);

  /**
   * Tells whether what the items print is kept. May be called by any thread.
   *
   * @return whether {@link #printed} is to be called
   */
  default boolean keepsOutput() {
    return false;
  }

  /**
   * An item has printed a line. May be called by any thread, which has results to deliver: it must
   * not wait.
   *
   * @param index the item's index within the job
   * @param line the line
   */
  default void printed(int index, PrintedLine line) {}

  /**
   * Tells whether the job needs nothing more: what is queued of it need not run. Called with the
   * scheduler's monitor held, it must not wait.
   *
   * @return whether it is complete
   */
  boolean isComplete();

  /**
   * Tells whether an item is to run that has not begun. Called with the scheduler's monitor held,
   * it must not wait.
   *
   * @param index the item's index within the job
   * @return {@code false} if the item was withdrawn; it stays so
   */
  default boolean needs(int index) {
    return !isComplete();
  }

  /**
   * Tells whether each of some items is to run that has not begun. Called like {@link #needs}.
   *
   * @param first the index within the job of the first of them
   * @param count how many there are
   * @return {@code false} if one of them was withdrawn
   */
  default boolean needsAll(int first, int count) {
    int end = first + count;
    for (int index = first; index != end; index++) { // an endless imap counts beyond the largest
      if (!needs(index)) {
        return false;
      }
    }
    return true;
  }

  /**
   * An item that the job does not need any more had not begun, and never will.
   *
   * @param index the item's index within the job
   */
  default void withdrawn(int index) {}

  /** No more input is pulled: the pool's end is waited for. Most jobs have all their input. */
  default void stopPulling() {}

  /**
   * Where the scheduler notes which items wait, with its monitor held.
   *
   * @return the job's own, the same each time; {@code null} for one that withdraws no items but all
   *     at once, by being complete
   */
  default @Nullable WaitingItems waitingItems() {
    return null;
  }

  /**
   * How many items it may have that have not begun, as far as can be told without waiting.
   *
   * @return the number; not less than it has
   */
  default int size() {
    return 1;
  }
}
