package io.processpool.contract;

import static io.processpool.contract.Results.BOUND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Pool;
import io.processpool.PoolStats;
import io.processpool.ResultIterator;
import io.processpool.TaskOptions;
import io.processpool.WorkerStats;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The counts of a pool, and of each worker. */
@EveryBackend
class StatsContractTest {
  private final PoolKind kind;
  private final Pool pool;
  @TempDir Path directory;

  StatsContractTest(PoolKind kind) {
    this.kind = kind;
    this.pool = kind.builder().workers(2).build();
  }

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  void tasksAreCounted() throws Exception {
    assertThat(pool.stats().submitted()).isZero();
    pool.map(x -> x + 1, IntStream.range(0, 100).boxed().toList());
    Results.failureOf(pool.applyAsync(x -> 1 / x, 0));
    try (ResultIterator<Integer> results = pool.imap(x -> x, List.of(1, 2, 3))) {
      results.forEachRemaining(x -> {});
    }
    await().atMost(BOUND).until(() -> pool.stats().completed() == 104);
    PoolStats stats = pool.stats();
    assertThat(stats.submitted()).isEqualTo(104);
    assertThat(stats.failed()).isEqualTo(1);
    assertThat(stats.running()).isZero();
    assertThat(stats.queued()).isZero();
  }

  @Test
  void whatRunsAndWaitsIsCounted() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncMapResult<Integer> result = pool.mapAsync(gate::pass, List.of(1, 2, 3, 4, 5), 1);
    await().atMost(BOUND).until(() -> pool.stats().running() == 2);
    PoolStats stats = pool.stats();
    assertThat(stats.submitted()).isEqualTo(5);
    assertThat(stats.completed()).isZero();
    assertThat(stats.queued()).isEqualTo(3);
    gate.open();
    Results.valueOf(result);
  }

  @Test
  void whatIsCancelledOrAbortedIsOver() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncMapResult<Integer> aborted = pool.mapAsync(gate::pass, List.of(1, 2, 3, 4, 5), 1);
    AsyncMapResult<Integer> cancelled = pool.mapAsync(x -> x, List.of(1, 2, 3));
    gate.awaitArrival();
    aborted.abort();
    cancelled.cancel(false);
    gate.open();
    aborted.await();
    await().atMost(BOUND).until(() -> pool.stats().completed() == 8);
    assertThat(pool.stats().queued()).isZero();
    assertThat(pool.stats().submitted()).isEqualTo(8);
  }

  @Test
  void eachWorkerTellsWhatItDid() throws Exception {
    pool.map(StatsContractTest::work, IntStream.range(0, 20).boxed().toList(), 1);
    List<WorkerStats> workers = pool.stats().workers();
    assertThat(workers.stream().mapToLong(WorkerStats::tasks).sum()).isEqualTo(20);
    assertThat(workers).extracting(WorkerStats::id).containsExactly(1, 2);
    Duration busy = workers.stream().map(WorkerStats::busy).reduce(Duration.ZERO, Duration::plus);
    assertThat(busy).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    for (WorkerStats worker : workers) {
      if (worker.tasks() > 0) {
        assertThat(worker.ready()).isPresent();
        assertThat(worker.pid()).isPresent();
        assertThat(worker.startUp().orElseThrow()).isPositive();
      }
      assertThat(worker.ended()).isEmpty();
      assertThat(worker.serialisationShare()).isBetween(0.0, 1.0);
    }
  }

  private static int work(int number) throws InterruptedException {
    Thread.sleep(10);
    return number;
  }

  @Test
  void aWorkerThatDiesIsTold() throws Exception {
    if (kind != PoolKind.PROCESS) {
      return;
    }
    AsyncResult<Object> result = pool.with(TaskOptions.attempts(1)).applyAsync(Deaths::halt, 7);
    Results.failureOf(result);
    int lost = result.metadata().get(0).worker().orElseThrow();
    await().atMost(BOUND).until(() -> pool.stats().restarts().size() == 1);
    WorkerStats dead = pool.stats().restarts().get(0);
    assertThat(dead.id()).isEqualTo(lost);
    assertThat(dead.ended()).isPresent();
    assertThat(dead.whyEnded().orElseThrow()).contains("exit");
    assertThat(pool.stats().failed()).isEqualTo(1);
    assertThat(pool.stats().completed()).isEqualTo(1);
  }

  @Test
  void aWorkerThatHasServedItsTimeIsTold() throws Exception {
    try (Pool brief = kind.builder().workers(1).maxTasksPerWorker(2).build()) {
      brief.map(x -> x, List.of(1, 2, 3), 1);
      await().atMost(BOUND).until(() -> brief.stats().restarts().size() == 1);
      assertThat(brief.stats().restarts().get(0).whyEnded().orElseThrow())
          .contains("as many tasks as it may");
    }
  }

  @Test
  void theNumbersStayAfterTheEnd() throws Exception {
    pool.map(x -> x, List.of(1, 2, 3));
    pool.close();
    PoolStats stats = pool.stats();
    assertThat(stats.completed()).isEqualTo(3);
    assertThat(stats.workers()).allMatch(worker -> worker.ended().isPresent());
    assertThat(stats.restarts()).isEmpty();
  }
}
