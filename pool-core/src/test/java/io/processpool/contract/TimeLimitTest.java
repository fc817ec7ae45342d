package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Outcome;
import io.processpool.Pool;
import io.processpool.ResultIterator;
import io.processpool.TaskOptions;
import io.processpool.TaskTimeoutException;
import io.processpool.function.SerializableCallable;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hard time limits: whatever an item does, its worker is killed, and only that item fails. */
@WorkerProcesses
class TimeLimitTest {
  private static final TaskOptions SHORT = TaskOptions.timeout(Duration.ofMillis(300));

  /** Time enough to come, on a machine that is busy, to where the dump is to show the task. */
  private static final TaskOptions LONGER = TaskOptions.timeout(Duration.ofSeconds(2));

  private final Pool pool;
  @TempDir Path directory;

  TimeLimitTest(Pool pool) {
    this.pool = pool;
  }

  @Test
  void aTaskThatSpinsIsKilledWithAThreadDump() throws Exception {
    Journal pids = Journal.in(directory, "pids");
    TaskTimeoutException e = timeoutWithDump(() -> spinFor(pids));
    assertThat(e.limit()).isEqualTo(Duration.ofSeconds(2));
    assertThat(e.itemIndex()).isZero();
    assertThat(e.threadDump()).contains("TimeLimitTest.spinFor");
    assertThat(e).hasMessageContaining("TimeLimitTest.spinFor");
    Processes.awaitGone(pids.lines().stream().map(Long::valueOf).toList());
    int afterwards = pool.apply(() -> 1);
    assertThat(afterwards).isEqualTo(1);
  }

  @Test
  void aTaskThatSwallowsInterruptsIsKilled() throws Exception {
    Signal never = Signal.in(directory, "never");
    TaskOptions both = SHORT.withSoftTimeout(Duration.ofMillis(50));
    AsyncResult<Object> result =
        pool.with(both)
            .applyAsync(
                () -> {
                  never.awaitUninterruptibly();
                  return "never";
                });
    assertThat(Results.failureOf(result)).isInstanceOf(TaskTimeoutException.class);
  }

  @Test
  void aDeadlockIsTold() {
    assertThat(timeoutWithDump(TimeLimitTest::deadlock).threadDump())
        .contains("Deadlock of")
        .contains("the other one");
  }

  /** A worker that is starved of processor time is killed without a dump: then once more. */
  private TaskTimeoutException timeoutWithDump(SerializableCallable<Object> task) {
    TaskTimeoutException timeout = timeoutOf(task);
    for (int i = 1; i < 5 && timeout.threadDump().isEmpty(); i++) {
      timeout = timeoutOf(task);
    }
    return timeout;
  }

  private TaskTimeoutException timeoutOf(SerializableCallable<Object> task) {
    Throwable failure = Results.failureOf(pool.with(LONGER).applyAsync(task));
    assertThat(failure).isInstanceOf(TaskTimeoutException.class);
    return (TaskTimeoutException) failure;
  }

  @Test
  void aWorkerThatDoesNotAnswerIsKilledWithoutADump() throws Exception {
    TaskOptions longEnoughToStop = TaskOptions.timeout(Duration.ofSeconds(5));
    AsyncResult<Object> result = pool.with(longEnoughToStop).applyAsync(() -> Deaths.kill("STOP"));
    assertThat(Results.failureOf(result))
        .isInstanceOfSatisfying(
            TaskTimeoutException.class,
            e -> {
              assertThat(e.threadDump()).isEmpty();
              assertThat(e).hasMessageContaining("did not answer");
            });
  }

  @Test
  void onlyTheItemThatTakesTooLongFailsOfItsChunkAndTheRestRunsOnce() throws Exception {
    Journal runs = Journal.in(directory, "runs");
    AsyncMapResult<Integer> map =
        pool.with(LONGER).mapAsync(i -> i == 3 ? spinFor(runs) : noted(runs, i), numbers(8), 8);
    List<Outcome<Integer>> outcomes = map.outcomes();
    assertThat(outcomes)
        .extracting(Outcome::index, Outcome::successful)
        .containsExactlyElementsOf(IntStream.range(0, 8).mapToObj(i -> tuple(i, i != 3)).toList());
    assertThat(((Outcome.Failure<Integer>) outcomes.get(3)).exception())
        .isInstanceOfSatisfying(
            TaskTimeoutException.class, e -> assertThat(e.itemIndex()).isEqualTo(3));
    assertThat(runs.lines()).hasSize(8).contains("0", "1", "2", "4", "5", "6", "7");
  }

  @Test
  void theLimitIsForEachItemByItself() throws Exception {
    TaskOptions second = TaskOptions.timeout(Duration.ofSeconds(20));
    List<Integer> results =
        pool.with(second)
            .map(
                i -> {
                  TimeUnit.MILLISECONDS.sleep(5);
                  return i;
                },
                numbers(100),
                50);
    assertThat(results).isEqualTo(numbers(100));
  }

  @Test
  void theTimeInTheQueueDoesNotCount() throws Exception {
    Gate first = Gate.in(directory, "first");
    Gate other = Gate.in(directory, "other");
    AsyncResult<Integer> one = pool.applyAsync(() -> first.pass(1));
    AsyncResult<Integer> two = pool.applyAsync(() -> other.pass(2));
    first.awaitArrival();
    other.awaitArrival();
    AsyncResult<Integer> late =
        pool.with(TaskOptions.timeout(Duration.ofSeconds(2))).applyAsync(() -> 3);
    assertThat(late.await(Duration.ofMillis(2500))).isFalse();
    first.open();
    other.open();
    assertThat(Results.valueOf(late)).isEqualTo(3);
    assertThat(Results.valueOf(one)).isEqualTo(1);
    assertThat(Results.valueOf(two)).isEqualTo(2);
  }

  @Test
  void theTimeToReadTheFunctionDoesNotCount() throws Exception {
    SlowToRead slow = new SlowToRead(2_500);
    TaskOptions second = TaskOptions.timeout(Duration.ofSeconds(1));
    List<Integer> results = pool.with(second).map(i -> slow.unchanged(i), numbers(2), 2);
    assertThat(results).isEqualTo(numbers(2));
  }

  @Test
  void otherWorkersAreNotDisturbed() throws Exception {
    Gate other = Gate.in(directory, "other");
    Journal pids = Journal.in(directory, "pids");
    AsyncResult<Long> undisturbed = pool.applyAsync(() -> other.pass(Processes.self()));
    other.awaitArrival();
    AsyncResult<Object> result = pool.with(SHORT).applyAsync(() -> spinFor(pids));
    assertThat(Results.failureOf(result)).isInstanceOf(TaskTimeoutException.class);
    other.open();
    assertThat(Results.valueOf(undisturbed)).isPositive();
  }

  @Test
  void anItemOfAnImapIsLimitedToo() {
    Journal runs = Journal.in(directory, "runs");
    try (ResultIterator<Integer> results =
        pool.with(LONGER).imap(i -> i == 1 ? spinFor(runs) : i, numbers(4))) {
      assertThat(results.next()).isZero();
      assertThatThrownBy(results::next).isInstanceOf(TaskTimeoutException.class);
      assertThat(results.next()).isEqualTo(2);
      assertThat(results.next()).isEqualTo(3);
      assertThat(results.hasNext()).isFalse();
    }
  }

  @Test
  void aSpareWorkerTakesOverAtOnce() throws Exception {
    Journal pids = Journal.in(directory, "pids");
    try (Pool single = Pool.builder().workers(1).spareWorkers(1).build()) {
      await().atMost(Results.BOUND).until(() -> Processes.childrenOfThisJvm() >= 2);
      AsyncResult<Object> stuck = single.with(LONGER).applyAsync(() -> spinFor(pids));
      AsyncResult<Long> next = single.applyAsync(Processes::self);
      assertThat(Results.failureOf(stuck)).isInstanceOf(TaskTimeoutException.class);
      assertThat(Results.valueOf(next)).isNotEqualTo(Long.valueOf(pids.lines().get(0)));
    }
  }

  @Test
  void noMoreThanTheWorkersWorkAtATimeAlthoughThereAreSpares() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    try (Pool single = Pool.builder().workers(1).spareWorkers(2).build()) {
      AsyncResult<Integer> first = single.applyAsync(() -> gate.pass(1));
      gate.awaitArrival();
      AsyncResult<Integer> second = single.applyAsync(() -> 2);
      assertThat(second.await(Duration.ofMillis(700))).isFalse();
      gate.open();
      assertThat(Results.valueOf(first)).isEqualTo(1);
      assertThat(Results.valueOf(second)).isEqualTo(2);
      assertThat(single.workers()).isEqualTo(1);
    }
  }

  /** What a function captures. */
  private record SlowToRead(long millis) implements Serializable {
    SlowToRead {
      try {
        Thread.sleep(inWorker() ? millis : 0);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    private static boolean inWorker() {
      return Thread.currentThread().getName().equals("pool-tasks");
    }

    int unchanged(int i) {
      return i;
    }
  }

  private static int spinFor(Journal journal) throws Exception {
    journal.write(Processes.self());
    long sum = 0;
    while (sum >= 0) {
      sum ^= System.nanoTime() & 1;
    }
    return (int) sum;
  }

  private static int noted(Journal journal, int i) throws Exception {
    journal.write(i);
    return i;
  }

  private static Object deadlock() throws Exception {
    ReentrantLock one = new ReentrantLock();
    ReentrantLock two = new ReentrantLock();
    one.lock();
    Thread other =
        new Thread(
            () -> {
              two.lock();
              one.lock();
            },
            "the other one");
    other.setDaemon(true);
    other.start();
    while (!two.isLocked() || !one.hasQueuedThread(other)) {
      Thread.onSpinWait();
    }
    two.lock();
    return "never";
  }

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }
}
