package io.processpool.worker;

import io.processpool.TaskContext;
import io.processpool.TaskProgress;
import io.processpool.spi.Chunk;
import io.processpool.spi.CurrentTask;
import io.processpool.spi.Slot;
import io.processpool.spi.TaskId;
import io.processpool.wire.Assignment;
import io.processpool.wire.Block;
import io.processpool.wire.Figures;
import io.processpool.wire.Recorder;
import io.processpool.wire.Session;
import io.processpool.wire.TaskFunction;
import io.processpool.wire.WireException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Runs chunks one after the other, item by item, on one thread: that which calls {@link #run}. The
 * other methods are for any thread.
 *
 * <p>The monitor guards which chunk runs and which wait, so that a chunk that is cancelled either
 * has not started or is interrupted, and an interrupt never reaches another chunk. A chunk leaves
 * with the outcome of its last item or with {@link OutcomeSink#returned}, unless all is dropped at
 * the end.
 */
public final class ChunkRunner {
  private static final int NONE = -1;

  private final Session session;
  private final Workplace workplace;
  private final Recorder recorder;
  private final OutcomeBuffer outcomes;
  private final FunctionCache functions;
  private final Block.Writer scratch = new Block.Writer();
  private final RunMeter meter = new RunMeter();
  private final ItemGuard guard = new ItemGuard();
  private final BriefItems briefItems;

  private final Map<Long, Assigned> waiting = new LinkedHashMap<>();
  private final Map<String, Object> state = new ConcurrentHashMap<>();
  private @Nullable Thread runner;
  private long running;
  private @Nullable Assignment assignment;

  /** Whether no further item of the chunk begins. */
  private boolean cut;

  /** Whether nobody waits for anything of the chunk. */
  private boolean unwanted;

  /** The item whose result nobody waits for. */
  private int disowned;

  /** Whether the thread that runs chunks waits for one to be brought. */
  private volatile boolean idle;

  private boolean suspended;
  private boolean draining;

  /** Whether to look under the monitor before the next item begins. */
  private volatile boolean hindered;

  /** What the last item has returned, until it is known what to make of that. */
  private @Nullable Object result;

  /** A chunk, and whose it is. */
  private record Assigned(Chunk chunk, Assignment assignment) {}

  /**
   * Creates a runner without work.
   *
   * @param session how values are encoded
   * @param workplace what is around it
   */
  public ChunkRunner(Session session, Workplace workplace) {
    this.session = session;
    this.workplace = workplace;
    this.recorder = workplace.recorder();
    this.outcomes = new OutcomeBuffer(workplace.outcomes(), recorder);
    this.functions = new FunctionCache(session.codec());
    this.briefItems =
        new BriefItems(this, guard, workplace, outcomes, meter, session.codec(), scratch);
  }

  /**
   * Adds a chunk.
   *
   * @param chunk the chunk
   * @throws WireException if it is here already, or it cannot be told whose it is
   */
  public synchronized void submit(Chunk chunk) throws WireException {
    Assigned assigned = new Assigned(chunk, Assignment.decode(chunk.assignment()));
    if (running == chunk.id() || waiting.putIfAbsent(chunk.id(), assigned) != null) {
      throw new WireException("chunk " + chunk.id() + " came twice");
    }
    notifyAll();
  }

  /**
   * Cancels a chunk, if it is here.
   *
   * @param chunkId the chunk
   * @param mode what to do with it
   */
  public void cancel(long chunkId, Slot.Cancel mode) {
    synchronized (this) {
      if (waiting.remove(chunkId) == null) {
        if (running == chunkId && mode != Slot.Cancel.IF_NOT_STARTED) {
          cut = true;
          unwanted |= mode != Slot.Cancel.NOT_STARTED_ITEMS;
          hindered = true;
          notifyAll();
          if (mode == Slot.Cancel.INTERRUPT && runner != null) {
            runner.interrupt();
          }
        }
        return;
      }
      notifyAll(); // it may have been the last that a suspended runner was to run
    }
    workplace.outcomes().returned(chunkId);
  }

  /**
   * Interrupts an item, if it is the one that runs.
   *
   * @param item the item
   */
  public synchronized void interrupt(Slot.Running item) {
    if (running == item.chunkId() && runner != null) {
      guard.interrupt(item.item(), runner);
    }
  }

  /**
   * Has an item see that nobody waits for it, if it is the one that runs.
   *
   * @param item the item
   */
  public synchronized void disown(Slot.Running item) {
    if (running == item.chunkId() && isCurrent(item)) {
      disowned = item.item();
    }
  }

  /** Has no further item begin, until {@link #resume}. */
  public synchronized void suspend() {
    suspended = true;
    hindered = true;
  }

  /** Has items begin again. */
  public synchronized void resume() {
    suspended = false;
    hindered = cut;
    notifyAll();
  }

  /**
   * Drops a function that is not used again.
   *
   * @param functionId the function
   */
  public void forget(int functionId) {
    functions.forget(functionId);
  }

  /** Whether it waits for work that is brought. */
  boolean isIdle() {
    return idle;
  }

  /** Has it look whether it may fetch work itself. */
  synchronized void wake() {
    notifyAll();
  }

  /** Has {@link #run} return once no chunk is left. */
  public synchronized void drain() {
    draining = true;
    notifyAll();
  }

  /** Drops the chunks that wait and interrupts the one that runs. */
  public synchronized void stop() {
    waiting.clear();
    draining = true;
    cut = true;
    unwanted = true;
    hindered = true;
    if (runner != null) {
      runner.interrupt();
    }
    notifyAll();
  }

  /**
   * The task that runs.
   *
   * @return its context; empty if none runs
   */
  public Optional<TaskContext> currentTask() {
    return currentItem().map(item -> item);
  }

  /** The id of the task that runs; empty if none runs. */
  Optional<TaskId> runningTask() {
    return currentItem().map(ItemContext::id);
  }

  private Optional<ItemContext> currentItem() {
    Slot.Running item = recorder.current().filter(Slot.Running::begun).orElse(null);
    synchronized (this) {
      return item == null || assignment == null || item.chunkId() != running
          ? Optional.empty()
          : Optional.of(new ItemContext(this, item, assignment));
    }
  }

  int workerId() {
    return workplace.workerId();
  }

  /** What the tasks keep for each other. */
  Map<String, Object> state() {
    return state;
  }

  /** Whether an item runs, and somebody waits for its result. */
  boolean isWanted(Slot.Running item) {
    synchronized (this) {
      if (running != item.chunkId() || unwanted || disowned == item.item()) {
        return false;
      }
    }
    return isCurrent(item);
  }

  private boolean isCurrent(Slot.Running item) {
    return recorder.current().filter(item::equals).isPresent();
  }

  /** Takes what an item tells of its progress, unless it is over. */
  synchronized void report(Slot.Running item, TaskProgress progress) {
    if (isCurrent(item)) {
      recorder.report(item, progress);
    }
  }

  /** Sends the outcomes that wait to be sent, before this process ends. */
  public void flush() {
    outcomes.flush();
  }

  /**
   * Runs chunks until there are none left and {@link #drain} or {@link #stop} was called. Whatever
   * user code throws becomes an outcome; should this method throw all the same, the worker is lost.
   */
  public void run() {
    CurrentTask.tellThisThread(this::currentTask);
    try {
      for (Assigned next = await(); next != null; next = await()) {
        Chunk chunk = next.chunk();
        run(chunk, next.assignment());
        leave();
        workplace.diagnostics().end();
        outcomes.end(isNextHere());
        recorder.idle();
        if (outcomes.count() < chunk.count()) {
          outcomes.flush();
          workplace.outcomes().returned(chunk.id());
        }
        meter.endChunk();
        workplace.betweenChunks().run();
      }
    } finally {
      outcomes.close();
    }
  }

  /** The next chunk; {@code null} if there will be none. */
  private @Nullable Assigned await() {
    while (true) {
      if (awaitWorkOrClaim()) {
        workplace.supply().fetch();
        continue;
      }
      Assigned next = take();
      if (next != null || isDone()) {
        return next;
      }
    }
  }

  private synchronized boolean isDone() {
    return draining && waiting.isEmpty();
  }

  /**
   * Waits for a chunk, or the end. Returns whether instead there is now something to be fetched.
   */
  private synchronized boolean awaitWorkOrClaim() {
    while (!isDone() && !isNextHere()) {
      if (workplace.supply().claim()) {
        return true;
      }
      idle = true;
      try {
        wait();
      } catch (InterruptedException e) {
        // A stray one, of a task before; the end is told by drain().
      }
      idle = false;
    }
    return false;
  }

  /** The next chunk, unless it was cancelled meanwhile. */
  private synchronized @Nullable Assigned take() {
    if (!isNextHere()) {
      return null;
    }
    Iterator<Assigned> chunks = waiting.values().iterator();
    Assigned next = chunks.next();
    chunks.remove();
    running = next.chunk().id();
    assignment = next.assignment();
    runner = Thread.currentThread();
    cut = false;
    unwanted = false;
    disowned = NONE;
    hindered = false;
    return next;
  }

  private synchronized boolean isNextHere() {
    return !suspended && !waiting.isEmpty();
  }

  private synchronized void leave() {
    running = 0;
    runner = null;
    assignment = null;
    Thread.interrupted();
    Thread.currentThread()
        .setContextClassLoader(workplace.loader()); // a task may have left another
  }

  private void run(Chunk chunk, Assignment assignment) {
    Block.Reader items = new Block.Reader(chunk.items());
    ReadFunction function = null;
    outcomes.begin(chunk.id(), chunk.count());
    meter.beginChunk();
    briefItems.beginChunk();
    int next = 0;
    while (next < chunk.count()) {
      workplace.diagnostics().begin(assignment, next);
      if (function == null || function.failure() != null) {
        function = prepare(chunk, next);
      }
      if (function == null || !begin(chunk.id(), next, true)) {
        return;
      }
      TaskFunction task = function.function();
      if (task != null && briefItems.areNext(items)) {
        next = briefItems.run(assignment, task, items, next, chunk.count());
      } else {
        runByItself(function, items, next, chunk.count());
        next++;
      }
    }
  }

  private void runByItself(ReadFunction function, Block.Reader items, int item, int count) {
    boolean failed = runItem(function, items);
    workplace.betweenItems().run();
    guard.leave(item);
    Figures figures = figures(items, failed, item == count - 1);
    briefItems.ranOther(result);
    result = null;
    if (outcomes.add(scratch, figures)) {
      meter.restart(); // sending is not the next one's time
    }
  }

  /**
   * Reads the function on behalf of an item: no time limit counts yet, but what goes wrong is the
   * item's. Returns {@code null} if the item must not begin.
   */
  private @Nullable ReadFunction prepare(Chunk chunk, int item) {
    if (!begin(chunk.id(), item, false)) {
      return null;
    }
    ReadFunction function = functions.read(chunk.function());
    guard.leave(item);
    meter.restart();
    return function;
  }

  /**
   * Notes an item as running, or as being prepared, and then looks whether it may be: who hinders
   * items and finds none noted can be certain that none begins.
   */
  private boolean begin(long chunkId, int item, boolean runs) {
    while (true) {
      if (runs) {
        recorder.running(chunkId, item, meter.start());
      } else {
        recorder.preparing(chunkId, item);
      }
      guard.enter(runs ? item : NONE); // it is noted before the next line looks
      if (!hindered) {
        return true;
      }
      guard.leave(item);
      recorder.idle();
      if (!awaitBegin()) {
        return false;
      }
      meter.restart();
    }
  }

  private synchronized boolean awaitBegin() {
    while (suspended && !cut) {
      try {
        wait();
      } catch (InterruptedException e) {
        // A stray one; that of a cancel is seen in the flag.
      }
    }
    return !cut;
  }

  /** Whether to look under the monitor before the next item begins. */
  boolean isHindered() {
    return hindered;
  }

  /** Returns whether the item has failed. */
  private boolean runItem(ReadFunction function, Block.Reader items) {
    meter.begin();
    try {
      items.next();
      TaskFunction task = function.get();
      Object argument = argument(items);
      meter.isRead();
      result = task.call(argument);
      meter.isCalled();
      addResult();
      return false;
    } catch (Throwable e) {
      result = null;
      scratch.addFailure(e, session.codec());
      return true;
    }
  }

  private void addResult() {
    if (workplace.outcomes().sendsFromPlace()) {
      scratch.addResult(result, session.codec(), "result");
    } else {
      scratch.addValue(result, session.codec(), "result");
    }
  }

  private @Nullable Object argument(Block.Reader items) {
    return items.kind() == Block.Kind.PLAIN_VALUE
        ? items.plainValue(session.codec(), "argument")
        : items.value(session.codec(), "argument");
  }

  private Figures figures(Block.Reader item, boolean failed, boolean last) {
    return meter.end(item.length(), scratch.lastLength(), failed, last);
  }
}
