package io.processpool.core.schedule;

import io.processpool.spi.Slot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A worker and the chunks that it holds, in order. Guarded by the scheduler's monitor. */
final class Worker {
  /** One chunk to run and one to be there when it is done. */
  private static final int CREDIT = 2;

  private final Map<Long, QueuedChunk> held = new LinkedHashMap<>();
  private WorkerState state = WorkerState.STARTING;
  private @Nullable Slot slot;
  private int itemsLeft;
  private long busySince;
  private boolean busyForLong;

  /**
   * Creates a worker that is about to be started.
   *
   * @param itemsAllowed how many items it may run before it is replaced
   */
  Worker(int itemsAllowed) {
    this.itemsLeft = itemsAllowed;
  }

  void become(WorkerState next) {
    if (!state.canBecome(next)) {
      throw new IllegalStateException("A worker that is " + state + " cannot become " + next);
    }
    state = next;
  }

  boolean is(WorkerState expected) {
    return state == expected;
  }

  void attach(Slot slot) {
    this.slot = slot;
  }

  /** Closes the slot; nothing if it has gone, or has already been told to close like this. */
  void close(Slot.Close mode) {
    WorkerState next = mode == Slot.Close.NOW ? WorkerState.STOPPING : WorkerState.RETIRING;
    if (state.canBecome(next) && slot != null) {
      become(next);
      slot.close(mode);
    }
  }

  int load() {
    return held.size();
  }

  int itemsLeft() {
    return itemsLeft;
  }

  /** Whether it has run all that it may, and nothing is left of it. */
  boolean isSpent() {
    return itemsLeft == 0 && held.isEmpty();
  }

  boolean isIdle() {
    return state == WorkerState.READY && itemsLeft > 0 && held.isEmpty();
  }

  /** Whether to give it a chunk ahead of time: if what it runs is short, as far as is known. */
  boolean canTakeAhead(long now, long longRun) {
    return state == WorkerState.READY
        && itemsLeft > 0
        && held.size() < CREDIT
        && !busyForLong
        && now - busySince < longRun;
  }

  void take(QueuedChunk chunk, long now) {
    if (held.isEmpty()) {
      busySince = now;
    }
    held.put(chunk.id(), chunk);
    itemsLeft -= chunk.count();
    if (slot != null) {
      slot.submit(chunk.chunk());
    }
  }

  @Nullable QueuedChunk holding(long chunkId) {
    return held.get(chunkId);
  }

  @Nullable QueuedChunk leave(long chunkId, long now) {
    if (!held.isEmpty() && held.keySet().iterator().next() == chunkId) {
      busySince = now; // the next one begins
      busyForLong = false;
    }
    return held.remove(chunkId);
  }

  List<QueuedChunk> leaveAll() {
    List<QueuedChunk> chunks = new ArrayList<>(held.values());
    held.clear();
    return chunks;
  }

  void giveBack(int items) {
    itemsLeft += items;
  }

  /** Whether something waits behind a chunk that has been running for so long. */
  boolean runsForLong(long now, long longRun) {
    return held.size() > 1 && now - busySince >= longRun;
  }

  /** Takes back what waits behind the chunk that runs, and lets nothing more wait there. */
  void recallWaiting() {
    busyForLong = true;
    boolean first = true;
    for (QueuedChunk chunk : held.values()) {
      if (!first && !chunk.isRecalled() && slot != null) {
        chunk.recall();
        slot.cancel(chunk.id(), Slot.Cancel.IF_NOT_STARTED);
      }
      first = false;
    }
  }

  /**
   * Cancels what it holds of a job, that which waits before that which runs, lest the one starts
   * when the other ends. Returns whether there is anything.
   */
  boolean cancel(Job job, Slot.Cancel mode) {
    boolean any = false;
    List<QueuedChunk> lastFirst = new ArrayList<>(held.values());
    Collections.reverse(lastFirst);
    for (QueuedChunk chunk : lastFirst) {
      if (chunk.job() == job && slot != null) {
        slot.cancel(chunk.id(), mode);
        any = true;
      }
    }
    return any;
  }

  boolean holdsAnyOf(Job job) {
    return held.values().stream().anyMatch(chunk -> chunk.job() == job);
  }

  void forget(int functionId) {
    if (slot != null) {
      slot.forget(functionId);
    }
  }
}
