package io.processpool.core.schedule;

import io.processpool.TaskOptions;
import io.processpool.core.concurrent.Nanos;
import io.processpool.spi.Chunk;
import io.processpool.spi.TaskId;
import io.processpool.wire.Assignment;
import io.processpool.wire.BlockParts;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A chunk on its way from the queue to its end. Very many may wait. Guarded by the scheduler's
 * monitor.
 */
final class QueuedChunk {
  private static final int NONE = -1;
  private static final int MOST_DOUBLINGS = 16;
  private static final long LONGEST_WAIT = Long.MAX_VALUE >> MOST_DOUBLINGS;

  private final Job job;
  private final TaskOptions options;
  private final long id;
  private final Chunk.Function function;
  private final int base;
  private final int count;
  private final byte[] block;
  private final @Nullable Departure departure;
  private @Nullable BlockParts parts;
  private int done;

  /** How many items at its beginning are not needed: they never will be again. */
  private int unneeded;

  private int suspicions;
  private int attempt = 1;
  private boolean recalled;
  private boolean cut;

  QueuedChunk(Job job, TaskOptions options, long id, Chunk.Function function, ItemBlock items) {
    this.job = job;
    this.options = options;
    this.id = id;
    this.function = function;
    this.base = items.base();
    this.count = items.count();
    this.block = items.block();
    this.departure = items.departure();
  }

  Job job() {
    return job;
  }

  /** How its items are to run. */
  TaskOptions options() {
    return options;
  }

  /** The chunk as it goes to a worker, with what that is told of it. */
  Chunk chunk() {
    Assignment assignment = new Assignment(job.taskId(base()), attempt, job.diagnostics());
    return new Chunk(id, function, count, block, assignment.encode());
  }

  long id() {
    return id;
  }

  /** How long its items are, encoded, and the function that goes with them alone. */
  int bytes() {
    long bytes = block.length + (function.id() == 0 ? (long) function.bytes().length : 0);
    return (int) Math.min(Integer.MAX_VALUE, bytes);
  }

  int count() {
    return count;
  }

  /** The index within the job of its first item. */
  int base() {
    return base;
  }

  /** The index within the job of the item with this id, if it is not done; negative if none is. */
  int openItem(TaskId task) {
    TaskId first = job.taskId(base());
    int position = task.item() - first.item();
    boolean isOpen = task.job() == first.job() && position >= done && position < count();
    return isOpen ? base() + position : NONE;
  }

  /** How many of its items are done; they are done in order. */
  int done() {
    return done;
  }

  void advance(int items) {
    done += items;
  }

  /** Whether its job has no more use for it. */
  boolean isCancelled() {
    return job.isComplete();
  }

  /** Whether any of a job's items from one index on are among its own, and not done. */
  boolean holdsAnyOf(Job job, int first, int count) {
    return this.job == job && base() + done < first + count && base() + count() > first;
  }

  /** Its items leave the queue. */
  void leaveQueue() {
    WaitingItems waiting = job.waitingItems();
    if (waiting != null) {
      waiting.remove(base(), count());
    }
  }

  /** Its items are in the queue again. */
  void allWaitAgain() {
    WaitingItems waiting = job.waitingItems();
    if (waiting != null) {
      waiting.add(base(), count());
    }
  }

  /** An item is in the queue again, or about to be. */
  void waitAgain(int position) {
    WaitingItems waiting = job.waitingItems();
    if (waiting != null) {
      waiting.add(base() + position);
    }
  }

  /** Whether an item waits, so that who withdraws it need not ask its worker. */
  boolean waits(int position) {
    WaitingItems waiting = job.waitingItems();
    return waiting == null || waiting.has(base() + position);
  }

  /** Whether an item is to run, should it not have begun. */
  boolean needs(int position) {
    return job.needs(base() + position);
  }

  /** Whether any of its items is to run, should none have begun. */
  boolean needsAny() {
    while (unneeded < count() && !needs(unneeded)) {
      unneeded++;
    }
    return unneeded < count();
  }

  /** Whether all of its items are to run that are not done. */
  boolean needsAll() {
    return job.needsAll(base() + done, count() - done);
  }

  /** Whether all of its items are done. */
  boolean isDone() {
    return done == count();
  }

  boolean isRecalled() {
    return recalled;
  }

  void recall() {
    recalled = true;
  }

  /** Whether its worker was told to give back what has not begun. */
  boolean isCut() {
    return cut;
  }

  void cut() {
    cut = true;
    recalled = true;
  }

  /** How much speaks against it: workers died with it first in line and nothing of it running. */
  int suspicions() {
    return suspicions;
  }

  /** Which attempt this is to run its items, 1 for the first. */
  int attempt() {
    return attempt;
  }

  /** This attempt, by a worker. */
  Attempt attemptBy(WorkerIdentity worker, OptionalLong began) {
    return new Attempt(worker, attempt, began, departure);
  }

  boolean mayBeTriedAgain() {
    return attempt < options.attempts();
  }

  /** Counts a lost attempt. Returns how long to wait before the next. */
  Duration tryAgain() {
    int doublings = Math.min(attempt - 1, MOST_DOUBLINGS);
    attempt++;
    return Duration.ofNanos(Math.min(Nanos.of(options.backoff()), LONGEST_WAIT) << doublings);
  }

  /** The items from one position to another as a chunk of their own. */
  QueuedChunk part(long id, int from, int to, int suspicions) {
    byte[] bytes = to - from < count ? bytes(from, to) : block;
    ItemBlock some = new ItemBlock(base + from, to - from, bytes, departure);
    QueuedChunk part = new QueuedChunk(job, options, id, function, some);
    part.suspicions = suspicions;
    part.attempt = attempt;
    return part;
  }

  private byte[] bytes(int from, int to) {
    if (parts == null) {
      parts = new BlockParts(block);
    }
    return parts.part(from, to);
  }
}
