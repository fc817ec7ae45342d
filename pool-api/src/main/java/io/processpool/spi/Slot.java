package io.processpool.spi;

import io.processpool.TaskProgress;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One place where chunks run, one item at a time, in the order in which they were submitted. No
 * method waits, but for {@code flush(true)}; each may be called by any thread, and does nothing
 * once the slot is gone.
 */
public interface Slot {

  /** How a chunk is cancelled. */
  enum Cancel {
    /** Only if it has not started: it comes back with all its items unstarted. */
    IF_NOT_STARTED,
    /** Its items that have not started never do. What runs goes on, and its result is wanted. */
    NOT_STARTED_ITEMS,
    /** Nothing of it is wanted: what runs can see that, and what has not started never does. */
    ALL_ITEMS,
    /** Nothing of it is wanted, and the running item's thread is interrupted. */
    INTERRUPT
  }

  /**
   * An item that runs, or is about to.
   *
   * @param chunkId its chunk
   * @param item its position within the chunk
   * @param begun whether it runs; if not, then what it needs is being prepared
   */
  record Running(long chunkId, int item, boolean begun) {

    /**
     * An item that runs.
     *
     * @param chunkId its chunk
     * @param item its position within the chunk
     */
    public Running(long chunkId, int item) {
      this(chunkId, item, true);
    }
  }

  /**
   * What a slot is doing.
   *
   * @param item the item that runs, or is about to
   * @param since since when it runs, as {@link System#nanoTime} tells it there
   * @param progress how far it says that it has come; empty if it says nothing
   */
  record Activity(Running item, long since, Optional<TaskProgress> progress) {}

  /** How a slot is closed. */
  enum Close {
    /** After the chunks that it holds. */
    DRAIN,
    /** At once, killing what runs. */
    NOW
  }

  /**
   * Has a chunk run. It may wait for others to leave together with it, until {@link #flush}.
   *
   * @param chunk the chunk
   */
  void submit(Chunk chunk);

  /**
   * Has what was submitted leave.
   *
   * @param here whether this thread itself may see to it, if that takes no longer than to have
   *     another one do so, as far as can be known; it has no monitor then that others wait for
   */
  void flush(boolean here);

  /**
   * Cancels a chunk, if it has not left the slot. It does all the same, with its last outcome or
   * with {@link SlotListener#returned}.
   *
   * @param chunkId the chunk
   * @param mode what to do with it
   */
  void cancel(long chunkId, Cancel mode);

  /**
   * What is running, or is about to.
   *
   * @return the item, as of a moment ago; empty if there is none
   */
  Optional<Running> running();

  /**
   * What is running, and more of it than {@link #running} tells.
   *
   * @return what it is doing, as of a moment ago; empty if nothing is running
   */
  Optional<Activity> activity();

  /**
   * Interrupts the thread of an item, if that item is running: never that of another. Its result is
   * still wanted.
   *
   * @param item the item
   */
  void interrupt(Running item);

  /**
   * Has an item see that its result is not wanted any more, if that item is running. It goes on.
   *
   * @param item the item
   */
  void disown(Running item);

  /**
   * Has no further item begin until {@link #resume}, and takes a thread dump. What runs goes on.
   *
   * @param whenSuspended given the dump, once it is certain that no item will begin. A slot that
   *     does not answer any more never calls it
   */
  void suspend(Consumer<String> whenSuspended);

  /** Lets items begin again. */
  void resume();

  /**
   * Drops a function that no later chunk will name.
   *
   * @param functionId the function
   */
  void forget(int functionId);

  /**
   * Tells how much is wanted of what a logger logs here. A slot that never tells of any {@linkplain
   * SlotListener#loggerUsed logger} need not do anything.
   *
   * @param logger the name of the logger
   * @param level the lowest level that is wanted; {@code OFF} for nothing
   */
  default void setLevel(String logger, System.Logger.Level level) {}

  /**
   * Closes the slot, which ends with {@link SlotListener#gone}. May be called again to close it
   * more quickly.
   *
   * @param mode how to
   */
  void close(Close mode);
}
