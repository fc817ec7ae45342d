package io.processpool.worker;

import io.processpool.spi.Chunk;
import io.processpool.spi.Slot;
import io.processpool.wire.Block;
import io.processpool.wire.Recorder;
import io.processpool.wire.Session;
import io.processpool.wire.TaskFunction;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Runs chunks one after the other, item by item, on one thread: that which calls {@link #run}. The
 * other methods are for any thread.
 *
 * <p>The monitor guards which chunk runs and which wait, so that a chunk that is cancelled either
 * has not started or is interrupted, and an interrupt never reaches another chunk. A chunk leaves
 * with exactly one {@link OutcomeSink#ended}, unless all is dropped at the end.
 */
public final class ChunkRunner {
  private static final int NONE = -1;
  private static final int BEING_INTERRUPTED = -2;

  private final Session session;
  private final Recorder recorder;
  private final OutcomeSink sink;
  private final Runnable betweenChunks;
  private final OutcomeBuffer outcomes;
  private final FunctionCache functions;
  private final ClassLoader loader;
  private final Block.Writer scratch = new Block.Writer();

  private final Map<Long, Chunk> waiting = new LinkedHashMap<>();
  private @Nullable Thread runner;
  private long running;
  private boolean cancelled;
  private boolean suspended;
  private boolean draining;

  /** Whether to look under the monitor before the next item begins. */
  private volatile boolean hindered;

  /** The item that may be interrupted; none between items, and while one is being interrupted. */
  private final AtomicInteger interruptible = new AtomicInteger(NONE);

  /**
   * Creates a runner without work.
   *
   * @param session how values are encoded
   * @param loader the context class loader of tasks
   * @param recorder where to note what runs
   * @param sink where the outcomes go
   * @param betweenChunks what else to do after each chunk
   */
  public ChunkRunner(
      Session session,
      ClassLoader loader,
      Recorder recorder,
      OutcomeSink sink,
      Runnable betweenChunks) {
    this.session = session;
    this.loader = loader;
    this.recorder = recorder;
    this.sink = sink;
    this.betweenChunks = betweenChunks;
    this.outcomes = new OutcomeBuffer(sink, recorder);
    this.functions = new FunctionCache(session.codec());
  }

  /**
   * Adds a chunk.
   *
   * @param chunk the chunk
   * @return {@code false} if it is here already
   */
  public synchronized boolean submit(Chunk chunk) {
    if (running == chunk.id() || waiting.putIfAbsent(chunk.id(), chunk) != null) {
      return false;
    }
    notifyAll();
    return true;
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
          cancelled = true;
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
    sink.ended(chunkId);
  }

  /**
   * Interrupts an item, if it is the one that runs.
   *
   * @param item the item
   */
  public synchronized void interrupt(Slot.Running item) {
    if (running == item.chunkId()
        && runner != null
        && interruptible.compareAndSet(item.item(), BEING_INTERRUPTED)) {
      runner.interrupt();
      interruptible.set(NONE);
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
    hindered = cancelled;
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

  /** Has {@link #run} return once no chunk is left. */
  public synchronized void drain() {
    draining = true;
    notifyAll();
  }

  /** Drops the chunks that wait and interrupts the one that runs. */
  public synchronized void stop() {
    waiting.clear();
    draining = true;
    cancelled = true;
    hindered = true;
    if (runner != null) {
      runner.interrupt();
    }
    notifyAll();
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
    try {
      for (Chunk chunk = await(); chunk != null; chunk = await()) {
        run(chunk);
        leave();
        outcomes.flush();
        recorder.idle();
        sink.ended(chunk.id());
        betweenChunks.run();
      }
    } finally {
      outcomes.close();
    }
  }

  private synchronized @Nullable Chunk await() {
    while (suspended || waiting.isEmpty()) {
      if (draining && waiting.isEmpty()) {
        return null;
      }
      try {
        wait();
      } catch (InterruptedException e) {
        // A stray one, of a task before; the end is told by drain().
      }
    }
    Iterator<Chunk> chunks = waiting.values().iterator();
    Chunk next = chunks.next();
    chunks.remove();
    running = next.id();
    runner = Thread.currentThread();
    cancelled = false;
    hindered = false;
    return next;
  }

  private synchronized void leave() {
    running = 0;
    runner = null;
    Thread.interrupted();
    Thread.currentThread().setContextClassLoader(loader); // a task may have left another
  }

  private void run(Chunk chunk) {
    Block.Reader items = new Block.Reader(chunk.items());
    ReadFunction function = null;
    outcomes.begin(chunk.id(), chunk.count());
    for (int i = 0; i < chunk.count(); i++) {
      if (function == null || function.failure() != null) {
        function = prepare(chunk, i);
      }
      if (function == null || !begin(chunk.id(), i, true)) {
        return;
      }
      runItem(function, items);
      leave(i);
      outcomes.add(scratch);
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
    leave(item);
    return function;
  }

  /**
   * Notes an item as running, or as being prepared, and then looks whether it may be: who hinders
   * items and finds none noted can be certain that none begins.
   */
  private boolean begin(long chunkId, int item, boolean runs) {
    while (true) {
      if (runs) {
        recorder.running(chunkId, item);
      } else {
        recorder.preparing(chunkId, item);
      }
      // volatile, so that it is noted before the next line looks
      interruptible.set(runs ? item : NONE);
      if (!hindered) {
        return true;
      }
      leave(item);
      recorder.idle();
      if (!awaitBegin()) {
        return false;
      }
    }
  }

  private synchronized boolean awaitBegin() {
    while (suspended && !cancelled) {
      try {
        wait();
      } catch (InterruptedException e) {
        // A stray one; that of a cancel is seen in the flag.
      }
    }
    return !cancelled;
  }

  /** After this no interrupt that was meant for the item arrives any more. */
  private void leave(int item) {
    if (!interruptible.compareAndSet(item, NONE)) {
      while (interruptible.get() == BEING_INTERRUPTED) {
        Thread.onSpinWait();
      }
    }
    Thread.interrupted(); // the item's own; that of a cancel is seen in the flag
  }

  private void runItem(ReadFunction function, Block.Reader items) {
    try {
      items.next();
      TaskFunction task = function.get();
      Object result = task.call(items.value(session.codec(), "argument"));
      scratch.addValue(result, session.codec(), "result");
    } catch (Throwable e) {
      scratch.addFailure(e, session.codec());
    }
  }
}
