package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Pool;
import io.processpool.PoolBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pools that grow and shrink, and workers that are replaced for their age. */
@WorkerProcesses
class SizingTest {
  @TempDir Path directory;

  @Test
  void aPoolStartsWithItsMinimumAndGrowsAsTasksCome() throws Exception {
    Journal starts = Journal.in(directory, "starts");
    Gate gate = Gate.in(directory, "gate");
    try (Pool pool =
        Pool.builder().workers(3).minWorkers(1).initializer(() -> starts.write("start")).build()) {
      int first = pool.apply(() -> 1);
      assertThat(first).isEqualTo(1);
      assertThat(starts.lines()).hasSize(1);
      AsyncMapResult<Integer> held = pool.mapAsync(gate::pass, List.of(1, 2), 1);
      await().atMost(Results.BOUND).until(() -> starts.lines().size() == 2);
      int beside = pool.apply(() -> 3);
      assertThat(beside).isEqualTo(3);
      assertThat(starts.lines()).hasSize(3);
      gate.open();
      assertThat(Results.valueOf(held)).containsExactly(1, 2);
      assertThat(pool.workers()).isEqualTo(3);
    }
  }

  @Test
  void aPoolDoesNotGrowForTasksThatComeOneAfterTheOther() throws Exception {
    Journal starts = Journal.in(directory, "starts");
    try (Pool pool =
        Pool.builder().workers(3).minWorkers(1).initializer(() -> starts.write("start")).build()) {
      for (int i = 0; i < 2_000; i++) {
        int result = pool.apply(x -> x + 1, i);
        assertThat(result).isEqualTo(i + 1);
      }
    }
    assertThat(starts.lines()).hasSize(1);
  }

  @Test
  void idleWorkersEndDownToTheMinimum() throws Exception {
    try (Pool pool = elastic(1).build()) {
      pool.map(i -> i, IntStream.range(0, 30).boxed().toList(), 1);
      awaitWorkers(1);
      List<Integer> again = pool.map(i -> i, List.of(1, 2, 3), 1);
      assertThat(again).containsExactly(1, 2, 3);
    }
  }

  @Test
  void aPoolMayShrinkToNothingAndComeBack() throws Exception {
    try (Pool pool = elastic(0).build()) {
      for (int i = 0; i < 3; i++) {
        int result = pool.apply(x -> x + 1, i);
        assertThat(result).isEqualTo(i + 1);
        awaitWorkers(0);
      }
    }
  }

  @Test
  void aWorkerEndsInAnOrderlyWayWhenItIsIdle() throws Exception {
    Journal ends = Journal.in(directory, "ends");
    try (Pool pool = elastic(0).finalizer(() -> ends.write("end")).build()) {
      int result = pool.apply(() -> 1);
      assertThat(result).isEqualTo(1);
      awaitWorkers(0);
      assertThat(ends.lines()).containsOnly("end");
    }
  }

  @Test
  void aWorkerThatIsTooOldIsReplacedAlthoughItIsIdle() throws Exception {
    Journal starts = Journal.in(directory, "starts");
    Journal ends = Journal.in(directory, "ends");
    try (Pool pool =
        Pool.builder()
            .workers(1)
            .maxWorkerAge(Duration.ofMillis(700))
            .initializer(() -> starts.write("start"))
            .finalizer(() -> ends.write("end"))
            .build()) {
      await().atMost(Results.BOUND).until(() -> starts.lines().size() >= 3);
      int result = pool.apply(() -> 1);
      assertThat(result).isEqualTo(1);
      await().atMost(Results.BOUND).until(() -> ends.lines().size() >= 2);
    }
  }

  @Test
  void aWorkerThatIsTooOldFinishesWhatItRuns() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Journal starts = Journal.in(directory, "starts");
    try (Pool pool =
        Pool.builder()
            .workers(2)
            .maxWorkerAge(Duration.ofMillis(500))
            .initializer(() -> starts.write("start"))
            .build()) {
      AsyncResult<Integer> held = pool.applyAsync(() -> gate.pass(1));
      gate.awaitArrival();
      await().atMost(Results.BOUND).until(() -> starts.lines().size() >= 4);
      assertThat(held.ready()).isFalse();
      gate.open();
      assertThat(Results.valueOf(held)).isEqualTo(1);
    }
  }

  @Test
  void workersThatAreTooOldOrIdleForTooLongOnceTheyHaveStartedStillDoTheirWork() throws Exception {
    PoolBuilder slow = Pool.builder().initializer(() -> TimeUnit.MILLISECONDS.sleep(50)).workers(1);
    try (Pool pool = slow.minWorkers(0).idleTimeout(Duration.ofMillis(1)).build()) {
      List<Integer> results = pool.map(i -> i, List.of(1, 2, 3), 1);
      assertThat(results).containsExactly(1, 2, 3);
    }
    try (Pool pool = slow.minWorkers(1).maxWorkerAge(Duration.ofNanos(1)).build()) {
      List<Integer> results = pool.map(i -> i, List.of(1, 2, 3), 1);
      assertThat(results).containsExactly(1, 2, 3);
    }
  }

  @Test
  void theMinimumIsNotMoreThanTheMaximum() {
    assertThatThrownBy(() -> Pool.builder().workers(2).minWorkers(3).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("minWorkers")
        .hasMessageContaining("2")
        .hasMessageContaining("3");
  }

  @Test
  void aPoolMayHaveAnyNumberOfWorkersAtMost() throws Exception {
    PoolBuilder huge = Pool.builder().inline().minWorkers(0).spareWorkers(1).maxTasksPerWorker(1);
    for (int most : List.of(1 << 30, Integer.MAX_VALUE)) {
      try (Pool pool = huge.workers(most).build()) {
        for (int i = 0; i < 5; i++) {
          List<Integer> results = pool.map(x -> x, List.of(1, 2, 3));
          assertThat(results).containsExactly(1, 2, 3);
        }
      }
    }
  }

  private static PoolBuilder elastic(int min) {
    return Pool.builder().workers(3).minWorkers(min).idleTimeout(Duration.ofMillis(300));
  }

  private static void awaitWorkers(int count) {
    await().atMost(Results.BOUND).until(() -> Processes.childrenOfThisJvm() == count);
  }
}
