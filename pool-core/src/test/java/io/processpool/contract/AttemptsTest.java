package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.FailedAttempt;
import io.processpool.Outcome;
import io.processpool.Pool;
import io.processpool.ResultIterator;
import io.processpool.TaskOptions;
import io.processpool.WorkerLostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Items whose worker is lost are tried again, if the options allow it. */
@WorkerProcesses
class AttemptsTest {
  private final Pool pool;
  @TempDir Path directory;

  AttemptsTest(Pool pool) {
    this.pool = pool;
  }

  @Test
  void aTaskIsTriedAgainOnAnotherWorkerUntilItSucceeds() throws Exception {
    Journal runs = Journal.in(directory, "runs");
    AsyncResult<Integer> result =
        pool.with(TaskOptions.attempts(3)).applyAsync(() -> dieTwice(runs));
    assertThat(Results.valueOf(result)).isEqualTo(3);
    assertThat(result.failedAttempts())
        .extracting(FailedAttempt::index, FailedAttempt::number)
        .containsExactly(tuple(0, 1), tuple(0, 2));
    assertThat(result.failedAttempts())
        .extracting(attempt -> Long.toString(attempt.failure().pid()))
        .isEqualTo(runs.lines().subList(0, 2));
  }

  @Test
  void aTaskThatKillsEveryWorkerIsGivenUpAfterItsAttempts() throws Exception {
    Journal runs = Journal.in(directory, "runs");
    AsyncResult<Integer> poison = pool.with(TaskOptions.attempts(3)).applyAsync(() -> die(runs));
    AsyncMapResult<Integer> others = pool.mapAsync(i -> i, numbers(20), 1);
    assertThat(Results.failureOf(poison))
        .isInstanceOf(WorkerLostException.class)
        .satisfies(
            e ->
                assertThat(e.getSuppressed())
                    .hasSize(2)
                    .allMatch(before -> before instanceof WorkerLostException)
                    .allMatch(before -> before.getSuppressed().length == 0));
    assertThat(poison.failedAttempts()).hasSize(3);
    assertThat(runs.lines()).hasSize(3).doesNotHaveDuplicates();
    assertThat(Results.valueOf(others)).isEqualTo(numbers(20));
  }

  @Test
  void withoutTheOptionATaskIsTriedOnce() throws Exception {
    Journal runs = Journal.in(directory, "runs");
    AsyncResult<Integer> result = pool.applyAsync(() -> dieTwice(runs));
    assertThat(Results.failureOf(result)).isInstanceOf(WorkerLostException.class);
    assertThat(result.failedAttempts()).hasSize(1);
    assertThat(runs.lines()).hasSize(1);
  }

  @Test
  void onlyTheItemThatWasLostIsTriedAgain() throws Exception {
    Journal runs = Journal.in(directory, "runs");
    Journal others = Journal.in(directory, "others");
    AsyncMapResult<Integer> map =
        pool.with(TaskOptions.attempts(3))
            .mapAsync(i -> i == 2 ? dieTwice(runs) : noted(others, i), numbers(6), 6);
    assertThat(Results.valueOf(map)).containsExactly(0, 1, 3, 3, 4, 5);
    assertThat(others.lines()).containsExactlyInAnyOrder("0", "1", "3", "4", "5");
    assertThat(map.failedAttempts())
        .extracting(FailedAttempt::index, FailedAttempt::number)
        .containsExactly(tuple(2, 1), tuple(2, 2));
  }

  @Test
  void eachItemHasItsOwnAttempts() throws Exception {
    Journal runs = Journal.in(directory, "runs");
    AsyncMapResult<Integer> map =
        pool.with(TaskOptions.attempts(2)).mapAsync(i -> i < 2 ? die(runs) : i, numbers(4), 2);
    List<Outcome<Integer>> outcomes = map.outcomes();
    assertThat(outcomes).extracting(Outcome::successful).containsExactly(false, false, true, true);
    assertThat(runs.lines()).hasSize(4);
  }

  @Test
  void anItemOfAnImapIsTriedAgainToo() {
    Journal runs = Journal.in(directory, "runs");
    try (ResultIterator<Integer> results =
        pool.with(TaskOptions.attempts(3)).imap(i -> i == 1 ? dieTwice(runs) : i, numbers(3))) {
      assertThat(results.next()).isZero();
      assertThat(results.next()).isEqualTo(3);
      assertThat(results.next()).isEqualTo(2);
    }
  }

  @Test
  void anExceptionIsAResultAndNotTriedAgain() throws Exception {
    Journal runs = Journal.in(directory, "runs");
    assertThatThrownBy(() -> pool.with(TaskOptions.attempts(3)).apply(() -> fail(runs)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(runs.lines()).hasSize(1);
  }

  @Test
  void theNextAttemptWaitsForTheBackoffWhichDoubles() throws Exception {
    Journal runs = Journal.in(directory, "runs");
    TaskOptions patient = TaskOptions.attempts(3).withBackoff(Duration.ofMillis(400));
    long start = System.nanoTime();
    AsyncResult<Integer> result = pool.with(patient).applyAsync(() -> dieTwice(runs));
    assertThat(Results.valueOf(result)).isEqualTo(3);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(1200));
  }

  @Test
  void aTaskThatWaitsForItsNextAttemptCanBeCancelledAndDoesNotHoldUpTheEnd() throws Exception {
    Journal runs = Journal.in(directory, "runs");
    TaskOptions patient = TaskOptions.attempts(2).withBackoff(Duration.ofDays(1));
    try (Pool own = Pool.create(1)) {
      AsyncResult<Integer> result = own.with(patient).applyAsync(() -> die(runs));
      int next = own.apply(() -> 1);
      assertThat(next).isEqualTo(1);
      assertThat(result.ready()).isFalse();
      assertThat(result.cancel(false)).isTrue();
    }
    assertThat(runs.lines()).hasSize(1);
  }

  private static int dieTwice(Journal runs) throws Exception {
    runs.write(Processes.self());
    int run = runs.lines().size();
    if (run < 3) {
      Runtime.getRuntime().halt(9);
    }
    return run;
  }

  private static int die(Journal runs) throws Exception {
    runs.write(Processes.self());
    Runtime.getRuntime().halt(9);
    return 0;
  }

  private static int fail(Journal runs) throws Exception {
    runs.write("run");
    throw new IllegalArgumentException("by intent");
  }

  private static int noted(Journal journal, int i) throws Exception {
    journal.write(i);
    return i;
  }

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }
}
