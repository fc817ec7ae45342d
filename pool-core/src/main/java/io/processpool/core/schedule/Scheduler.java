package io.processpool.core.schedule;

import io.processpool.PoolStartException;
import io.processpool.TaskOptions;
import io.processpool.WorkerLoss;
import io.processpool.core.concurrent.Collector;
import io.processpool.spi.Backend;
import io.processpool.spi.Chunk;
import io.processpool.spi.PrintedLine;
import io.processpool.spi.Slot;
import io.processpool.spi.SlotEnd;
import io.processpool.spi.SlotListener;
import io.processpool.spi.SlotOutcomes;
import io.processpool.spi.SlotProcess;
import io.processpool.spi.SlotTotals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Which worker runs which chunk when, and how workers come and go.
 *
 * <p>Chunks wait in one queue, in the order of submission. A worker holds the chunk that it runs
 * and, unless that turns out to be long, one more, so that it need not wait for the next; of chunks
 * that are known to be short as many as it runs in about a millisecond. What waits behind a long
 * one is taken back to the head of the queue: no task is held up by another for more than some
 * milliseconds while a worker is idle.
 *
 * <p>When a worker dies, the item that it ran is lost, and only that one: it is tried again, if it
 * may be. The rest of its chunk, and the chunks that waited behind it, go back to the head of the
 * queue.
 *
 * <p>Everything here is guarded by this monitor, and nothing is called under it that waits: slots
 * take what they are given at once, and jobs are told by the collector, without it.
 */
public final class Scheduler {
  private static final long LONG_RUN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long WORTH_SPREADING_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final Duration RECALL_TIME = Duration.ofMillis(5);
  private static final int RECALL_TRIES = 100;
  private static final Duration TURN_TIME = Duration.ofMillis(100);

  private final Backend backend;
  private final SchedulerSettings settings;
  private final Collector collector;
  private final Clock clock;
  private final PoolWatcher watcher;
  private final LineSink lines;
  private final StaffLog log;

  private long lastChunkId;
  private final ChunkQueue queue = new ChunkQueue(() -> ++lastChunkId);

  /** Items between two attempts, by the ids of their chunks. */
  private final Map<Long, QueuedChunk> resting = new HashMap<>();

  /** What is being given to whom; it is still here when an error has come between. */
  private @Nullable QueuedChunk inHand;

  private @Nullable Worker receiver;
  private boolean assigning;

  /** Whether an error came while something was submitted, so that workers may wait for a flush. */
  private volatile boolean erred;

  private final Staff staff;
  private final StartLimiter limiter;
  private int lastWorker;
  private boolean draining;
  private boolean stopped;
  private boolean checkingLongRuns;
  private boolean lookingForHelp;
  private boolean pausing;
  private boolean toldTooMany;
  private boolean inspecting;
  private long nextInspection;
  private boolean toldEnd;

  /**
   * Creates a scheduler without workers.
   *
   * @param backend runs the chunks
   * @param settings the numbers
   * @param collector tells jobs
   * @param clock the time
   * @param watcher told how the workers fare, under this monitor
   * @param lines takes what workers print
   * @param log told of new workers
   */
  public Scheduler(
      Backend backend,
      SchedulerSettings settings,
      Collector collector,
      Clock clock,
      PoolWatcher watcher,
      LineSink lines,
      StaffLog log) {
    this.backend = backend;
    this.settings = settings;
    this.collector = collector;
    this.clock = new GuardedClock(clock);
    this.watcher = watcher;
    this.lines = lines;
    this.log = log;
    this.staff = new Staff(settings.sizing(), settings.processors());
    this.limiter = new StartLimiter(settings.maxStartFailures());
  }

  /**
   * Starts the workers that there are to be before there is work.
   *
   * @throws PoolStartException if one cannot be started; those already started go on
   */
  public synchronized void start() {
    while (staff.isShortAtStart()) {
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
  public void submit(
      Job job, TaskOptions options, Chunk.Function function, List<ItemBlock> chunks) {
    boolean complete = false;
    try {
      for (Worker worker : enqueue(job, options, function, chunks)) {
        worker.flush(true);
      }
      complete = true;
    } finally {
      if (!complete) {
        erred = true; // with no call, for which the stack may not suffice
      }
    }
  }

  /** Returns the workers that have been given something, which may wait to leave. */
  private synchronized Set<Worker> enqueue(
      Job job, TaskOptions options, Chunk.Function function, List<ItemBlock> chunks) {
    if (draining) {
      return Set.of();
    }
    List<QueuedChunk> queued = new ArrayList<>(chunks.size());
    for (ItemBlock items : chunks) {
      queued.add(new QueuedChunk(job, options, ++lastChunkId, function, items));
    }
    queue.addLast(queued);
    replenish();
    return assignQueued();
  }

  /**
   * Withdraws what has not started of a job that is complete, and perhaps stops what has. What
   * nobody stops can see that it is not wanted any more.
   *
   * @param job the job
   * @param interrupt whether to interrupt what runs and, if that does not end it in time, to kill
   */
  public synchronized void cancel(Job job, boolean interrupt) {
    queue.cancelled(job.size());
    resting.values().removeIf(item -> item.job() == job);
    Slot.Cancel mode = interrupt ? Slot.Cancel.INTERRUPT : Slot.Cancel.ALL_ITEMS;
    for (Worker worker : staff) {
      if (worker.cancel(job, mode) && interrupt && canKill()) {
        worker.recallWaiting();
        clock.later(settings.cancelGrace(), () -> killIfRunning(worker, job, RECALL_TRIES));
      }
    }
    settle();
  }

  /**
   * Withdraws those of a job's items that it does not need any more and that have not begun. The
   * job is told of those that come back from their workers; the others wait here.
   *
   * @param job the job
   * @param first the index within the job of the first item to look at
   * @param count how many there are
   * @return the indexes of those that had been waiting here
   */
  public synchronized List<Integer> withdraw(Job job, int first, int count) {
    staff.forEach(worker -> worker.takeBack(job, first, count));
    resting.values().removeIf(item -> item.holdsAnyOf(job, first, count) && !item.needsAll());
    queue.withdrawn(count);
    WaitingItems waiting = job.waitingItems();
    return waiting == null || job.isComplete()
        ? List.of()
        : waiting.removeUnneeded(job, first, count);
  }

  /**
   * Has an item see, if it runs, that nobody waits for it any more, and perhaps stops it. What else
   * its worker holds runs elsewhere.
   *
   * @param job the job, which has withdrawn the item
   * @param index the item's index within the job
   * @param interrupt whether to interrupt it and, if that does not end it in time, to kill
   */
  public synchronized void disown(Job job, int index, boolean interrupt) {
    for (Worker worker : staff) {
      QueuedChunk chunk = worker.holding(job, index);
      if (chunk != null) {
        int position = index - chunk.base();
        worker.disown(chunk, position);
        if (interrupt) {
          worker.interrupt(chunk, position);
        }
        if (interrupt && canKill()) {
          worker.limit(chunk, position, settings.cancelGrace());
        }
      }
    }
  }

  /**
   * Drops a function that is not used again.
   *
   * @param functionId its id
   */
  public synchronized void forget(int functionId) {
    staff.forEach(worker -> worker.forget(functionId));
  }

  /**
   * Ends every worker once it has run what it holds. Every job must be complete: what still runs
   * was cancelled, and is killed if it takes too long.
   */
  public synchronized void drain() {
    if (!draining) {
      draining = true;
      clock.later(settings.stopTimeout(), this::stop);
      settle();
    }
  }

  /** Ends every worker at once, and drops what is queued. */
  public synchronized void stop() {
    stopped = true;
    draining = true;
    queue.clear();
    resting.clear();
    staff.forEach(worker -> worker.close(Slot.Close.NOW));
    settle();
  }

  /**
   * What runs of a job.
   *
   * @param job the job
   * @return the items that workers are running, as of a moment ago
   */
  public synchronized List<RunningItem> running(Job job) {
    List<RunningItem> running = new ArrayList<>();
    for (Worker worker : staff) {
      QueuedChunk chunk = worker.head();
      if (chunk != null && chunk.job() == job) {
        worker.activity().flatMap(doing -> item(worker, chunk, doing)).ifPresent(running::add);
      }
    }
    return running;
  }

  /**
   * The jobs of which workers run something, or are about to.
   *
   * @return each once
   */
  public synchronized Set<Job> runningJobs() {
    Set<Job> jobs = new LinkedHashSet<>();
    for (Worker worker : staff) {
      QueuedChunk chunk = worker.head();
      if (chunk != null) {
        jobs.add(chunk.job());
      }
    }
    return jobs;
  }

  /**
   * How many tasks run.
   *
   * @return the number, as of a moment ago
   */
  public synchronized int running() {
    int running = 0;
    for (Worker worker : staff) {
      running += worker.running().filter(Slot.Running::begun).isPresent() ? 1 : 0;
    }
    return running;
  }

  private static Optional<RunningItem> item(Worker worker, QueuedChunk chunk, Slot.Activity doing) {
    Slot.Running item = doing.item();
    if (!item.begun() || item.chunkId() != chunk.id()) {
      return Optional.empty();
    }
    OptionalLong began = OptionalLong.of(doing.since() + worker.identity().clockOffset());
    Attempt attempt = chunk.attemptBy(worker.identity(), began);
    return Optional.of(new RunningItem(chunk.base() + item.item(), attempt, doing.progress()));
  }

  private boolean canKill() {
    return backend.capabilities().contains(Backend.Capability.KILL);
  }

  /**
   * Kills a worker for what it runs of a job, once it has given back what waits behind that. What
   * it only holds of the job is no reason to kill it, for it runs something else, but may become
   * one.
   */
  private void killIfRunning(Worker worker, Job job, int tries) {
    if (!worker.holdsAnyOf(job)) {
      return;
    }
    if (!worker.isAt(job)) {
      clock.later(TURN_TIME, () -> killIfRunning(worker, job, RECALL_TRIES));
    } else if (tries > 0 && worker.load() > 1) {
      clock.later(RECALL_TIME, () -> killIfRunning(worker, job, tries - 1));
    } else {
      worker.close(Slot.Close.NOW, "a cancelled task did not end");
      settle();
    }
  }

  private void startWorker() {
    int maxTasks = settings.sizing().maxTasks();
    int items = maxTasks == 0 ? Integer.MAX_VALUE : maxTasks;
    Worker worker = new Worker(++lastWorker, items, clock, staff, this::settle);
    staff.add(worker);
    WorkerLog life = log.starting(worker.number(), clock.nanoTime());
    try {
      worker.attach(backend.start(worker.number(), new Events(worker, life)));
    } catch (PoolStartException e) {
      dismiss(worker, life, e.getMessage());
      throw e;
    } catch (RuntimeException | Error e) {
      dismiss(worker, life, e.toString());
      throw new PoolStartException("A worker cannot be started: " + e, e);
    }
  }

  private void dismiss(Worker worker, WorkerLog life, @Nullable String why) {
    worker.become(WorkerState.GONE);
    staff.remove(worker);
    life.gone(clock.nanoTime(), String.valueOf(why));
  }

  /** Brings the workers to the number that there should be, as long as there may be work. */
  private void replenish() {
    while (!stopped && !toldTooMany && isShortOfWorkers()) {
      long pause = limiter.pauseLeft(clock.nanoTime());
      if (pause > 0) {
        pauseStarting(pause);
        return;
      }
      try {
        startWorker();
      } catch (PoolStartException e) {
        countFailedStart(e);
        return;
      }
    }
  }

  private boolean isShortOfWorkers() {
    int queued = queue.hasNeeded() ? queue.size() : 0;
    return draining ? staff.isShortForTheRest(queued) : staff.isShort(queued);
  }

  private void pauseStarting(long nanos) {
    if (!pausing) {
      pausing = true;
      clock.later(
          Duration.ofNanos(nanos),
          () -> {
            pausing = false;
            settle();
          });
    }
  }

  private void countFailedStart(PoolStartException failure) {
    limiter.failed(failure, clock.nanoTime());
    startFailed(failure);
  }

  /** Too many in a row are the end of the pool, unless it has workers that do their work. */
  private void startFailed(PoolStartException failure) {
    PoolStartException first = limiter.whyTooMany();
    if (first != null && !stopped && !staff.isServing()) {
      toldTooMany = true;
      watcher.startsKeepFailing(first);
    } else {
      pauseStarting(limiter.pauseLeft(clock.nanoTime()));
    }
    watcher.startFailed(failure);
  }

  private void assign() {
    for (Worker worker : assignQueued()) {
      worker.flush(false);
    }
  }

  /** Returns the workers that have been given something, which may wait to leave. */
  private Set<Worker> assignQueued() {
    makeUpForErrors();
    if (!queue.hasNeeded()) {
      return Set.of();
    }
    Set<Worker> given = new LinkedHashSet<>();
    boolean complete = false;
    assigning = true;
    try {
      assignTo(given);
      complete = true;
      return given;
    } finally {
      assigning = false;
      if (!complete) { // for want of memory: what was given must leave all the same
        given.forEach(worker -> worker.flush(false));
      }
    }
  }

  private void assignTo(Set<Worker> given) {
    long now = clock.nanoTime();
    Worker worker = null;
    while (queue.hasNeeded()) {
      worker = staff.nextToWork(worker, now, LONG_RUN_NANOS, queue.first().bytes());
      if (worker == null) {
        return;
      }
      receiver = worker;
      inHand = queue.first();
      QueuedChunk next = queue.removeFirst();
      int allowed = worker.itemsLeft();
      if (next.count() > allowed) {
        queue.addFirst(part(next, allowed, next.count()));
        next = part(next, 0, allowed);
        inHand = next;
      }
      if (!next.needsAll()) {
        queue.addFirst(queue.needed(next));
        inHand = null;
        continue;
      }
      given.add(worker);
      worker.take(next);
      inHand = null;
      if (worker.load() > 1) {
        watchForLongRuns();
      }
    }
  }

  /**
   * After a submission that memory or stack did not suffice for: what was on its way from the queue
   * to a worker goes back, and the worker, which may be in two minds about it, ends once it has run
   * what it has.
   */
  private void makeUpForErrors() {
    QueuedChunk lost = inHand;
    Worker torn = receiver;
    if (lost != null && torn != null && !assigning) {
      inHand = null;
      torn.drop(lost);
      if (!queue.isFirst(lost)) {
        putBack(lost);
      }
      torn.retire("an error came while it was given a task");
    }
    if (erred) {
      erred = false;
      staff.forEach(worker -> worker.flush(false));
    }
  }

  /** Once nothing waits in the queue, has idle workers take over what waits at others. */
  private void spread() {
    if (queue.hasNeeded()) {
      return;
    }
    long now = clock.nanoTime();
    Worker busiest = staff.nextToHelp(now);
    if (busiest == null) {
      return;
    }
    if (busiest.backlog(now) >= WORTH_SPREADING_NANOS) {
      busiest.recallHalf();
    } else if (!lookingForHelp) {
      lookingForHelp = true;
      clock.later(
          Duration.ofNanos(WORTH_SPREADING_NANOS),
          () -> {
            lookingForHelp = false;
            settle();
          });
    }
  }

  private QueuedChunk part(QueuedChunk whole, int from, int to) {
    return whole.part(++lastChunkId, from, to, whole.suspicions());
  }

  /** Puts at the head of the queue what its job still needs of a chunk, and tells of the rest. */
  private void putBack(QueuedChunk chunk) {
    Sieve sieve = new Sieve(() -> ++lastChunkId);
    queue.addFirst(sieve.needed(chunk));
    if (!sieve.unneeded().isEmpty()) {
      Job job = chunk.job();
      collector.execute(() -> sieve.unneeded().forEach(job::withdrawn));
    }
  }

  /** Has an item wait for its next attempt. The timer does not hold it: it may be withdrawn. */
  private void rest(QueuedChunk item, Duration wait) {
    long id = item.id();
    item.waitAgain(0);
    resting.put(id, item);
    clock.later(wait, () -> tryAgain(id));
  }

  private void tryAgain(long id) {
    QueuedChunk item = resting.remove(id);
    if (item != null) {
      putBack(item);
      settle();
    }
  }

  private void watchForLongRuns() {
    if (!checkingLongRuns) {
      checkingLongRuns = true;
      clock.later(Duration.ofNanos(LONG_RUN_NANOS), this::recallFromLongRuns);
    }
  }

  private void recallFromLongRuns() {
    checkingLongRuns = false;
    long now = clock.nanoTime();
    for (Worker worker : staff) {
      if (worker.runsForLong(now, LONG_RUN_NANOS)) {
        worker.recallWaiting();
      }
      if (worker.load() > 1) {
        watchForLongRuns();
      }
    }
  }

  /** Lets those go who are too old or not needed any more, now and when the next one is due. */
  private void inspectStaff() {
    long now = clock.nanoTime();
    long wait = staff.retireWhoIsDue(now);
    if (wait == Long.MAX_VALUE) {
      return;
    }
    long due = now + wait;
    if (!inspecting || due - nextInspection < 0) {
      inspecting = true;
      nextInspection = due;
      clock.later(
          Duration.ofNanos(wait),
          () -> {
            if (nextInspection == due) { // else an earlier one came between
              inspecting = false;
              settle();
            }
          });
    }
  }

  /** Draws the conclusions, after anything has changed. */
  private void settle() {
    assign();
    spread();
    inspectStaff();
    replenish();
    if (draining && (stopped || !queue.hasNeeded())) {
      staff.forEach(worker -> worker.close(Slot.Close.DRAIN));
      if (staff.isEmpty() && !toldEnd) {
        toldEnd = true;
        watcher.workersAreGone();
      }
    }
  }

  /** Runs what is due with the scheduler's monitor held. */
  private final class GuardedClock implements Clock {
    private final Clock clock;

    GuardedClock(Clock clock) {
      this.clock = clock;
    }

    @Override
    public long nanoTime() {
      return clock.nanoTime();
    }

    @Override
    public void later(Duration delay, Runnable action) {
      clock.later(
          delay,
          () -> {
            synchronized (Scheduler.this) {
              action.run();
            }
          });
    }
  }

  /** What becomes of items whose worker is gone. */
  private final class LostItems implements Salvage.Losses {
    private final WorkerIdentity worker;
    private final OptionalLong began;

    LostItems(Worker worker, SlotEnd end) {
      this.worker = worker.identity();
      this.began = end instanceof SlotEnd.Lost lost ? here(lost.since()) : OptionalLong.empty();
    }

    /** A time of the worker's clock, in that of this process. */
    private OptionalLong here(OptionalLong time) {
      return time.isEmpty() ? time : OptionalLong.of(time.getAsLong() + worker.clockOffset());
    }

    private Attempt attempt(QueuedChunk item) {
      return item.attemptBy(worker, began);
    }

    @Override
    public void lost(QueuedChunk item, WorkerLoss loss) {
      Job job = item.job();
      int index = item.base();
      Attempt attempt = attempt(item);
      if (!item.mayBeTriedAgain()) {
        collector.execute(() -> job.lost(index, attempt, loss));
        return;
      }
      collector.execute(() -> job.lostAttempt(index, attempt, loss));
      Duration wait = item.tryAgain();
      if (wait.isZero() || !item.needsAll()) {
        putBack(item);
      } else {
        rest(item, wait);
      }
    }

    @Override
    public void unwanted(QueuedChunk item, WorkerLoss loss) {
      Job job = item.job();
      int index = item.base();
      Attempt attempt = attempt(item);
      collector.execute(() -> job.lostAttempt(index, attempt, loss));
    }

    @Override
    public void timedOut(QueuedChunk item, Verdict verdict) {
      Job job = item.job();
      int index = item.base();
      Attempt attempt = attempt(item);
      collector.execute(() -> job.timedOut(index, attempt, verdict.limit(), verdict.threadDump()));
    }
  }

  /** What happens to one worker. */
  private final class Events implements SlotListener {
    private final Worker worker;
    private final WorkerLog life;

    Events(Worker worker, WorkerLog life) {
      this.worker = worker;
      this.life = life;
    }

    @Override
    public void started(SlotProcess process) {
      synchronized (Scheduler.this) {
        worker.identify(process);
        life.isUp(worker.identity());
      }
      watcher.workerStarted();
    }

    @Override
    public void ready() {
      synchronized (Scheduler.this) {
        limiter.ready();
        life.ready(clock.nanoTime());
        if (worker.is(WorkerState.STARTING)) {
          worker.become(WorkerState.READY);
          settle();
        }
      }
    }

    /** Jobs are told when the monitor is free: waking the collector takes a while. */
    @Override
    public void outcomes(List<SlotOutcomes> outcomes) {
      List<Runnable> deliveries = new ArrayList<>(outcomes.size());
      try {
        take(outcomes, deliveries);
      } finally { // whatever there is no memory for, what is taken must be delivered
        deliver(deliveries.iterator());
      }
    }

    private void deliver(Iterator<Runnable> deliveries) {
      while (deliveries.hasNext()) {
        boolean delivered = false;
        try {
          collector.executeHere(deliveries.next());
          delivered = true;
        } finally {
          if (!delivered) {
            deliver(deliveries);
          }
        }
      }
    }

    private void take(List<SlotOutcomes> outcomes, List<Runnable> deliveries) {
      synchronized (Scheduler.this) {
        limiter.worked();
        long now = clock.nanoTime();
        boolean anyLeaves = false;
        for (SlotOutcomes some : outcomes) {
          QueuedChunk chunk = worker.holding(some.chunkId());
          if (chunk != null && some.first() == chunk.done()) {
            deliveries.add(delivery(chunk, some, now));
            chunk.advance(some.count());
            if (chunk.isDone()) {
              leave(chunk);
              anyLeaves = true;
            }
          }
        }
        if (anyLeaves) {
          settle();
        }
      }
    }

    private Runnable delivery(QueuedChunk chunk, SlotOutcomes some, long now) {
      Job job = chunk.job();
      Attempt attempt = chunk.attemptBy(worker.identity(), OptionalLong.empty());
      int first = chunk.base() + some.first();
      Delivery delivery = new Delivery(attempt, first, some.count(), some.outcomes(), now);
      return () -> job.outcomes(delivery);
    }

    @Override
    public void returned(long chunkId) {
      synchronized (Scheduler.this) {
        QueuedChunk chunk = worker.holding(chunkId);
        if (chunk != null) {
          leave(chunk);
          settle();
        }
      }
    }

    /**
     * With the last outcome the worker has time for other chunks. It need not be told that the
     * chunk has ended: whoever waits for the outcome may be quicker to submit the next.
     */
    private void leave(QueuedChunk chunk) {
      worker.leave(chunk.id());
      worker.giveBack(chunk.count() - chunk.done());
      if (!stopped && !chunk.isDone() && !chunk.isCancelled()) {
        putBack(part(chunk, chunk.done(), chunk.count()));
      }
      if (worker.standing() == Standing.SPENT) {
        worker.close(Slot.Close.DRAIN, "it had run as many tasks as it may");
      }
    }

    @Override
    public void worked(SlotTotals totals) {
      life.worked(totals);
    }

    @Override
    public void printed(PrintedLine line) {
      lines.printed(line, authorOf(line));
    }

    /** Not under the monitor, for who shows the line may take his time. */
    @Override
    public void printedAside(PrintedLine line) {
      lines.printedAside(line, authorOf(line));
    }

    private LineSink.Author authorOf(PrintedLine line) {
      synchronized (Scheduler.this) {
        return new LineSink.Author(
            worker.identity(), line.task().flatMap(worker::heldItem).orElse(null));
      }
    }

    @Override
    public void worn(String why) {
      synchronized (Scheduler.this) {
        worker.retire(why);
        settle();
      }
    }

    private String whyGone(SlotEnd end) {
      if (!worker.closedBecause().isEmpty() || stopped) {
        return worker.closedBecause();
      }
      if (end instanceof SlotEnd.NotStarted failure) {
        return String.valueOf(failure.cause().getMessage());
      }
      return end instanceof SlotEnd.Lost lost ? lost.loss().explanation() : "";
    }

    @Override
    public void gone(SlotEnd end) {
      synchronized (Scheduler.this) {
        long now = clock.nanoTime();
        boolean wasStarting = worker.is(WorkerState.STARTING);
        dismiss(worker, life, whyGone(end));
        boolean ranNothing = worker.head() == null && !worker.hasRun();
        List<QueuedChunk> held = worker.leaveAll();
        Salvage salvage =
            new Salvage(
                end,
                worker.verdict(),
                worker.hasRun(),
                () -> ++lastChunkId,
                new LostItems(worker, end));
        if (stopped) {
          salvage.nothingOf(held);
        } else {
          salvage.of(held).descendingIterator().forEachRemaining(Scheduler.this::putBack);
        }
        if (end instanceof SlotEnd.NotStarted failure) {
          countFailedStart(failure.cause());
        } else if (end instanceof SlotEnd.Lost lost && ranNothing) {
          limiter.diedIdle(worker.age(now), now);
          if (wasStarting) {
            PoolStartException failure = new PoolStartException(lost.loss().explanation(), null);
            limiter.killedAtStart(failure);
            startFailed(failure);
          }
        }
        settle();
      }
    }
  }
}
