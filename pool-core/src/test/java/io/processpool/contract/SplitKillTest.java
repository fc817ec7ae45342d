package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.FailedAttempt;
import io.processpool.Outcome;
import io.processpool.Pool;
import io.processpool.TaskOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cancelling one item that does not listen: its worker is killed, and nothing else is lost. */
@WorkerProcesses
class SplitKillTest {
  @TempDir Path directory;

  @Test
  void theWorkerOfTheItemIsKilledAndEveryOtherItemRunsOnce() throws Exception {
    Journal pids = Journal.in(directory, "pids");
    Journal ran = Journal.in(directory, "ran");
    Signal never = Signal.in(directory, "never");
    try (Pool pool = Pool.builder().workers(1).cancelGrace(Duration.ofMillis(50)).build()) {
      AsyncMapResult<Integer> map =
          pool.with(TaskOptions.attempts(3))
              .mapAsync(i -> i == 2 ? deaf(pids, never) : write(ran, i), numbers(10), 5);
      AsyncMapResult<Integer> other = pool.mapAsync(i -> write(ran, i + 100), numbers(4), 2);
      await().atMost(Results.BOUND).until(() -> pids.lines().size() == 1);
      AsyncResult<Integer> deaf = map.split().get(2);
      assertThat(deaf.cancel(true)).isTrue();
      assertThatThrownBy(deaf::get).isInstanceOf(CancellationException.class);
      List<Outcome<Integer>> outcomes = map.outcomes();
      assertThat(outcomes)
          .filteredOn(outcome -> !outcome.successful())
          .extracting(Outcome::index)
          .containsExactly(2);
      assertThat(Results.valueOf(other)).containsExactly(100, 101, 102, 103);
      assertThat(ran.lines()).hasSize(13).doesNotHaveDuplicates();
      assertThat(pids.lines()).hasSize(1);
      Processes.awaitGone(pids.lines().stream().map(Long::valueOf).toList());
      assertThat(map.failedAttempts()).isEmpty();
    }
  }

  @Test
  void anItemThatHasNotStartedIsNoReasonToKillWhatRuns() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Journal pids = Journal.in(directory, "pids");
    try (Pool pool = Pool.builder().workers(1).cancelGrace(Duration.ZERO).build()) {
      AsyncMapResult<Integer> map =
          pool.mapAsync(i -> write(pids, i == 1 ? gate.pass(i) : i), numbers(5), 5);
      gate.awaitArrival();
      List<AsyncResult<Integer>> items = map.split();
      assertThat(items.get(3).cancel(true)).isTrue();
      AsyncResult<Integer> behind = pool.applyAsync(() -> 42);
      AsyncResult<Integer> withdrawn = pool.applyAsync(() -> 43);
      assertThat(withdrawn.cancel(true)).isTrue();
      gate.open();
      assertThat(Results.valueOf(behind)).isEqualTo(42);
      assertThat(map.outcomes())
          .extracting(Outcome::successful)
          .containsExactly(true, true, true, false, true);
      assertThat(map.failedAttempts()).isEmpty();
    }
  }

  @Test
  void theLostAttemptsOfAnItemAreThoseOfItsHandle() throws Exception {
    Journal runs = Journal.in(directory, "runs");
    try (Pool pool = Pool.create(1)) {
      AsyncMapResult<Integer> map =
          pool.with(TaskOptions.attempts(2))
              .mapAsync(i -> i == 1 ? dieOnce(runs) : i, numbers(3), 3);
      List<AsyncResult<Integer>> items = map.split();
      assertThat(Results.valueOf(items.get(1))).isEqualTo(1);
      assertThat(items.get(1).failedAttempts()).extracting(FailedAttempt::index).containsOnly(1);
      assertThat(items.get(1).failedAttempts()).hasSize(1);
      assertThat(Results.valueOf(items.get(2))).isEqualTo(2);
      assertThat(items.get(2).failedAttempts()).isEmpty();
      AsyncMapResult<Integer> joined = AsyncResult.join(items.get(0), items.get(1));
      assertThat(joined.failedAttempts()).extracting(FailedAttempt::index).containsExactly(1);
    }
  }

  private static int dieOnce(Journal runs) throws Exception {
    runs.write("run");
    if (runs.lines().size() == 1) {
      Runtime.getRuntime().halt(9);
    }
    return 1;
  }

  private static int deaf(Journal pids, Signal signal) throws Exception {
    pids.write(Processes.self());
    signal.awaitUninterruptibly();
    return -1;
  }

  private static int write(Journal journal, int line) throws Exception {
    journal.write(line);
    return line;
  }

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }
}
