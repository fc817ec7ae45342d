package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Pool;
import io.processpool.TaskContext;
import io.processpool.TaskOptions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a task that runs can see of it when its result is not wanted, and when it is. */
@EveryBackend
class UnwantedContractTest {
  private static final int LOOKS = 50;

  private final Pool pool;
  @TempDir Path directory;

  @SuppressWarnings("unused") // every backend has a kind
  UnwantedContractTest(PoolKind kind, Pool pool) {
    this.pool = pool;
  }

  @Test
  void whatRunsWhenItsMapIsAbortedIsWanted() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncMapResult<Boolean> map = pool.mapAsync(i -> isUnwanted(gate), List.of(0, 1, 2), 3);
    gate.awaitArrival();
    map.abort();
    gate.open();
    assertThat(map.outcomes().get(0).get()).isFalse();
  }

  @Test
  void whatRunsWhenAnotherItemIsCancelledOrAbortedIsWanted() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncMapResult<Boolean> map = pool.mapAsync(i -> isUnwanted(gate), List.of(0, 1, 2, 3), 4);
    gate.awaitArrival();
    List<AsyncResult<Boolean>> items = map.split();
    assertThat(items.get(1).cancel(false)).isTrue();
    assertThat(items.get(2).cancel(true)).isTrue();
    items.get(3).abort();
    gate.open();
    assertThat(Results.valueOf(items.get(0))).isFalse();
  }

  @Test
  void anItemThatIsCancelledIsUnwantedAlone() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Signal seen = Signal.in(directory, "seen");
    AsyncMapResult<Boolean> map =
        pool.mapAsync(i -> i == 0 ? untilUnwanted(gate, seen) : isUnwanted(gate), List.of(0, 1), 2);
    gate.awaitArrival();
    List<AsyncResult<Boolean>> items = map.split();
    assertThat(items.get(0).cancel(false)).isTrue();
    seen.awaitRaised();
    gate.open();
    assertThat(Results.valueOf(items.get(1))).isFalse();
  }

  @Test
  void anItemThatIsAbortedWhileItRunsCanStillBecomeUnwanted() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Signal seen = Signal.in(directory, "seen");
    AsyncMapResult<Boolean> map = pool.mapAsync(i -> untilUnwanted(gate, seen), List.of(0, 1), 2);
    gate.awaitArrival();
    AsyncResult<Boolean> running = map.split().get(0);
    map.abort();
    assertThat(running.cancel(false)).isTrue();
    seen.awaitRaised();
  }

  @Test
  void whatRunsWhenItsMapIsCancelledIsUnwanted() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Signal seen = Signal.in(directory, "seen");
    AsyncMapResult<Boolean> map = pool.mapAsync(i -> untilUnwanted(gate, seen), List.of(0, 1), 2);
    gate.awaitArrival();
    assertThat(map.cancel(false)).isTrue();
    seen.awaitRaised();
  }

  @Test
  void whatRunsWhenItsMapEndsAtAFailureIsUnwanted() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Signal seen = Signal.in(directory, "seen");
    AsyncMapResult<Boolean> map =
        pool.with(TaskOptions.failFast())
            .mapAsync(i -> i == 0 ? untilUnwanted(gate, seen) : fail(gate), List.of(0, 1), 1);
    gate.awaitArrival();
    gate.open();
    assertThat(Results.failureOf(map)).hasMessage("by intent");
    seen.awaitRaised();
  }

  /** Goes on until the gate is open, and for a while after that. */
  private static boolean isUnwanted(Gate gate) throws Exception {
    boolean unwanted = gate.pass(false);
    for (int look = 0; look < LOOKS; look++) {
      unwanted |= TaskContext.current().isCancelled();
      Thread.sleep(2);
    }
    return unwanted;
  }

  private static boolean untilUnwanted(Gate gate, Signal seen) throws Exception {
    gate.arrival().raise();
    long deadline = System.nanoTime() + Results.BOUND.toNanos();
    while (!TaskContext.current().isCancelled() && System.nanoTime() - deadline < 0) {
      Thread.sleep(2);
    }
    if (TaskContext.current().isCancelled()) {
      seen.raise();
    }
    return true;
  }

  private static boolean fail(Gate gate) throws Exception {
    gate.opening().await();
    throw new IllegalArgumentException("by intent");
  }
}
