package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.processpool.AsyncMapResult;
import io.processpool.Outcome;
import io.processpool.Pool;
import io.processpool.TaskOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A map that ends at the first item that fails. */
@EveryBackend(workers = 1)
class FailFastContractTest {
  private final PoolKind kind;
  private final Pool pool;
  @TempDir Path directory;

  FailFastContractTest(PoolKind kind, Pool pool) {
    this.kind = kind;
    this.pool = pool;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 200})
  void theMapEndsAtTheFirstFailureAndWhatHasNotStartedNeverRuns(int chunkSize) throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Journal ran = Journal.in(directory, "ran");
    AsyncMapResult<Integer> result =
        pool.with(TaskOptions.failFast())
            .mapAsync(i -> failThenWait(i, gate, ran), numbers(200), chunkSize);
    assertThat(Results.failureOf(result)).hasMessage("item 0");
    assertThat(result.ready()).isTrue();
    List<Outcome<Integer>> outcomes = result.outcomes();
    assertThat(outcomes).hasSize(200).noneMatch(Outcome::successful);
    gate.open();
    int afterwards = pool.apply(() -> 42);
    assertThat(afterwards).isEqualTo(42);
    assertThat(ran.lines()).startsWith("0").hasSizeLessThan(200);
  }

  @Test
  void aMapWithoutFailuresGivesEveryValue() throws Exception {
    List<Integer> results = pool.with(TaskOptions.failFast()).map(i -> i + 1, numbers(10));
    assertThat(results).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
  }

  @Test
  void otherTasksOfThePoolAreNotDisturbed() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    try (Pool two = kind.pool(2)) {
      AsyncMapResult<Integer> slow = two.mapAsync(i -> gate.pass(i), numbers(4), 2);
      gate.awaitArrival();
      AsyncMapResult<Integer> failing =
          two.with(TaskOptions.failFast()).mapAsync(FailFastContractTest::fail, numbers(50), 5);
      AsyncMapResult<Integer> queued = two.mapAsync(i -> i, numbers(10), 2);
      gate.open();
      assertThat(Results.failureOf(failing)).hasMessageStartingWith("item ");
      assertThat(Results.valueOf(slow)).isEqualTo(numbers(4));
      assertThat(Results.valueOf(queued)).isEqualTo(numbers(10));
    }
  }

  @Test
  void thePoolItselfStaysAsItWas() throws Exception {
    Pool view = pool.with(TaskOptions.failFast());
    assertThat(view.workers()).isEqualTo(1);
    AsyncMapResult<Integer> result =
        view.with(TaskOptions.defaults()).mapAsync(i -> i == 0 ? fail(i) : i, numbers(5), 1);
    assertThat(result.outcomes()).filteredOn(Outcome::successful).hasSize(4);
  }

  private static int failThenWait(int i, Gate gate, Journal ran) throws Exception {
    ran.write(i);
    if (i == 0) {
      return fail(i);
    }
    Thread.sleep(10); // the worker learns of the end while an item runs, not between two
    return gate.pass(i);
  }

  private static int fail(int i) {
    throw new IllegalArgumentException("item " + i);
  }

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }
}
