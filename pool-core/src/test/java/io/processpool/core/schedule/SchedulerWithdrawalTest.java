package io.processpool.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.processpool.PoolException;
import io.processpool.PoolStartException;
import io.processpool.TaskOptions;
import io.processpool.WorkerLoss;
import io.processpool.core.schedule.FakeWorkers.FakeWorker;
import io.processpool.core.schedule.FakeWorkers.FakeWorker.Cancellation;
import io.processpool.spi.Chunk;
import io.processpool.spi.PoolSettings.Sizing;
import io.processpool.spi.Slot;
import io.processpool.spi.SlotEnd;
import io.processpool.spi.TaskId;
import io.processpool.wire.Block;
import io.processpool.wire.PayloadCodec;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Items that are withdrawn wherever they may be, and what becomes of those around them. */
class SchedulerWithdrawalTest {
  private static final Duration AGES = Duration.ofSeconds(50);

  private final ManualClock clock = new ManualClock();
  private final FakeWorkers workers = new FakeWorkers();
  private final Scheduler scheduler =
      new Scheduler(
          workers,
          new SchedulerSettings(
              new Sizing(1, 1, 0, Duration.ofMinutes(1), 0, null),
              1,
              3,
              Duration.ofMillis(10),
              Duration.ofSeconds(30)),
          Runnable::run,
          clock,
          new NoWatcher(),
          (line, author) -> {},
          (number, time) -> new NoLog());

  @Test
  void aChunkInTheQueueIsPartedAroundTheItem() {
    FakeWorker worker = start();
    submit(TaskOptions.defaults(), 1);
    submit(TaskOptions.defaults(), 1);
    PickyJob job = submit(TaskOptions.defaults(), 3, 3);
    PickyJob last = submit(TaskOptions.defaults(), 1);
    job.unneeded.add(1);
    assertThat(scheduler.withdraw(job, 1, 1)).containsExactly(1);
    assertThat(worker.cancels()).isEmpty();
    finishAll(worker);
    assertThat(job.done).containsExactly(0, 2, 3, 4, 5);
    assertThat(job.withdrawn).as("told by the call").isEmpty();
    assertThat(last.done).containsExactly(0);
  }

  @Test
  void ofAJobThatNeedsNothingMoreNothingStaysInTheQueue() {
    FakeWorker worker = start();
    submit(TaskOptions.defaults(), 1);
    submit(TaskOptions.defaults(), 1);
    PickyJob job = submit(TaskOptions.defaults(), 2, 2);
    job.unneeded.addAll(List.of(0, 1, 2, 3));
    assertThat(scheduler.withdraw(job, 0, 4)).containsExactly(0, 1, 2, 3);
    finishAll(worker);
    assertThat(job.done).isEmpty();
  }

  @Test
  void aChunkThatWaitsInAWorkerComesBackWithoutTheItem() {
    FakeWorker worker = start();
    submit(TaskOptions.defaults(), 1);
    PickyJob job = submit(TaskOptions.defaults(), 3);
    Chunk waiting = worker.chunks().get(1);
    job.unneeded.add(0);
    assertThat(scheduler.withdraw(job, 0, 1)).isEmpty();
    assertThat(worker.cancels())
        .containsExactly(new Cancellation(waiting.id(), Slot.Cancel.NOT_STARTED_ITEMS));
    worker.giveBack(waiting);
    assertThat(job.withdrawn).containsExactly(0);
    finishAll(worker);
    assertThat(job.done).containsExactly(1, 2);
  }

  @Test
  void theRestOfARunningChunkComesBackWithoutTheItem() {
    FakeWorker worker = start();
    PickyJob job = submit(TaskOptions.defaults(), 5);
    Chunk running = worker.chunks().get(0);
    worker.finish(running, 0, 1);
    job.unneeded.add(3);
    scheduler.withdraw(job, 3, 1);
    worker.finish(running, 1, 1);
    assertThat(job.withdrawn).isEmpty();
    worker.giveBack(running);
    assertThat(job.withdrawn).containsExactly(3);
    finishAll(worker);
    assertThat(job.done).containsExactly(0, 1, 2, 4);
  }

  @Test
  void aWorkerIsToldOnce() {
    FakeWorker worker = start();
    PickyJob job = submit(TaskOptions.defaults(), 5);
    for (int item : List.of(4, 2, 3)) {
      job.unneeded.add(item);
      scheduler.withdraw(job, item, 1);
    }
    assertThat(worker.cancels()).hasSize(1);
  }

  @Test
  void chunksWithoutTheItemStayWhereTheyAre() {
    FakeWorker worker = start();
    PickyJob job = submit(TaskOptions.defaults(), 2, 2);
    PickyJob other = submit(TaskOptions.defaults(), 2);
    job.unneeded.add(3);
    scheduler.withdraw(job, 3, 1);
    assertThat(worker.cancels())
        .extracting(Cancellation::chunkId)
        .containsExactly(worker.chunks().get(1).id());
    worker.giveBack(worker.chunks().get(1));
    finishAll(worker);
    assertThat(job.done).containsExactly(0, 1, 2);
    assertThat(other.done).containsExactly(0, 1);
  }

  @Test
  void anItemThatWasDoneAllTheSameHasItsOutcome() {
    FakeWorker worker = start();
    PickyJob job = submit(TaskOptions.defaults(), 2);
    job.unneeded.addAll(List.of(0, 1));
    scheduler.withdraw(job, 0, 2);
    finishAll(worker);
    assertThat(job.done).containsExactly(0, 1);
    assertThat(job.withdrawn).isEmpty();
  }

  @Test
  void whatAWorkerHeldThatDiedIsWithdrawnAndWhatItRanIsLost() {
    FakeWorker worker = start();
    PickyJob job = submit(TaskOptions.defaults(), 4, 2);
    Chunk running = worker.chunks().get(0);
    worker.finish(running, 0, 1);
    job.unneeded.addAll(List.of(0, 1, 2, 3, 4, 5));
    scheduler.withdraw(job, 0, 6);
    die(worker, Optional.of(new Slot.Running(running.id(), 1)));
    assertThat(job.lost).containsExactly(1);
    assertThat(job.withdrawn).containsExactlyInAnyOrder(2, 3, 4, 5);
    clock.advance(AGES);
    workers.newest().becomeReady();
    assertThat(workers.newest().chunks()).isEmpty();
  }

  @Test
  void anItemThatIsLostAfterItWasWithdrawnIsNotTriedAgain() {
    FakeWorker worker = start();
    PickyJob job = submit(TaskOptions.attempts(3).withBackoff(Duration.ofDays(1)), 2);
    Chunk running = worker.chunks().get(0);
    job.unneeded.add(0);
    scheduler.withdraw(job, 0, 1);
    die(worker, Optional.of(new Slot.Running(running.id(), 0)));
    assertThat(job.lostAttempts).containsExactly(0);
    assertThat(job.withdrawn).containsExactly(0);
    clock.advance(AGES);
    workers.newest().becomeReady();
    finishAll(workers.newest());
    assertThat(job.done).containsExactly(1);
  }

  @Test
  void anItemThatWaitsForItsNextAttemptIsWithdrawnAtOnce() {
    FakeWorker worker = start();
    PickyJob job = submit(TaskOptions.attempts(2).withBackoff(AGES), 2);
    Chunk running = worker.chunks().get(0);
    die(worker, Optional.of(new Slot.Running(running.id(), 0)));
    job.unneeded.add(0);
    assertThat(scheduler.withdraw(job, 0, 1)).containsExactly(0);
    clock.advance(AGES.multipliedBy(3));
    workers.newest().becomeReady();
    finishAll(workers.newest());
    clock.advance(AGES);
    assertThat(workers.newest().chunks()).isEmpty();
    assertThat(job.done).containsExactly(1);
    assertThat(job.withdrawn).isEmpty();
  }

  @Test
  void anItemThatWaitsForItsNextAttemptIsLetGoOfOnceItsJobIsCancelled() {
    FakeWorker worker = start();
    PickyJob job = submit(TaskOptions.attempts(2).withBackoff(Duration.ofDays(1)), 1);
    WeakReference<byte[]> argument = new WeakReference<>(worker.chunks().get(0).items());
    die(worker, Optional.of(new Slot.Running(worker.chunks().remove(0).id(), 0)));
    job.complete = true;
    scheduler.cancel(job, false);
    awaitCollected(argument);
  }

  @Test
  void whatIsWithdrawnOneByOneIsLetGoOfWhileItWaits() {
    start();
    submit(TaskOptions.defaults(), 1, 1);
    awaitCollected(withdrawnOneByOne(1));
    awaitCollected(withdrawnOneByOne(50));
  }

  @Test
  void whatIsCancelledIsLetGoOfWhileItWaitsBehindALargeChunk() {
    start();
    submit(TaskOptions.defaults(), 1, 1);
    submit(TaskOptions.defaults(), 1000);
    WeakReference<PickyJob> first = cancelled();
    for (int i = 0; i < 10; i++) {
      cancelled();
    }
    awaitCollected(first);
  }

  private WeakReference<PickyJob> cancelled() {
    PickyJob job = submit(TaskOptions.defaults(), 1);
    job.complete = true;
    scheduler.cancel(job, false);
    return new WeakReference<>(job);
  }

  private WeakReference<PickyJob> withdrawnOneByOne(int chunkSize) {
    PickyJob job = submit(TaskOptions.defaults(), chunkSize, chunkSize);
    for (int item = 0; item < 2 * chunkSize; item++) {
      job.unneeded.add(item);
      assertThat(scheduler.withdraw(job, item, 1)).containsExactly(item);
    }
    return new WeakReference<>(job);
  }

  private static void awaitCollected(WeakReference<?> object) {
    await()
        .atMost(AGES)
        .until(
            () -> {
              System.gc();
              return object.get() == null;
            });
  }

  @Test
  void whatIsWithdrawnOneByOneNeverRunsAndTheOthersDo() {
    FakeWorker worker = start();
    PickyJob first = submit(TaskOptions.defaults(), 1, 1);
    PickyJob job = submit(TaskOptions.defaults(), 100);
    for (int item = 0; item < 100; item += 2) {
      job.unneeded.add(item);
      assertThat(scheduler.withdraw(job, item, 1)).containsExactly(item);
      assertThat(scheduler.withdraw(job, item, 1)).as("once more").isEmpty();
    }
    PickyJob last = submit(TaskOptions.defaults(), 1);
    finishAll(worker);
    assertThat(job.done).hasSize(50).allMatch(item -> item % 2 == 1).isSorted();
    assertThat(job.withdrawn).as("told by the calls").isEmpty();
    assertThat(first.done).containsExactly(0, 1);
    assertThat(last.done).containsExactly(0);
  }

  @Test
  void anItemThatCameBackIsWithdrawnAtOnce() {
    FakeWorker worker = start();
    PickyJob job = submit(TaskOptions.defaults(), 6);
    Chunk running = worker.chunks().get(0);
    job.unneeded.addAll(List.of(2, 4));
    assertThat(scheduler.withdraw(job, 2, 3)).isEmpty();
    worker.finish(running, 0, 1);
    worker.giveBack(running);
    assertThat(worker.chunks()).as("those with items 1 and 3").hasSize(2);
    job.unneeded.add(5);
    assertThat(scheduler.withdraw(job, 4, 2)).as("not what was told before").containsExactly(5);
    finishAll(worker);
    assertThat(job.withdrawn).containsExactly(2, 4);
    assertThat(job.done).containsExactly(0, 1, 3);
  }

  @Test
  void anItemThatIsNotToBeInterruptedLearnsThatItIsUnwanted() {
    FakeWorker worker = start();
    PickyJob job = submit(TaskOptions.defaults(), 2);
    Slot.Running item = new Slot.Running(worker.chunks().get(0).id(), 0);
    worker.runs().set(item);
    job.unneeded.add(0);
    scheduler.withdraw(job, 0, 1);
    scheduler.disown(job, 0, false);
    assertThat(worker.disowned()).containsExactly(item);
    assertThat(worker.interrupts()).isEmpty();
    clock.advance(AGES);
    assertThat(worker.closes()).isEmpty();
  }

  @Test
  void ofManyItemsInAChunkEachThatRunsHasItsTimeToEnd() {
    FakeWorker worker = start();
    PickyJob job = submit(TaskOptions.defaults(), 3);
    Chunk running = worker.chunks().get(0);
    worker.runs().set(new Slot.Running(running.id(), 0));
    interrupt(job, 0);
    clock.advance(Duration.ofMillis(9));
    interrupt(job, 1);
    worker.finish(running, 0, 1);
    worker.runs().set(new Slot.Running(running.id(), 1));
    clock.advance(Duration.ofMillis(9));
    assertThat(worker.closes()).isEmpty();
    clock.advance(Duration.ofMillis(1));
    assertThat(worker.closes()).containsExactly(Slot.Close.NOW);
  }

  @Test
  void aWorkerIsKilledForTheItemAndNotForOneBefore() {
    FakeWorker worker = start();
    PickyJob job = submit(TaskOptions.defaults(), 3);
    Chunk running = worker.chunks().get(0);
    worker.runs().set(new Slot.Running(running.id(), 0));
    interrupt(job, 1);
    assertThat(worker.interrupts()).containsExactly(new Slot.Running(running.id(), 1));
    clock.advance(AGES);
    assertThat(worker.closes()).isEmpty();
    worker.finish(running, 0, 1);
    worker.runs().set(new Slot.Running(running.id(), 1));
    clock.advance(AGES);
    assertThat(worker.closes()).containsExactly(Slot.Close.NOW);
    die(worker, Optional.of(new Slot.Running(running.id(), 1)));
    clock.advance(AGES);
    workers.newest().becomeReady();
    finishAll(workers.newest());
    assertThat(job.done).containsExactly(0, 2);
  }

  @Test
  void aWorkerThatGoesOnToTheNextItemIsNotKilled() {
    FakeWorker worker = start();
    PickyJob job = submit(TaskOptions.defaults(), 2);
    Chunk running = worker.chunks().get(0);
    worker.runs().set(new Slot.Running(running.id(), 0));
    interrupt(job, 0);
    worker.finish(running, 0, 1);
    worker.runs().set(new Slot.Running(running.id(), 1));
    clock.advance(AGES);
    assertThat(worker.closes()).isEmpty();
  }

  @Test
  void whatWaitsBehindTheItemIsTakenBackBeforeTheKill() {
    FakeWorker worker = start();
    PickyJob job = submit(TaskOptions.defaults(), 2);
    PickyJob behind = submit(TaskOptions.defaults(), 1);
    Chunk running = worker.chunks().get(0);
    Chunk waiting = worker.chunks().get(1);
    worker.runs().set(new Slot.Running(running.id(), 0));
    interrupt(job, 0);
    assertThat(worker.cancels())
        .containsExactly(
            new Cancellation(running.id(), Slot.Cancel.NOT_STARTED_ITEMS),
            new Cancellation(waiting.id(), Slot.Cancel.IF_NOT_STARTED));
    clock.advance(Duration.ofMillis(100));
    assertThat(worker.closes()).isEmpty();
    worker.giveBack(waiting);
    clock.advance(Duration.ofMillis(100));
    assertThat(worker.closes()).containsExactly(Slot.Close.NOW);
    assertThat(behind.lost).isEmpty();
  }

  @Test
  void anItemThatIsDoneIsNotInterrupted() {
    FakeWorker worker = start();
    PickyJob job = submit(TaskOptions.defaults(), 2);
    worker.finish(worker.chunks().get(0), 0, 1);
    interrupt(job, 0);
    assertThat(worker.interrupts()).isEmpty();
  }

  @Test
  void onceTheItemIsDoneNobodyLooksAfterItAnyMore() {
    FakeWorker worker = start();
    PickyJob job = submit(TaskOptions.defaults(), 1, 1);
    interrupt(job, 0);
    interrupt(job, 1);
    worker.giveBack(worker.chunks().get(1));
    finishAll(worker);
    clock.advance(AGES);
    assertThat(clock.isPending()).isFalse();
  }

  @Test
  void anItemInTheQueueIsNotInterrupted() {
    FakeWorker worker = start();
    submit(TaskOptions.defaults(), 1);
    submit(TaskOptions.defaults(), 1);
    interrupt(submit(TaskOptions.defaults(), 1), 0);
    clock.advance(AGES);
    assertThat(worker.interrupts()).isEmpty();
    assertThat(worker.closes()).isEmpty();
  }

  private FakeWorker start() {
    scheduler.start();
    workers.newest().becomeReady();
    return workers.newest();
  }

  private void interrupt(PickyJob job, int item) {
    job.unneeded.add(item);
    scheduler.withdraw(job, item, 1);
    scheduler.disown(job, item, true);
  }

  private static void finishAll(FakeWorker worker) {
    while (!worker.chunks().isEmpty()) {
      worker.finishFirst();
    }
  }

  private static void die(FakeWorker worker, Optional<Slot.Running> running) {
    WorkerLoss loss = WorkerLoss.of(WorkerLoss.Reason.KILLED, "by intent", 1).build();
    worker.listener().gone(new SlotEnd.Lost(loss, running));
  }

  private PickyJob submit(TaskOptions options, int... counts) {
    PickyJob job = new PickyJob();
    PayloadCodec codec = new PayloadCodec(getClass().getClassLoader(), null);
    List<ItemBlock> chunks = new ArrayList<>();
    int base = 0;
    for (int count : counts) {
      Block.Writer block = new Block.Writer();
      for (int i = 0; i < count; i++) {
        block.addValue(base + i, codec, "item");
      }
      chunks.add(new ItemBlock(base, count, block.take()));
      base += count;
    }
    scheduler.submit(job, options, new Chunk.Function(1, new byte[0]), chunks);
    return job;
  }

  /** Notes what it is told, by index. */
  private static final class PickyJob implements Job {
    private final Set<Integer> unneeded = new HashSet<>();
    private final List<Integer> done = new ArrayList<>();
    private final List<Integer> lost = new ArrayList<>();
    private final List<Integer> lostAttempts = new ArrayList<>();
    private final List<Integer> withdrawn = new ArrayList<>();
    private final WaitingItems waiting = new WaitingItems();
    private boolean complete;

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
      for (int i = 0; i < delivery.count(); i++) {
        done.add(delivery.first() + i);
      }
    }

    @Override
    public void lostAttempt(int index, Attempt attempt, WorkerLoss loss) {
      lostAttempts.add(index);
    }

    @Override
    public void lost(int index, Attempt attempt, WorkerLoss loss) {
      lost.add(index);
    }

    @Override
    public void timedOut(int index, Attempt attempt, Duration limit, String threadDump) {}

    @Override
    public void end(PoolException cause) {}

    @Override
    public boolean isComplete() {
      return complete;
    }

    @Override
    public boolean needs(int index) {
      return !complete && !unneeded.contains(index);
    }

    @Override
    public WaitingItems waitingItems() {
      return waiting;
    }

    @Override
    public void withdrawn(int index) {
      withdrawn.add(index);
    }
  }

  private static final class NoWatcher implements PoolWatcher {
    @Override
    public void workerStarted() {}

    @Override
    public void startFailed(PoolStartException cause) {}

    @Override
    public void startsKeepFailing(PoolStartException first) {}

    @Override
    public void workersAreGone() {}
  }
}
