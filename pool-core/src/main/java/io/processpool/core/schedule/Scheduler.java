package io.processpool.core.schedule;

import io.processpool.PoolStartException;
import io.processpool.TaskOptions;
import io.processpool.WorkerLoss;
import io.processpool.core.concurrent.Nanos;
import io.processpool.spi.Backend;
import io.processpool.spi.Chunk;
import io.processpool.spi.Slot;
import io.processpool.spi.SlotEnd;
import io.processpool.spi.SlotListener;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Which worker runs which chunk when, and how workers come and go.
 *
 * <p>Chunks wait in one queue, in the order of submission. A worker holds the chunk that it runs
 * and, as long as chunks are short, one more, so that it need not wait for the next. A chunk that
 * waits behind a long one is taken back to the head of the queue: no task is held up by another
 * while a worker is idle.
 *
 * <p>When a worker dies, the item that it ran is lost, and only that one. The rest of its chunk,
 * and the chunks that waited behind it, go back to the head of the queue.
 *
 * <p>Everything here is guarded by this monitor, and nothing is called under it that waits: slots
 * take what they are given at once, and jobs are told by the collector thread.
 */
public final class Scheduler {
  private static final long LONG_RUN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final Duration RECALL_TIME = Duration.ofMillis(5);
  private static final int RECALL_TRIES = 100;

  private final Backend backend;
  private final SchedulerSettings settings;
  private final Executor collector;
  private final ScheduledExecutorService timer;
  private final PoolWatcher watcher;

  private final Deque<QueuedChunk> queue = new ArrayDeque<>();
  private final List<Worker> workers = new ArrayList<>();
  private long lastChunkId;
  private int failedStarts;
  private @Nullable PoolStartException firstStartFailure;
  private boolean draining;
  private boolean stopped;
  private boolean checkingLongRuns;
  private boolean toldEnd;
  private int withdrawals;

  /**
   * Creates a scheduler without workers.
   *
   * @param backend runs the chunks
   * @param settings the numbers
   * @param collector the thread that tells jobs
   * @param timer a thread for what is due later
   * @param watcher told how the workers fare, under this monitor
   */
  public Scheduler(
      Backend backend,
      SchedulerSettings settings,
      Executor collector,
      ScheduledExecutorService timer,
      PoolWatcher watcher) {
    this.backend = backend;
    this.settings = settings;
    this.collector = collector;
    this.timer = timer;
    this.watcher = watcher;
  }

  /**
   * Starts all workers.
   *
   * @throws PoolStartException if one cannot be started; those already started go on
   */
  public synchronized void start() {
    while (workers.size() < settings.sizing().max()) {
      startWorker();
    }
  }

  /**
   * Queues items, all in one step.
   *
   * @param job what they belong to
   * @param options how they are to run
   * @param function what to do with each
   * @param chunks the items
   */
  public synchronized void submit(
      Job job, TaskOptions options, Chunk.Function function, List<ItemBlock> chunks) {
    if (!draining) {
      for (ItemBlock items : chunks) {
        Chunk chunk = new Chunk(++lastChunkId, function, items.count(), items.block());
        queue.addLast(new QueuedChunk(job, options, chunk, items.base()));
      }
      assign();
    }
  }

  /**
   * Withdraws what has not started of a job that is complete, and perhaps stops what has. What is
   * queued of it is passed over when its turn comes; once there is much of that, it is cleared
   * away.
   *
   * @param job the job
   * @param interrupt whether to interrupt what runs and, if that does not end it in time, to kill
   */
  public synchronized void cancel(Job job, boolean interrupt) {
    if (++withdrawals > queue.size() / 2) {
      withdrawals = 0;
      queue.removeIf(QueuedChunk::isCancelled);
    }
    Slot.Cancel mode = interrupt ? Slot.Cancel.INTERRUPT : Slot.Cancel.NOT_STARTED_ITEMS;
    for (Worker worker : workers) {
      if (worker.cancel(job, mode) && interrupt && canKill()) {
        worker.recallWaiting();
        later(settings.cancelGrace(), () -> killIfHolding(worker, job, RECALL_TRIES));
      }
    }
    settle();
  }

  /**
   * Drops a function that is not used again.
   *
   * @param functionId its id
   */
  public synchronized void forget(int functionId) {
    workers.forEach(worker -> worker.forget(functionId));
  }

  /**
   * Ends every worker once it has run what it holds. Every job must be complete: what still runs
   * was cancelled, and is killed if it takes too long.
   */
  public synchronized void drain() {
    if (!draining) {
      draining = true;
      later(settings.stopTimeout(), this::stop);
      settle();
    }
  }

  /** Ends every worker at once, and drops what is queued. */
  public synchronized void stop() {
    stopped = true;
    draining = true;
    queue.clear();
    List.copyOf(workers).forEach(worker -> worker.close(Slot.Close.NOW));
    settle();
  }

  private boolean canKill() {
    return backend.capabilities().contains(Backend.Capability.KILL);
  }

  /** Kills a worker for what it holds of a job, once it has given back what it holds of others. */
  private synchronized void killIfHolding(Worker worker, Job job, int tries) {
    if (!worker.holdsAnyOf(job)) {
      return;
    }
    if (tries > 0 && worker.load() > 1) {
      later(RECALL_TIME, () -> killIfHolding(worker, job, tries - 1));
    } else {
      worker.close(Slot.Close.NOW);
    }
  }

  private void startWorker() {
    int allowed =
        settings.sizing().maxTasks() == 0 ? Integer.MAX_VALUE : settings.sizing().maxTasks();
    Worker worker = new Worker(allowed);
    workers.add(worker);
    try {
      worker.attach(backend.start(new Events(worker)));
    } catch (PoolStartException e) {
      workers.remove(worker);
      throw e;
    } catch (RuntimeException | Error e) {
      workers.remove(worker);
      throw new PoolStartException("A worker cannot be started: " + e, e);
    }
  }

  /** Brings the workers back to their number, as long as there may be work for them. */
  private void replenish() {
    while (!stopped
        && failedStarts < settings.maxStartFailures()
        && workers.size() < settings.sizing().max()
        && (!draining || hasQueued())) {
      try {
        startWorker();
      } catch (PoolStartException e) {
        countFailedStart(e);
        return;
      }
    }
  }

  private void countFailedStart(PoolStartException failure) {
    failedStarts++;
    if (firstStartFailure == null) {
      firstStartFailure = failure;
    }
    watcher.startFailed(failure);
    if (failedStarts >= settings.maxStartFailures() && !stopped) {
      watcher.startsKeepFailing(firstStartFailure);
    } else if (workers.isEmpty()) {
      later(Duration.ZERO, this::replenishLater);
    }
  }

  private synchronized void replenishLater() {
    settle();
  }

  private boolean hasQueued() {
    while (!queue.isEmpty() && queue.peekFirst().isCancelled()) {
      queue.removeFirst();
    }
    return !queue.isEmpty();
  }

  private void assign() {
    long now = System.nanoTime();
    while (hasQueued()) {
      Worker worker = nextToWork(now);
      if (worker == null) {
        return;
      }
      QueuedChunk next = queue.removeFirst();
      int allowed = worker.itemsLeft();
      if (next.count() > allowed) {
        queue.addFirst(part(next, allowed, next.count()));
        next = part(next, 0, allowed);
      }
      worker.take(next, now);
      if (worker.load() > 1) {
        watchForLongRuns();
      }
    }
  }

  /** An idle worker, or else one that can take work ahead, unless others are about to be ready. */
  private @Nullable Worker nextToWork(long now) {
    Worker ahead = null;
    boolean starting = false;
    for (Worker worker : workers) {
      if (worker.isIdle()) {
        return worker;
      }
      starting |= worker.is(WorkerState.STARTING);
      if (ahead == null && worker.canTakeAhead(now, LONG_RUN_NANOS)) {
        ahead = worker;
      }
    }
    return starting ? null : ahead;
  }

  private void lose(QueuedChunk chunk, int item, WorkerLoss loss) {
    Job job = chunk.job();
    int index = chunk.base() + item;
    collector.execute(() -> job.lost(index, 1, loss));
  }

  private QueuedChunk part(QueuedChunk whole, int from, int to) {
    return whole.part(++lastChunkId, from, to, whole.unexplainedLosses());
  }

  private void watchForLongRuns() {
    if (!checkingLongRuns) {
      checkingLongRuns = true;
      later(Duration.ofNanos(LONG_RUN_NANOS), this::recallFromLongRuns);
    }
  }

  private synchronized void recallFromLongRuns() {
    checkingLongRuns = false;
    long now = System.nanoTime();
    for (Worker worker : workers) {
      if (worker.runsForLong(now, LONG_RUN_NANOS)) {
        worker.recallWaiting();
      }
      if (worker.load() > 1) {
        watchForLongRuns();
      }
    }
  }

  private void later(Duration delay, Runnable action) {
    var unused = timer.schedule(action, Nanos.of(delay), TimeUnit.NANOSECONDS);
  }

  /** Draws the conclusions, after anything has changed. */
  private void settle() {
    replenish();
    assign();
    for (Worker worker : workers) {
      if (worker.isSpent()) {
        worker.close(Slot.Close.DRAIN);
      }
    }
    if (draining && (stopped || !hasQueued())) {
      List.copyOf(workers).forEach(worker -> worker.close(Slot.Close.DRAIN));
      if (workers.isEmpty() && !toldEnd) {
        toldEnd = true;
        watcher.workersAreGone();
      }
    }
  }

  /** What happens to one worker. */
  private final class Events implements SlotListener {
    private final Worker worker;

    Events(Worker worker) {
      this.worker = worker;
    }

    @Override
    public void started() {
      watcher.workerStarted();
    }

    @Override
    public void ready() {
      synchronized (Scheduler.this) {
        failedStarts = 0;
        firstStartFailure = null;
        if (worker.is(WorkerState.STARTING)) {
          worker.become(WorkerState.READY);
          settle();
        }
      }
    }

    @Override
    public void outcomes(long chunkId, int first, int count, byte[] outcomes) {
      synchronized (Scheduler.this) {
        QueuedChunk chunk = worker.holding(chunkId);
        if (chunk != null && first == chunk.done() && !chunk.isCancelled()) {
          chunk.advance(count);
          Job job = chunk.job();
          int index = chunk.base() + first;
          collector.execute(() -> job.outcomes(index, count, outcomes));
        }
      }
    }

    @Override
    public void ended(long chunkId) {
      synchronized (Scheduler.this) {
        QueuedChunk chunk = worker.leave(chunkId, System.nanoTime());
        if (chunk != null && !stopped && !chunk.isDone()) {
          worker.giveBack(chunk.count() - chunk.done());
          queue.addFirst(part(chunk, chunk.done(), chunk.count()));
        }
        settle();
      }
    }

    @Override
    public void worn(String why) {
      synchronized (Scheduler.this) {
        worker.close(Slot.Close.DRAIN);
      }
    }

    @Override
    public void gone(SlotEnd end) {
      synchronized (Scheduler.this) {
        worker.become(WorkerState.GONE);
        workers.remove(worker);
        List<QueuedChunk> held = worker.leaveAll();
        if (!stopped) {
          Salvage salvage = new Salvage(end, () -> ++lastChunkId, Scheduler.this::lose);
          salvage.of(held).descendingIterator().forEachRemaining(queue::addFirst);
        }
        if (end instanceof SlotEnd.NotStarted failure) {
          countFailedStart(failure.cause());
        }
        settle();
      }
    }
  }
}
