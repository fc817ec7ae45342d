package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Pool;
import io.processpool.PoolStartException;
import io.processpool.PoolTerminatedException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a worker runs before its first task and after its last. */
@EveryBackend
class InitializerContractTest {
  private final PoolKind kind;
  @TempDir Path directory;

  InitializerContractTest(PoolKind kind) {
    this.kind = kind;
  }

  @Test
  void theInitializerRunsOnceInEachWorkerBeforeItsTasks() throws Exception {
    Journal journal = Journal.in(directory, "journal");
    List<Gate> gates = IntStream.range(0, 2).mapToObj(i -> Gate.in(directory, "gate" + i)).toList();
    try (Pool pool =
        kind.builder().workers(2).initializer(() -> journal.write("initializer")).build()) {
      AsyncMapResult<List<String>> result =
          pool.mapAsync(gate -> gate.pass(journal.lines()), gates, 1);
      gates.forEach(Gate::awaitArrival);
      for (Gate gate : gates) {
        gate.open();
      }
      for (List<String> linesSeenByTask : Results.valueOf(result)) {
        assertThat(linesSeenByTask).contains("initializer");
      }
      List<Integer> more = pool.map(i -> i, IntStream.range(0, 20).boxed().toList(), 1);
      assertThat(more).hasSize(20);
    }
    assertThat(journal.lines()).hasSize(2);
  }

  @Test
  void theTasksSeeWhatTheInitializerDid() throws Exception {
    try (Pool pool = kind.builder().workers(1).initializer(() -> Greeting.text = "hello").build()) {
      String seen = pool.apply(() -> Greeting.text);
      assertThat(seen).isEqualTo("hello");
    } finally {
      Greeting.text = "";
    }
  }

  @Test
  void theFinalizerRunsOnceInEachWorkerAfterItsTasks() throws Exception {
    Journal journal = Journal.in(directory, "journal");
    try (Pool pool =
        kind.builder().workers(1).finalizer(() -> journal.write("finalizer")).build()) {
      AsyncMapResult<Integer> result =
          pool.mapAsync(
              i -> {
                journal.write("task");
                return i;
              },
              List.of(1, 2, 3),
              1);
      pool.shutdown();
      assertThat(Results.valueOf(result)).containsExactly(1, 2, 3);
    }
    assertThat(journal.lines()).containsExactly("task", "task", "task", "finalizer");
  }

  @Test
  void everyWorkerRunsItsFinalizerAlsoIfItHadNoTask() throws Exception {
    Journal journal = Journal.in(directory, "journal");
    try (Pool pool =
        kind.builder()
            .workers(2)
            .initializer(() -> journal.write("initializer"))
            .finalizer(() -> journal.write("finalizer"))
            .build()) {
      int result = pool.apply(() -> 1);
      assertThat(result).isEqualTo(1);
      await().atMost(Results.BOUND).until(() -> journal.lines().size() == 2);
    }
    assertThat(journal.lines())
        .containsExactly("initializer", "initializer", "finalizer", "finalizer");
  }

  @Test
  void aWorkerThatIsKilledRunsNoFinalizer() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Journal journal = Journal.in(directory, "journal");
    Pool pool = kind.builder().workers(1).finalizer(() -> journal.write("finalizer")).build();
    AsyncResult<String> running = pool.applyAsync(() -> gate.pass("never"));
    gate.awaitArrival();
    pool.terminate();
    assertThat(pool.join(Results.BOUND)).isTrue();
    assertThat(Results.failureOf(running)).isInstanceOf(PoolTerminatedException.class);
    assertThat(journal.lines()).isEmpty();
  }

  @Test
  void aFinalizerThatThrowsHurtsNobody() throws Exception {
    try (Pool pool = kind.builder().workers(1).finalizer(InitializerContractTest::fail).build()) {
      int result = pool.apply(() -> 42);
      assertThat(result).isEqualTo(42);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void anInitializerThatKeepsThrowingEndsThePool(int maxStartFailures) throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Journal starts = Journal.in(directory, "starts");
    try (Pool pool =
        kind.builder()
            .workers(1)
            .maxStartFailures(maxStartFailures)
            .initializer(() -> failAt(gate, starts))
            .build()) {
      AsyncResult<Integer> single = pool.applyAsync(() -> 1);
      AsyncMapResult<Integer> map = pool.mapAsync(i -> i, List.of(1, 2, 3), 2);
      gate.open();
      for (AsyncResult<?> result : List.of(single, map)) {
        assertThat(Results.failureOf(result))
            .isInstanceOf(PoolStartException.class)
            .hasMessageContaining("by intent, start 1");
      }
      assertThat(Results.failureOf(single)).isNotSameAs(Results.failureOf(map));
      assertThatIllegalStateException()
          .isThrownBy(() -> pool.applyAsync(() -> 1))
          .withMessageContaining("Pool not running")
          .withStackTraceContaining("by intent, start 1");
      assertThat(pool.isShutdown()).isTrue();
      assertThat(pool.join(Results.BOUND)).isTrue();
    }
    assertThat(starts.lines()).as("no storm of new workers").hasSize(maxStartFailures);
  }

  @Test
  void severalWorkersThatCannotStartMakeNoStormEither() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Journal starts = Journal.in(directory, "starts");
    try (Pool pool = kind.builder().workers(3).initializer(() -> failAt(gate, starts)).build()) {
      AsyncResult<Integer> result = pool.applyAsync(() -> 1);
      gate.open();
      assertThat(Results.failureOf(result))
          .isInstanceOf(PoolStartException.class)
          .hasMessageContaining("by intent");
      assertThat(pool.join(Results.BOUND)).isTrue();
    }
    assertThat(starts.lines()).hasSizeLessThanOrEqualTo(3 + 3);
  }

  @Test
  void onlyFailuresInARowEndThePool() throws Exception {
    Journal starts = Journal.in(directory, "starts");
    try (Pool pool =
        kind.builder()
            .workers(1)
            .maxTasksPerWorker(1)
            .maxStartFailures(2)
            .initializer(() -> failEverySecondTime(starts))
            .build()) {
      for (int i = 0; i < 2; i++) {
        int result = pool.apply(x -> x, i);
        assertThat(result).isEqualTo(i);
      }
    }
    assertThat(starts.lines()).hasSizeGreaterThanOrEqualTo(2 * 2);
  }

  @Test
  void anInitializerThatDoesNotEndHoldsUpNoTermination() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Pool pool = kind.builder().workers(1).initializer(() -> gate.pass("never")).build();
    AsyncResult<Integer> waiting = pool.applyAsync(() -> 1);
    gate.awaitArrival();
    pool.terminate();
    assertThat(Results.failureOf(waiting)).isInstanceOf(PoolTerminatedException.class);
    assertThat(pool.join(Results.BOUND)).isTrue();
  }

  private static final class Greeting {
    private static volatile String text = "";
  }

  private static void fail() {
    throw new IllegalStateException("by intent");
  }

  private static void failAt(Gate gate, Journal starts) throws Exception {
    starts.write("start");
    throw new IllegalStateException("by intent, start " + gate.pass(starts.lines().size()));
  }

  private static void failEverySecondTime(Journal starts) throws Exception {
    starts.write("start");
    if (starts.lines().size() % 2 != 0) {
      throw new IllegalStateException("by intent");
    }
  }
}
