package io.processpool.core.schedule;

import io.processpool.spi.Slot;
import io.processpool.spi.SlotProcess;
import io.processpool.spi.TaskId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A worker and the chunks that it holds, in order. Guarded by the scheduler's monitor. */
final class Worker {
  /** One chunk to run and one to be there when it is done, however large. */
  private static final int LEAST_CREDIT = 2;

  private static final int MOST_CREDIT = 128;

  /** For about so long a worker is to have enough to do, as far as can be known. */
  private static final long AHEAD_NANOS = 1_000_000;

  private static final long MOST_BYTES_AHEAD = 256 * 1024;

  /** With how much weight the last chunk's time counts for the next. */
  private static final int SMOOTHING = 8;

  private final Map<Long, QueuedChunk> held = new LinkedHashMap<>();
  private WorkerState state = WorkerState.STARTING;
  private final int number;
  private @Nullable WorkerIdentity identity;
  private volatile @Nullable Slot slot;
  private final Clock clock;
  private final Team team;
  private final Runnable afterKill;
  private final RunWatch watch;
  private final Map<Long, Interruption> interruptions = new HashMap<>();
  private long readySince;
  private int itemsLeft;
  private long busySince;
  private long idleSince;
  private boolean busyForLong;

  /**
   * How long a chunk takes here that has a processor for itself, in nanoseconds, with more weight
   * for the last ones. Of those that are told of together the first has the time of all.
   */
  private long typicalRun = AHEAD_NANOS;

  /** How long the chunks are that it holds, with what else was sent for them. */
  private long bytesHeld;

  /** How many of the chunks that it holds it was told to give back. */
  private int recalled;

  /** Whether it is being given more until it has enough. */
  private boolean filling = true;

  private boolean hasRun;
  private String closedBecause = "";
  private @Nullable Verdict verdict;

  /** Those that it works with. */
  interface Team {

    /** How many of them have something to run and share a processor, at least 1. */
    int takingTurns();
  }

  /**
   * Creates a worker that is about to be started.
   *
   * @param number its number within the pool
   * @param itemsAllowed how many items it may run before it is replaced
   * @param clock runs what is due with the scheduler's monitor held
   * @param team those that it works with
   * @param afterKill called when the worker is being killed for what it runs
   */
  Worker(int number, int itemsAllowed, Clock clock, Team team, Runnable afterKill) {
    this.number = number;
    this.itemsLeft = itemsAllowed;
    this.clock = clock;
    this.team = team;
    this.afterKill = afterKill;
    this.watch = new RunWatch(this, clock, afterKill);
    this.readySince = clock.nanoTime();
    this.idleSince = readySince;
  }

  void become(WorkerState next) {
    if (!state.canBecome(next)) {
      throw new IllegalStateException("A worker that is " + state + " cannot become " + next);
    }
    state = next;
    if (next == WorkerState.READY) {
      readySince = clock.nanoTime();
      idleSince = readySince;
    }
  }

  boolean is(WorkerState expected) {
    return state == expected;
  }

  int number() {
    return number;
  }

  /** Notes where it runs. */
  void identify(SlotProcess process) {
    identity = new WorkerIdentity(number, process.pid(), process.clockOffset());
  }

  /** Who it is; without its process as long as that is not known. */
  WorkerIdentity identity() {
    return identity == null ? new WorkerIdentity(number, 0, 0) : identity;
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

  /** Has it end once it has run what it is running. */
  void retire(String reason) {
    recallWaiting();
    close(Slot.Close.DRAIN, reason);
  }

  /** Closes it at once, for what it runs. */
  void kill(Verdict why) {
    verdict = why;
    close(Slot.Close.NOW, "a task took too long");
  }

  /** Closes the slot for a reason of its own, which counts if it is the first. */
  void close(Slot.Close mode, String reason) {
    if (closedBecause.isEmpty()) {
      closedBecause = reason;
    }
    close(mode);
  }

  /** Why it was closed before the pool is; empty if it was not. */
  String closedBecause() {
    return closedBecause;
  }

  /** Why it was killed before its time; {@code null} if it was not. */
  @Nullable Verdict verdict() {
    return verdict;
  }

  boolean canBeKilled() {
    return state.canBecome(WorkerState.STOPPING);
  }

  /** What can be expected of it, as far as time does not tell. */
  Standing standing() {
    return switch (state) {
      case STARTING -> Standing.STARTING;
      case READY -> whenReady();
      case RETIRING -> held.isEmpty() ? Standing.LEAVING : Standing.BUSY;
      case STOPPING, GONE -> Standing.LEAVING;
    };
  }

  private Standing whenReady() {
    if (held.isEmpty()) {
      return itemsLeft > 0 ? Standing.IDLE : Standing.SPENT;
    }
    boolean isOpen = itemsLeft > 0 && !busyForLong && hasRoomFor(0) && !isHeadRecalled();
    return isOpen ? Standing.OPEN : Standing.BUSY;
  }

  private boolean isHeadRecalled() {
    QueuedChunk head = head();
    return head != null && head.isRecalled();
  }

  /** Whether a chunk whose turn it was has left it. */
  boolean hasRun() {
    return hasRun;
  }

  /** How long it has been ready, or has been starting, in nanoseconds. */
  long age(long now) {
    return now - readySince;
  }

  /** For how long it has had nothing to do, if it is idle, in nanoseconds. */
  long idleTime(long now) {
    return now - idleSince;
  }

  int load() {
    return held.size();
  }

  int itemsLeft() {
    return itemsLeft;
  }

  /** Whether to give one that is open a chunk ahead of time: if what it runs is short so far. */
  boolean canTakeAhead(long now, long longRun, int bytes) {
    return hasRoomFor(bytes) && now - busySince < longRun;
  }

  private boolean hasRoomFor(int bytes) {
    return held.size() < LEAST_CREDIT || (filling && bytesHeld + bytes <= MOST_BYTES_AHEAD);
  }

  /**
   * Looks whether it should have more to do. Once it has enough, it is given more when half of that
   * is done, so that short chunks come and go together.
   */
  private void noteLoad() {
    int credit = credit();
    if (held.size() <= credit / 2) {
      filling = true;
    } else if (held.size() >= credit) {
      filling = false;
    }
  }

  private int credit() {
    long runs = AHEAD_NANOS / Math.max(1, typicalRun);
    return (int) Math.max(LEAST_CREDIT, Math.min(runs, MOST_CREDIT));
  }

  /** Whether something waits here that could be taken back, and nothing is on its way already. */
  boolean canGiveAway() {
    return held.size() > 1 && recalled == 0 && standing().isWorking();
  }

  /**
   * For how long it has work before that which waits here last, in nanoseconds, had it a processor
   * for itself: what has run for long is expected to go on for as long again.
   */
  long backlog(long now) {
    return Math.max(alone(now - busySince), typicalRun) + (held.size() - 2) * typicalRun;
  }

  /** How long something would take if no others took turns with it. */
  private long alone(long nanos) {
    return nanos / team.takingTurns();
  }

  /** Takes back half of what waits, that which would run last. */
  void recallHalf() {
    for (QueuedChunk chunk : lastFirst().subList(0, held.size() / 2)) {
      recall(chunk);
    }
  }

  /** Gives it a chunk, which may wait to leave until {@link #flush}. */
  void take(QueuedChunk chunk) {
    if (held.isEmpty()) {
      busySince = clock.nanoTime();
    }
    held.put(chunk.id(), chunk);
    noteLoad();
    chunk.leaveQueue();
    itemsLeft -= chunk.count();
    bytesHeld += chunk.bytes();
    watch.wake();
    if (slot != null) {
      slot.submit(chunk.chunk()); // last: then an error means that the slot has it not
    }
  }

  /** Takes out a chunk that its slot has not. */
  void drop(QueuedChunk chunk) {
    if (held.remove(chunk.id()) != null) {
      itemsLeft += chunk.count();
      bytesHeld = Math.max(0, bytesHeld - chunk.bytes());
    }
  }

  /**
   * Has leave what it was given. May be called without the scheduler's monitor.
   *
   * @param here whether this thread may see to it, which has no monitor then
   */
  void flush(boolean here) {
    Slot flushed = slot;
    if (flushed != null) {
      flushed.flush(here);
    }
  }

  @Nullable QueuedChunk holding(long chunkId) {
    return held.get(chunkId);
  }

  /** The chunk that is running, or is next; {@code null} if there is none. */
  @Nullable QueuedChunk head() {
    return held.isEmpty() ? null : held.values().iterator().next();
  }

  void leave(long chunkId) {
    idleSince = clock.nanoTime();
    QueuedChunk head = head();
    if (head != null && head.id() == chunkId) {
      typicalRun += (alone(idleSince - busySince) - typicalRun) / SMOOTHING;
      busySince = idleSince; // the next one begins
      busyForLong = false;
      hasRun = true;
    }
    QueuedChunk left = held.remove(chunkId);
    if (left != null) {
      bytesHeld -= left.bytes();
      recalled -= left.isRecalled() ? 1 : 0;
      noteLoad();
    }
    interruptions.remove(chunkId);
    watch.wake();
  }

  List<QueuedChunk> leaveAll() {
    List<QueuedChunk> chunks = new ArrayList<>(held.values());
    held.clear();
    bytesHeld = 0;
    recalled = 0;
    interruptions.clear();
    return chunks;
  }

  void giveBack(int items) {
    itemsLeft += items;
  }

  /**
   * Whether something waits behind a chunk that has been running for so long, or been made ready
   * to. One of which nothing is known may only wait for its worker's turn.
   */
  boolean runsForLong(long now, long longRun) {
    return held.size() > 1 && now - busySince >= longRun && running().isPresent();
  }

  /** Takes back what waits behind the chunk that runs, and lets nothing more wait there. */
  void recallWaiting() {
    busyForLong = true;
    boolean first = true;
    for (QueuedChunk chunk : held.values()) {
      if (!first) {
        recall(chunk);
      }
      first = false;
    }
  }

  private void recall(QueuedChunk chunk) {
    if (!chunk.isRecalled() && slot != null) {
      recalled++;
      chunk.recall();
      slot.cancel(chunk.id(), Slot.Cancel.IF_NOT_STARTED);
    }
  }

  /**
   * Cancels what it holds of a job, that which waits before that which runs, lest the one starts
   * when the other ends. Returns whether there is anything.
   */
  boolean cancel(Job job, Slot.Cancel mode) {
    boolean any = false;
    for (QueuedChunk chunk : lastFirst()) {
      if (chunk.job() == job && slot != null) {
        slot.cancel(chunk.id(), mode);
        any = true;
      }
    }
    return any;
  }

  private List<QueuedChunk> lastFirst() {
    List<QueuedChunk> lastFirst = new ArrayList<>(held.values());
    Collections.reverse(lastFirst);
    return lastFirst;
  }

  /**
   * Takes back the chunks among whose items there are such that are not needed any more, that which
   * waits before that which runs. Of the one that runs the rest comes back.
   */
  void takeBack(Job job, int first, int count) {
    for (QueuedChunk chunk : lastFirst()) {
      boolean concerned = !chunk.isCut() && chunk.holdsAnyOf(job, first, count);
      if (concerned && !chunk.needsAll() && slot != null) {
        recalled += chunk.isRecalled() ? 0 : 1;
        chunk.cut();
        slot.cancel(chunk.id(), Slot.Cancel.NOT_STARTED_ITEMS);
      }
    }
  }

  /** The chunk with an item of a job that is not done; {@code null} if it does not hold it. */
  @Nullable QueuedChunk holding(Job job, int index) {
    for (QueuedChunk chunk : held.values()) {
      if (chunk.holdsAnyOf(job, index, 1)) {
        return chunk;
      }
    }
    return null;
  }

  /** The position of the item that is running, or about to, if it is one of a chunk. */
  Optional<Integer> positionIn(QueuedChunk chunk) {
    return running().filter(item -> item.chunkId() == chunk.id()).map(Slot.Running::item);
  }

  /** Whether a chunk of a job is the one that it runs, or is about to. */
  boolean isAt(Job job) {
    QueuedChunk head = head();
    return head != null && head.job() == job;
  }

  boolean holdsAnyOf(Job job) {
    return held.values().stream().anyMatch(chunk -> chunk.job() == job);
  }

  /** An item that it holds and whose outcome is not known yet. */
  Optional<LineSink.Origin> heldItem(TaskId task) {
    for (QueuedChunk chunk : held.values()) {
      int index = chunk.openItem(task);
      if (index >= 0) {
        return Optional.of(new LineSink.Origin(chunk.job(), index));
      }
    }
    return Optional.empty();
  }

  Optional<Slot.Running> running() {
    return slot == null ? Optional.empty() : slot.running();
  }

  Optional<Slot.Activity> activity() {
    return slot == null ? Optional.empty() : slot.activity();
  }

  void interrupt(Slot.Running item) {
    if (slot != null) {
      slot.interrupt(item);
    }
  }

  /** Has an item see, if it runs, that nobody waits for it any more. */
  void disown(QueuedChunk chunk, int position) {
    if (slot != null) {
      slot.disown(new Slot.Running(chunk.id(), position));
    }
  }

  /** Interrupts an item, if it runs, that nobody waits for any more. */
  void interrupt(QueuedChunk chunk, int position) {
    interrupt(new Slot.Running(chunk.id(), position));
  }

  /** Is to be killed if an item still runs after a time. */
  void limit(QueuedChunk chunk, int position, Duration grace) {
    interruptions
        .computeIfAbsent(chunk.id(), id -> new Interruption(this, chunk, clock, afterKill))
        .add(position, grace);
  }

  void suspend(Consumer<String> whenSuspended) {
    if (slot != null) {
      slot.suspend(whenSuspended);
    }
  }

  void resume() {
    if (slot != null) {
      slot.resume();
    }
  }

  void forget(int functionId) {
    if (slot != null) {
      slot.forget(functionId);
    }
  }
}
