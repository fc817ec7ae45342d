package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Outcome;
import io.processpool.Pool;
import io.processpool.TaskAbortedException;
import io.processpool.TaskOptions;
import io.processpool.WorkerLostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Aborting items whose worker is lost: what was running was lost, what was not never starts. */
@WorkerProcesses
class AbortProcessTest {
  private final Pool pool;
  @TempDir Path directory;

  AbortProcessTest(Pool pool) {
    this.pool = pool;
  }

  @Test
  void anItemThatWaitsForItsNextAttemptIsAbortedAtOnce() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Journal runs = Journal.in(directory, "runs");
    TaskOptions patient = TaskOptions.attempts(2).withBackoff(Duration.ofDays(1));
    AsyncMapResult<Integer> result =
        pool.with(patient).mapAsync(i -> i == 0 ? die(runs) : gate.pass(i), List.of(0, 1), 1);
    gate.awaitArrival();
    await().atMost(Results.BOUND).until(() -> result.failedAttempts().size() == 1);
    result.abort();
    assertThat(result.progress()).isEqualTo(1);
    assertThat(result.ready()).isFalse();
    gate.open();
    List<Outcome<Integer>> outcomes = result.outcomes();
    assertAbortedAfterLoss(((Outcome.Failure<Integer>) outcomes.get(0)).exception());
    assertThat(outcomes.get(1).successful()).isTrue();
    assertThat(runs.lines()).hasSize(1);
  }

  @Test
  void aTaskThatIsLostAfterItWasAbortedIsNotTriedAgain() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Journal runs = Journal.in(directory, "runs");
    AsyncResult<Integer> result =
        pool.with(TaskOptions.attempts(3)).applyAsync(() -> gate.pass(0) + die(runs));
    gate.awaitArrival();
    result.abort();
    gate.open();
    assertAbortedAfterLoss(Results.failureOf(result));
    assertThat(result.failedAttempts()).hasSize(1);
    assertThat(runs.lines()).hasSize(1);
  }

  @Test
  void theRestOfTheChunkOfAWorkerThatDiesIsAborted() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Journal runs = Journal.in(directory, "runs");
    AsyncMapResult<Integer> result =
        pool.mapAsync(i -> gate.pass(i) + die(runs), List.of(0, 1, 2, 3), 4);
    gate.awaitArrival();
    result.abort();
    gate.open();
    List<Outcome<Integer>> outcomes = result.outcomes();
    assertThat(outcomes).noneMatch(Outcome::successful);
    assertThat(Results.failureOf(result)).isInstanceOf(WorkerLostException.class);
    assertThat(outcomes.subList(1, 4))
        .allSatisfy(
            outcome ->
                assertThat(((Outcome.Failure<Integer>) outcome).exception())
                    .isInstanceOf(TaskAbortedException.class));
    assertThat(runs.lines()).hasSize(1);
  }

  private static void assertAbortedAfterLoss(Throwable failure) {
    assertThat(failure).isInstanceOf(TaskAbortedException.class);
    assertThat(failure.getSuppressed())
        .hasSize(1)
        .allMatch(before -> before instanceof WorkerLostException);
  }

  private static int die(Journal runs) throws Exception {
    runs.write(Processes.self());
    Runtime.getRuntime().halt(9);
    return 0;
  }
}
