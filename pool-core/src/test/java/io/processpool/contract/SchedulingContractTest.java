package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Pool;
import io.processpool.ResultIterator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task that does not end holds up nothing but the worker that runs it. */
@EveryBackend
class SchedulingContractTest {
  private final Pool pool;
  @TempDir Path directory;

  SchedulingContractTest(PoolKind kind, Pool pool) {
    this.pool = pool;
  }

  @Test
  void whatIsQueuedBehindALongTaskRunsOnTheOtherWorker() throws Exception {
    Gate longOne = Gate.in(directory, "long one");
    Gate shortOne = Gate.in(directory, "short one");
    AsyncResult<String> running = pool.applyAsync(() -> longOne.pass("long"));
    AsyncResult<String> released = pool.applyAsync(() -> shortOne.pass("short"));
    longOne.awaitArrival();
    shortOne.awaitArrival();
    List<AsyncResult<Integer>> queued = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      queued.add(pool.applyAsync(x -> x, i));
    }
    shortOne.open();
    for (int i = 0; i < 10; i++) {
      assertThat(Results.valueOf(queued.get(i))).isEqualTo(i);
    }
    assertThat(running.ready()).isFalse();
    longOne.open();
    assertThat(Results.valueOf(running)).isEqualTo("long");
    assertThat(Results.valueOf(released)).isEqualTo("short");
  }

  @Test
  void whatWasSubmittedRightAfterALongTaskDoesNotWaitForIt() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncResult<String> running = pool.applyAsync(() -> gate.pass("long"));
    List<AsyncResult<Integer>> queued = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      queued.add(pool.applyAsync(x -> x, i));
    }
    for (int i = 0; i < 10; i++) {
      assertThat(Results.valueOf(queued.get(i))).isEqualTo(i);
    }
    assertThat(running.ready()).isFalse();
    gate.open();
    assertThat(Results.valueOf(running)).isEqualTo("long");
  }

  @Test
  void theOtherChunksOfAMapRunOnTheOtherWorker() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncMapResult<Integer> result =
        pool.mapAsync(i -> i == 0 ? gate.pass(i) : i, IntStream.range(0, 40).boxed().toList(), 2);
    await().atMost(Results.BOUND).until(() -> result.progress() == 38);
    gate.open();
    assertThat(Results.valueOf(result)).hasSize(40);
  }

  @Test
  void theOtherResultsOfAnImapArrive() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    try (ResultIterator<Integer> results =
        pool.imapUnordered(
            i -> i == 0 ? gate.pass(i) : i, IntStream.range(0, 100).boxed().toList())) {
      for (int i = 1; i < 100; i++) {
        assertThat(results.next(Results.BOUND)).isPositive();
      }
      gate.open();
      assertThat(results.next(Results.BOUND)).isZero();
    }
  }

  @Test
  void aLaterTaskDoesNotWaitForAMapThatIsStuck() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncMapResult<Integer> stuck = pool.mapAsync(i -> gate.pass(i), List.of(0, 1, 2, 3), 4);
    gate.awaitArrival();
    for (int i = 0; i < 10; i++) {
      int result = pool.apply(x -> x, i);
      assertThat(result).isEqualTo(i);
    }
    gate.open();
    assertThat(Results.valueOf(stuck)).containsExactly(0, 1, 2, 3);
  }
}
