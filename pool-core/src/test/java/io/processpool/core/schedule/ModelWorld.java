package io.processpool.core.schedule;

import io.processpool.PoolException;
import io.processpool.PoolStartException;
import io.processpool.TaskOptions;
import io.processpool.WorkerLoss;
import io.processpool.spi.Backend;
import io.processpool.spi.Chunk;
import io.processpool.spi.PoolSettings.Sizing;
import io.processpool.spi.Slot;
import io.processpool.spi.SlotEnd;
import io.processpool.spi.SlotListener;
import io.processpool.spi.SlotOutcomes;
import io.processpool.spi.SlotProcess;
import io.processpool.spi.TaskId;
import io.processpool.wire.Block;
import io.processpool.wire.PayloadCodec;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The real {@link Scheduler} among workers, a clock and a job that do one small thing at a time,
 * each when it is chosen. What is not asynchronous in truth is not here either: a worker's progress
 * is seen in order, what it is told reaches it in order, and between any two of these something
 * else may happen.
 */
final class ModelWorld {
  private static final int NONE = -1;
  private static final int CHOSEN_ITEM = 1;
  private static final Duration START_TIME = Duration.ofMillis(5);

  private final Choices choices;
  private final Scheduler scheduler;
  private final ManualClock clock = new ManualClock();
  private final List<ModelSlot> slots = new ArrayList<>();
  private final List<String> history = new ArrayList<>();
  private final ModelJob job;
  private final Limits limits;
  private final int stuckItem;
  private int deaths;
  private int failedStarts;
  private int stops;
  private int lateSteps;
  private int simultaneous;
  private boolean cancelled;
  private boolean withdrawn;
  private boolean ending;
  private int earlyTimers;
  private int ends;

  /** What may be withdrawn at any moment. */
  enum Withdrawal {
    NOTHING,
    /** All that has not begun. */
    ALL,
    /** Item 1, which is cancelled: it is to end also if it has begun. */
    ONE
  }

  /**
   * What may happen besides the normal course of events.
   *
   * @param deaths how many workers may die at any moment
   * @param failedStarts how many starts may fail
   * @param cancel whether the job may be cancelled at any moment
   * @param terminate whether the pool may be terminated at any moment
   * @param earlyTimers how many timers may fire at any moment, and not only when nothing else can
   *     happen
   * @param stops how many workers may stop for ever while they run nothing
   * @param lateSteps how many things workers may still do after they were killed
   * @param withdrawal what may be withdrawn
   */
  record Limits(
      int deaths,
      int failedStarts,
      boolean cancel,
      boolean terminate,
      int earlyTimers,
      int stops,
      int lateSteps,
      Withdrawal withdrawal) {

    Limits(
        int deaths,
        int failedStarts,
        boolean cancel,
        boolean terminate,
        int earlyTimers,
        int stops,
        int lateSteps) {
      this(
          deaths,
          failedStarts,
          cancel,
          terminate,
          earlyTimers,
          stops,
          lateSteps,
          Withdrawal.NOTHING);
    }

    Limits(int deaths, int failedStarts, boolean cancel, boolean terminate, int earlyTimers) {
      this(deaths, failedStarts, cancel, terminate, earlyTimers, 0, 0);
    }

    Limits(int deaths, int earlyTimers, Withdrawal withdrawal) {
      this(deaths, 0, false, false, earlyTimers, 0, 0, withdrawal);
    }
  }

  /**
   * What there is to do.
   *
   * @param sizing the workers
   * @param chunks how many items there are in each chunk
   * @param options how they are to run
   * @param stuckItem an item that never ends by itself; -1 for none
   */
  record Scenario(Sizing sizing, List<Integer> chunks, TaskOptions options, int stuckItem) {}

  ModelWorld(Choices choices, Scenario scenario, Limits limits) {
    this.choices = choices;
    this.limits = limits;
    this.stuckItem = scenario.stuckItem();
    this.scheduler =
        new Scheduler(
            new ModelBackend(),
            new SchedulerSettings(
                scenario.sizing(), 2, 3, Duration.ofMillis(10), Duration.ofSeconds(1)),
            Runnable::run,
            clock,
            new ModelWatcher(),
            (line, author) -> {},
            (number, time) -> new NoLog());
    int items = 0;
    List<ItemBlock> blocks = new ArrayList<>();
    PayloadCodec codec = new PayloadCodec(ModelWorld.class.getClassLoader(), null);
    for (int count : scenario.chunks()) {
      Block.Writer block = new Block.Writer();
      for (int i = 0; i < count; i++) {
        block.addValue(items + i, codec, "item");
      }
      blocks.add(new ItemBlock(items, count, block.take()));
      items += count;
    }
    this.job = new ModelJob(items);
    scheduler.start();
    scheduler.submit(job, scenario.options(), new Chunk.Function(1, new byte[0]), blocks);
  }

  /** Lets things happen until nothing can any more, then checks what must hold at the end. */
  void run(Sizing sizing) {
    for (int step = 0; step < 300; step++) {
      List<Runnable> events = events();
      if (events.isEmpty()) {
        checkEnd();
        return;
      }
      events.get(choices.of(events.size())).run();
      long alive = slots.stream().filter(slot -> !slot.gone).count();
      simultaneous = (int) Math.max(simultaneous, alive);
      check(alive <= 2L * (sizing.max() + sizing.spares()), "there are not too many workers");
    }
    throw fault("it comes to an end");
  }

  private List<Runnable> events() {
    List<Runnable> events = new ArrayList<>();
    for (ModelSlot slot : slots) {
      slot.addEventsTo(events);
    }
    if (limits.cancel() && !cancelled && !job.isComplete()) {
      events.add(this::cancel);
    }
    if (!withdrawn && mayWithdraw()) {
      events.add(this::withdraw);
    }
    if (limits.terminate() && !ending) {
      events.add(this::terminate);
    }
    if (job.isComplete() && !ending && events.isEmpty()) {
      events.add(this::drain);
    }
    if (clock.isPending() && ends == 0 && events.isEmpty()) {
      events.add(this::fireTimer);
    } else if (clock.isPending() && ends == 0 && earlyTimers < limits.earlyTimers()) {
      events.add(
          () -> {
            earlyTimers++;
            fireTimer();
          });
    }
    return events;
  }

  private void fireTimer() {
    history.add("a timer after " + Duration.ofNanos(clock.nanoTime()));
    clock.fire();
  }

  private void cancel() {
    history.add("cancel");
    cancelled = true;
    job.complete = true;
    scheduler.cancel(job, true);
  }

  private boolean mayWithdraw() {
    return switch (limits.withdrawal()) {
      case NOTHING -> false;
      case ALL -> !job.isComplete();
      case ONE -> !job.isComplete() && !job.done[CHOSEN_ITEM];
    };
  }

  private void withdraw() {
    history.add("withdraw " + limits.withdrawal());
    withdrawn = true;
    if (limits.withdrawal() == Withdrawal.ALL) {
      Arrays.fill(job.unneeded, true);
      scheduler.withdraw(job, 0, job.done.length).forEach(job::withdrawn);
    } else {
      job.cancel(CHOSEN_ITEM);
      scheduler.withdraw(job, CHOSEN_ITEM, 1).forEach(job::withdrawn);
      scheduler.disown(job, CHOSEN_ITEM, true);
    }
  }

  private void terminate() {
    history.add("terminate");
    ending = true;
    job.complete = true;
    scheduler.stop();
  }

  private void drain() {
    history.add("drain");
    ending = true;
    scheduler.drain();
  }

  private void checkEnd() {
    check(ends == 1, "the end is told once");
    check(slots.stream().allMatch(slot -> slot.gone), "no worker is left");
    check(job.isComplete(), "the job is complete");
    check(job.condemned == NONE, "what was killed is told of");
  }

  private void check(boolean holds, String promise) {
    if (!holds) {
      throw fault(promise);
    }
  }

  private AssertionError fault(String promise) {
    return new AssertionError(
        "Broken: " + promise + "\n  by " + choices + "\n  " + String.join("\n  ", history));
  }

  private final class ModelWatcher implements PoolWatcher {
    @Override
    public void workerStarted() {}

    @Override
    public void startFailed(PoolStartException cause) {}

    @Override
    public void startsKeepFailing(PoolStartException first) {
      check(failedStarts >= 3, "only starts that fail again and again end the pool");
      terminate();
    }

    @Override
    public void workersAreGone() {
      ends++;
    }
  }

  /** Checks that each item comes to one end, and that only a worker's death runs one twice. */
  private final class ModelJob implements Job {
    private final boolean[] done;
    private final int[] runs;
    private final int[] losses;
    private final boolean[] unneeded;
    private final boolean[] dropped;
    private final WaitingItems waiting = new WaitingItems();
    private int cancelledItem = NONE;
    private int ended;
    private int condemned = NONE;
    private boolean complete;

    ModelJob(int items) {
      this.done = new boolean[items];
      this.runs = new int[items];
      this.losses = new int[items];
      this.unneeded = new boolean[items];
      this.dropped = new boolean[items];
    }

    void cancel(int item) {
      unneeded[item] = true;
      end(item);
      cancelledItem = item;
    }

    void begins(int item) {
      runs[item]++;
      check(item != condemned, "what was killed for taking too long is not run again");
      check(runs[item] <= 1 + losses[item], "item " + item + " is run once");
      check(!dropped[item], "what was withdrawn does not begin");
    }

    private void end(int item) {
      if (complete || item == cancelledItem) {
        return;
      }
      check(!done[item], "item " + item + " ends once");
      done[item] = true;
      ended++;
      complete = ended == done.length;
    }

    @Override
    public TaskId taskId(int index) {
      return new TaskId(1, index);
    }

    @Override
    public Map<String, String> diagnostics() {
      return Map.of();
    }

    @Override
    public void outcomes(Delivery delivery) {
      int end = delivery.first() + delivery.count();
      for (int item = delivery.first(); item < end; item++) {
        check(runs[item] > losses[item], "item " + item + " has been run");
        end(item);
      }
    }

    @Override
    public void lostAttempt(int index, Attempt attempt, WorkerLoss loss) {
      check(
          complete || attempt.number() == losses[index],
          "each attempt of item " + index + " is counted");
    }

    @Override
    public void lost(int index, Attempt attempt, WorkerLoss loss) {
      check(index != condemned || withdrawn == unneeded[index], "nothing wanted is killed");
      check(losses[index] > 0 || runs[index] == 0 || index == condemned, "a lost item was running");
      condemned = index == condemned ? NONE : condemned;
      end(index);
    }

    @Override
    public void timedOut(int index, Attempt attempt, Duration limit, String threadDump) {
      check(index == condemned, "only what was running is killed for it");
      condemned = NONE;
      end(index);
    }

    @Override
    public void withdrawn(int index) {
      check(unneeded[index], "what is wanted is not withdrawn");
      check(runs[index] == losses[index], "what is withdrawn does not run");
      check(!dropped[index], "what is withdrawn is told once");
      dropped[index] = true;
      end(index);
    }

    @Override
    public boolean needs(int index) {
      return !complete && !unneeded[index];
    }

    @Override
    public WaitingItems waitingItems() {
      return waiting;
    }

    @Override
    public void end(PoolException cause) {}

    @Override
    public boolean isComplete() {
      return complete;
    }
  }

  private final class ModelBackend implements Backend {
    @Override
    public Set<Capability> capabilities() {
      return EnumSet.allOf(Capability.class);
    }

    @Override
    public Slot start(int number, SlotListener listener) {
      check(ends == 0, "no worker is started after the end");
      ModelSlot slot = new ModelSlot(slots.size(), listener);
      slots.add(slot);
      return slot;
    }

    @Override
    public void close() {}
  }

  /** A worker that does what it should, unless it dies. */
  private final class ModelSlot implements Slot {
    private final int number;
    private final SlotListener listener;
    private final Deque<Runnable> told = new ArrayDeque<>();
    private final Deque<Chunk> chunks = new ArrayDeque<>();
    private boolean ready;
    private boolean draining;
    private boolean killed;
    private boolean suspended;
    private boolean stopped;
    private boolean gone;
    private int item;
    private boolean begun;
    private boolean cancelledHead;
    private boolean interruptedHead;

    ModelSlot(int number, SlotListener listener) {
      this.number = number;
      this.listener = listener;
    }

    void addEventsTo(List<Runnable> events) {
      if (gone) {
        return;
      }
      if (killed) {
        events.add(this::endKilled);
        if (ready && lateSteps < limits.lateSteps() && canProgress()) {
          events.add(
              () -> {
                lateSteps++;
                progress();
              });
        }
        return;
      }
      if (stopped) {
        return;
      }
      if (ready && !begun && stops < limits.stops()) {
        events.add(this::stop);
      }
      if (!ready) {
        events.add(this::becomeReady);
        if (failedStarts < limits.failedStarts()) {
          events.add(this::failToStart);
        }
      } else if (!told.isEmpty()) {
        events.add(() -> told.remove().run());
      }
      if (ready && canProgress()) {
        events.add(this::progress);
      }
      if (deaths < limits.deaths()) {
        events.add(this::die);
      }
    }

    private boolean canProgress() {
      if (begun) {
        return index() != stuckItem || interruptedHead;
      }
      return !suspended && (!chunks.isEmpty() || draining);
    }

    private int index() {
      Chunk chunk = chunks.getFirst();
      return first(chunk) + item;
    }

    /** The items carry their own numbers. */
    private int first(Chunk chunk) {
      Block.Reader items = new Block.Reader(chunk.items());
      try {
        items.next();
        Object number =
            items.value(new PayloadCodec(ModelWorld.class.getClassLoader(), null), "item");
        return (Integer) number;
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }

    private void becomeReady() {
      note("is ready");
      ready = true;
      clock.pass(START_TIME);
      listener.started(new SlotProcess(number, 0));
      listener.ready();
    }

    private void failToStart() {
      failedStarts++;
      end("fails to start", new SlotEnd.NotStarted(new PoolStartException("by intent", null)));
    }

    /** Begins an item, ends one, or leaves a chunk. */
    private void progress() {
      if (chunks.isEmpty()) {
        end("ends", new SlotEnd.Closed());
        return;
      }
      Chunk chunk = chunks.getFirst();
      if (begun) {
        note("ends item " + index());
        begun = false;
        item++;
        listener.outcomes(List.of(new SlotOutcomes(chunk.id(), item - 1, 1, new byte[0])));
      } else if (item < chunk.count() && !cancelledHead) {
        note("begins item " + index());
        begun = true;
        job.begins(index());
      } else {
        note("leaves a chunk");
        boolean done = item == chunk.count();
        leaveHead();
        if (!done) {
          listener.returned(chunk.id());
        }
      }
    }

    private void leaveHead() {
      chunks.removeFirst();
      item = 0;
      cancelledHead = false;
      interruptedHead = false;
    }

    private void stop() {
      note("stops");
      stops++;
      stopped = true;
    }

    private void die() {
      deaths++;
      WorkerLoss loss = WorkerLoss.of(WorkerLoss.Reason.KILLED, "by intent", number).build();
      if (begun) {
        job.losses[index()]++;
      }
      Optional<Running> running =
          begun ? Optional.of(new Running(chunks.getFirst().id(), item)) : Optional.empty();
      end("dies", new SlotEnd.Lost(loss, running));
    }

    private void endKilled() {
      if (!begun) {
        end("is killed", new SlotEnd.Closed());
        return;
      }
      if (index() == job.cancelledItem) {
        job.losses[index()]++;
      } else if (!job.isComplete()) {
        job.condemned = index();
      }
      WorkerLoss loss = WorkerLoss.of(WorkerLoss.Reason.KILLED, "by the pool", number).build();
      end(
          "is killed",
          new SlotEnd.Lost(loss, Optional.of(new Running(chunks.getFirst().id(), item))));
    }

    private void end(String how, SlotEnd end) {
      note(how);
      gone = true;
      listener.gone(end);
    }

    private void note(String what) {
      history.add("worker " + number + " " + what);
    }

    @Override
    public void submit(Chunk chunk) {
      for (int i = 0; i < chunk.count(); i++) {
        check(!job.unneeded[first(chunk) + i], "what is not needed is not given to a worker");
      }
      told.add(() -> chunks.add(chunk));
    }

    @Override
    public void flush(boolean here) {}

    @Override
    public void cancel(long chunkId, Cancel mode) {
      told.add(() -> accept(chunkId, mode));
    }

    private void accept(long chunkId, Cancel mode) {
      note("is told to cancel: " + mode);
      Chunk chunk = find(chunkId);
      if (chunk == null) {
        return;
      }
      boolean head = chunkId == chunks.getFirst().id() && (begun || item > 0);
      if (!head) {
        chunks.remove(chunk);
        listener.returned(chunkId);
      } else if (mode != Cancel.IF_NOT_STARTED) {
        cancelledHead = true;
        interruptedHead |= mode == Cancel.INTERRUPT;
      }
    }

    private @Nullable Chunk find(long chunkId) {
      return chunks.stream().filter(chunk -> chunk.id() == chunkId).findFirst().orElse(null);
    }

    @Override
    public Optional<Running> running() {
      return begun ? Optional.of(new Running(chunks.getFirst().id(), item)) : Optional.empty();
    }

    @Override
    public Optional<Activity> activity() {
      return running().map(item -> new Activity(item, 0, Optional.empty()));
    }

    @Override
    public void interrupt(Running running) {}

    @Override
    public void disown(Running running) {}

    @Override
    public void suspend(Consumer<String> whenSuspended) {
      told.add(
          () -> {
            note("is suspended");
            suspended = true;
            whenSuspended.accept("dump");
          });
    }

    @Override
    public void resume() {
      told.add(() -> suspended = false);
    }

    @Override
    public void forget(int functionId) {}

    @Override
    public void close(Close mode) {
      if (mode == Close.NOW) {
        killed = true;
      } else {
        told.add(() -> draining = true);
      }
    }
  }
}
