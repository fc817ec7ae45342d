package io.processpool.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.processpool.PoolException;
import io.processpool.PoolStartException;
import io.processpool.TaskOptions;
import io.processpool.WorkerLoss;
import io.processpool.core.concurrent.Collector;
import io.processpool.core.schedule.FakeWorkers.FakeWorker;
import io.processpool.spi.Chunk;
import io.processpool.spi.PoolSettings.Sizing;
import io.processpool.spi.Slot;
import io.processpool.spi.SlotEnd;
import io.processpool.spi.SlotOutcomes;
import io.processpool.spi.TaskId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the scheduler does in situations that real workers hardly ever come to. */
class SchedulerTest {
  private static final Duration AGES = Duration.ofSeconds(50);
  private static final int PROCESSORS = 2;
  private static final int MAX_START_FAILURES = 3;

  private final ManualClock clock = new ManualClock();
  private final FakeWorkers workers = new FakeWorkers();
  private final FirstFailure pool = new FirstFailure();

  @Test
  void aCancelledChunkThatWaitsIsNoReasonToKillWhatRuns() {
    Scheduler scheduler = scheduler(1);
    CountingJob running = submit(scheduler);
    cancel(scheduler, submit(scheduler));
    clock.advance(AGES);
    assertThat(workers.newest().closes()).isEmpty();
    workers.newest().finishFirst();
    assertThat(running.done).isEqualTo(1);
  }

  @Test
  void aCancelledChunkIsAReasonToKillOnceItIsItsTurn() {
    Scheduler scheduler = scheduler(1);
    submit(scheduler);
    cancel(scheduler, submit(scheduler));
    clock.advance(AGES);
    FakeWorker worker = workers.newest();
    worker.finishFirst();
    clock.advance(AGES);
    assertThat(worker.closes()).containsExactly(Slot.Close.NOW);
  }

  @Test
  void aWorkerHoldsTwoChunksAsLongAsTheyAreNotKnownToBeShort() {
    Scheduler scheduler = scheduler(1);
    submit(scheduler, 10);
    assertThat(workers.newest().chunks()).hasSize(2);
    for (int i = 0; i < 5; i++) {
      clock.advance(Duration.ofMillis(2));
      workers.newest().finishFirst();
      assertThat(workers.newest().chunks()).hasSize(2);
    }
  }

  @Test
  void aWorkerHoldsMoreShortChunksAndIsGivenMoreWhenHalfOfThemAreDone() {
    Scheduler scheduler = scheduler(1);
    FakeWorker worker = workers.newest();
    submit(scheduler, 1000);
    while (worker.chunks().size() < 100) {
      worker.finishFirst();
    }
    int most = worker.chunks().size();
    while (worker.chunks().size() > most / 2 + 1) {
      int held = worker.chunks().size();
      worker.finishFirst();
      assertThat(worker.chunks()).hasSize(held - 1);
    }
    worker.finishFirst();
    assertThat(worker.chunks()).hasSizeGreaterThan(most - 2);
  }

  @Test
  void workersThatTakeTurnsHoldMoreForTheirTurn() {
    List<ItemBlock> chunks =
        IntStream.range(0, 1000).mapToObj(i -> new ItemBlock(i, 1, new byte[0])).toList();
    scheduler(4 * PROCESSORS)
        .submit(
            new CountingJob(), TaskOptions.defaults(), new Chunk.Function(1, new byte[0]), chunks);
    for (int i = 0; i < 50; i++) {
      clock.advance(Duration.ofNanos(500_000));
      workers.all().forEach(FakeWorker::finishFirst);
    }
    assertThat(workers.all())
        .allSatisfy(worker -> assertThat(worker.chunks()).hasSizeBetween(4, 8));
  }

  @Test
  void shortChunksAreSharedAmongTheWorkers() {
    Scheduler scheduler = scheduler(2);
    submit(scheduler, 1000);
    for (FakeWorker worker : workers.all()) {
      while (worker.chunks().size() < 100) {
        worker.finishFirst();
      }
    }
    for (FakeWorker worker : workers.all()) {
      while (!worker.chunks().isEmpty()) {
        worker.finishFirst();
      }
    }
    submit(scheduler, 20);
    assertThat(workers.all()).allSatisfy(worker -> assertThat(worker.chunks()).hasSize(10));
  }

  @Test
  void anIdleWorkerTakesOverWhatWaitsAtOneThatIsLate() {
    Scheduler scheduler = scheduler(2);
    FakeWorker late = workers.all().get(0);
    FakeWorker idle = workers.all().get(1);
    submit(scheduler, 4);
    assertThat(late.chunks()).hasSize(2);
    clock.advance(Duration.ofMillis(15));
    late.finishFirst();
    idle.finishFirst();
    idle.finishFirst();
    assertThat(late.cancels()).isEmpty();
    submit(scheduler, 2);
    List<Chunk> taken = List.copyOf(idle.chunks());
    assertThat(late.chunks()).hasSize(2);
    assertThat(taken).hasSize(1);
    idle.finishFirst();
    assertThat(late.cancels()).hasSize(1);
    late.giveBack(late.chunks().get(1));
    assertThat(idle.chunks()).hasSize(1);
    assertThat(late.chunks()).hasSize(1);
  }

  /** A spare worker is there for when another one is gone, and is not given its work before. */
  @Test
  void aSpareWorkerTakesOverNothingAsLongAsTheOthersWork() {
    Scheduler scheduler = ready(newScheduler(2, 1));
    submit(scheduler, 4);
    for (int i = 0; i < 15; i++) {
      clock.advance(Duration.ofMillis(1));
      workers.all().forEach(SchedulerTest::giveBackWhatIsRecalled);
    }
    assertThat(workers.all()).allSatisfy(worker -> assertThat(worker.cancels()).isEmpty());
  }

  private static void giveBackWhatIsRecalled(FakeWorker worker) {
    for (FakeWorker.Cancellation cancel : List.copyOf(worker.cancels())) {
      worker.chunks().stream()
          .filter(chunk -> chunk.id() == cancel.chunkId())
          .findFirst()
          .ifPresent(worker::giveBack);
    }
  }

  @Test
  void shortTasksDoNotWaitBehindALongOneWhileAWorkerIsIdle() {
    Scheduler scheduler = scheduler(2);
    FakeWorker busy = workers.all().get(0);
    FakeWorker other = workers.all().get(1);
    submit(scheduler, 1000);
    while (busy.chunks().size() < 100) {
      busy.finishFirst();
    }
    while (!other.chunks().isEmpty()) {
      other.finishFirst();
    }
    int held = busy.chunks().size();
    assertThat(held).isGreaterThan(10);
    for (int i = 0; i < 10; i++) {
      clock.advance(Duration.ofMillis(1));
      giveBackWhatIsRecalled(busy);
      while (!other.chunks().isEmpty()) {
        other.finishFirst();
      }
    }
    assertThat(busy.chunks()).hasSize(1);
  }

  @Test
  void whatWaitsBehindAFunctionThatIsBeingReadForLongIsTakenBack() {
    Scheduler scheduler = scheduler(1);
    FakeWorker worker = workers.newest();
    submit(scheduler, 2);
    clock.advance(Duration.ofMillis(50));
    assertThat(worker.cancels()).as("it may not have had its turn yet").isEmpty();
    worker.runs().set(new Slot.Running(worker.chunks().get(0).id(), 0, false));
    clock.advance(Duration.ofMillis(50));
    assertThat(worker.cancels())
        .containsExactly(
            new FakeWorker.Cancellation(worker.chunks().get(1).id(), Slot.Cancel.IF_NOT_STARTED));
  }

  @Test
  void anOutcomeThatCannotBeDeliveredHoldsUpNoOther() {
    List<CountingJob> jobs = new ArrayList<>();
    AtomicInteger deliveries = new AtomicInteger();
    Scheduler scheduler =
        newScheduler(
            1,
            0,
            action -> {
              if (deliveries.getAndIncrement() == 0) {
                throw new OutOfMemoryError("by intent");
              }
              action.run();
            });
    scheduler.start();
    FakeWorker worker = workers.newest();
    worker.becomeReady();
    for (int i = 0; i < 2; i++) {
      jobs.add(submit(scheduler));
    }
    List<SlotOutcomes> outcomes =
        worker.chunks().stream()
            .map(chunk -> new SlotOutcomes(chunk.id(), 0, 1, new byte[0]))
            .toList();
    assertThatThrownBy(() -> worker.listener().outcomes(outcomes)).hasMessage("by intent");
    assertThat(jobs).extracting(job -> job.done).containsExactly(0, 1);
  }

  @Test
  void aWorkerIsNotGivenManyLargeChunksAheadHoweverShortTheyAre() {
    Scheduler scheduler = scheduler(1);
    FakeWorker worker = workers.newest();
    submit(scheduler, 300);
    while (!worker.chunks().isEmpty()) {
      worker.finishFirst();
    }
    Chunk.Function large = new Chunk.Function(0, new byte[200_000]);
    for (int i = 0; i < 10; i++) {
      submit(scheduler, large);
    }
    assertThat(worker.chunks()).hasSize(2);
  }

  private static void submit(Scheduler scheduler, int count) {
    for (int i = 0; i < count; i++) {
      submit(scheduler);
    }
  }

  @Test
  void aPoolEndsWhoseWorkersAreAllKilledWhileTheyStart() {
    Scheduler scheduler = newScheduler(1);
    scheduler.start();
    int most = 1000;
    for (int kills = 0; pool.whyEnded == null && kills < most; kills++) {
      FakeWorker starting = workers.newest();
      die(starting, "kill " + kills);
      clock.advance(AGES);
    }
    assertThat(pool.whyEnded).hasMessage("kill 0");
    assertThat(workers.all()).hasSizeBetween(20, 100);
  }

  @Test
  void aChunkThatKillsNewWorkersIsGivenUp() {
    Scheduler scheduler = scheduler(1);
    CountingJob job = submit(scheduler);
    for (int i = 0; i < 3; i++) {
      assertThat(job.lost).isZero();
      dieAndBeReplaced();
    }
    assertThat(job.lost).isEqualTo(1);
  }

  @Test
  void aChunkIsNotGivenUpSoSoonForWorkersThatHadRunOthers() {
    Scheduler scheduler = scheduler(4);
    for (int i = 0; i < 4; i++) {
      submit(scheduler);
    }
    workers.all().forEach(FakeWorker::finishFirst);
    CountingJob job = submit(scheduler);
    for (FakeWorker worker : List.copyOf(workers.all())) {
      assertThat(worker.chunks()).hasSize(1);
      die(worker, "by intent");
    }
    assertThat(job.lost).isZero();
    clock.advance(AGES);
    workers.newest().becomeReady();
    for (int deaths = 0; deaths < 2; deaths++) {
      assertThat(job.lost).isZero();
      dieAndBeReplaced();
    }
    assertThat(job.lost).isEqualTo(1);
  }

  private void dieAndBeReplaced() {
    die(workers.newest(), "by intent");
    clock.advance(AGES);
    workers.newest().becomeReady();
  }

  private static void die(FakeWorker worker, String how) {
    WorkerLoss loss = WorkerLoss.of(WorkerLoss.Reason.KILLED, how, 1).build();
    worker.listener().gone(new SlotEnd.Lost(loss, Optional.empty()));
  }

  /** One whose workers are ready. */
  private Scheduler scheduler(int count) {
    return ready(newScheduler(count));
  }

  private Scheduler ready(Scheduler scheduler) {
    scheduler.start();
    workers.all().forEach(FakeWorker::becomeReady);
    return scheduler;
  }

  private Scheduler newScheduler(int count) {
    return newScheduler(count, 0);
  }

  private Scheduler newScheduler(int count, int spares) {
    return newScheduler(count, spares, Runnable::run);
  }

  private Scheduler newScheduler(int count, int spares, Collector collector) {
    return new Scheduler(
        workers,
        new SchedulerSettings(
            new Sizing(count, count, spares, Duration.ofMinutes(1), 0, null),
            PROCESSORS,
            MAX_START_FAILURES,
            Duration.ofMillis(10),
            Duration.ofSeconds(30)),
        collector,
        clock,
        pool,
        (line, author) -> {},
        (number, time) -> new NoLog());
  }

  private static CountingJob submit(Scheduler scheduler) {
    return submit(scheduler, new Chunk.Function(1, new byte[0]));
  }

  private static CountingJob submit(Scheduler scheduler, Chunk.Function function) {
    CountingJob job = new CountingJob();
    scheduler.submit(
        job, TaskOptions.defaults(), function, List.of(new ItemBlock(0, 1, new byte[0])));
    return job;
  }

  private static void cancel(Scheduler scheduler, CountingJob job) {
    job.complete = true;
    scheduler.cancel(job, true);
  }

  private static final class CountingJob implements Job {
    private int done;
    private int lost;
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
      done += delivery.count();
    }

    @Override
    public void lostAttempt(int index, Attempt attempt, WorkerLoss loss) {}

    @Override
    public void lost(int index, Attempt attempt, WorkerLoss loss) {
      lost++;
    }

    @Override
    public void timedOut(int index, Attempt attempt, Duration limit, String threadDump) {}

    @Override
    public void end(PoolException cause) {}

    @Override
    public boolean isComplete() {
      return complete;
    }
  }

  private static final class FirstFailure implements PoolWatcher {
    private @Nullable PoolStartException whyEnded;

    @Override
    public void workerStarted() {}

    @Override
    public void startFailed(PoolStartException cause) {}

    @Override
    public void startsKeepFailing(PoolStartException first) {
      whyEnded = first;
    }

    @Override
    public void workersAreGone() {}
  }
}
