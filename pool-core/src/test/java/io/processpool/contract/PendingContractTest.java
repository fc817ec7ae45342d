package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.processpool.AsyncResult;
import io.processpool.Pool;
import io.processpool.TaskSerializationException;
import io.processpool.WaitInterruptedException;
import io.processpool.WhenFull;
import java.lang.Thread.State;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A limit on how many single tasks may be under way. */
@EveryBackend
class PendingContractTest {
  private final PoolKind kind;
  @TempDir Path directory;

  PendingContractTest(PoolKind kind) {
    this.kind = kind;
  }

  @Test
  void oneMoreWaitsForItsPlace() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    try (Pool pool = pool(2, WhenFull.BLOCK)) {
      AsyncResult<Integer> held = pool.applyAsync(() -> gate.pass(1));
      AsyncResult<Integer> queued = pool.applyAsync(() -> 2);
      Background<AsyncResult<Integer>> third = Background.start(() -> pool.applyAsync(() -> 3));
      gate.awaitArrival();
      await().atMost(Results.BOUND).until(() -> third.thread().getState() == State.WAITING);
      gate.open();
      assertThat(Results.valueOf(third.result())).isEqualTo(3);
      assertThat(Results.valueOf(held)).isEqualTo(1);
      assertThat(Results.valueOf(queued)).isEqualTo(2);
    }
  }

  @Test
  void oneMoreIsRejected() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    try (Pool pool = pool(1, WhenFull.REJECT)) {
      AsyncResult<Integer> held = pool.applyAsync(() -> gate.pass(1));
      assertThatThrownBy(() -> pool.applyAsync(() -> 2))
          .isInstanceOf(RejectedExecutionException.class)
          .hasMessageContaining("1");
      gate.open();
      assertThat(Results.valueOf(held)).isEqualTo(1);
      await()
          .atMost(Results.BOUND)
          .ignoreExceptionsInstanceOf(RejectedExecutionException.class)
          .until(() -> pool.apply(() -> 3) == 3);
    }
  }

  @Test
  void manyMoreTasksThanMayBeUnderWayAllRun() throws Exception {
    try (Pool pool = pool(3, WhenFull.BLOCK)) {
      List<AsyncResult<Integer>> results = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        results.add(pool.applyAsync(x -> x, i));
      }
      for (int i = 0; i < 200; i++) {
        assertThat(Results.valueOf(results.get(i))).isEqualTo(i);
      }
    }
  }

  @Test
  void aTaskThatIsCancelledOrFailsOrIsRefusedMakesRoom() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    try (Pool pool = pool(1, WhenFull.BLOCK)) {
      AsyncResult<Integer> cancelled = pool.applyAsync(() -> gate.pass(1));
      assertThat(cancelled.cancel(true)).isTrue();
      assertThatThrownBy(() -> pool.applyAsync(thread -> 1, new Thread("travels badly")))
          .isInstanceOf(TaskSerializationException.class);
      AsyncResult<Object> failed =
          pool.applyAsync(
              () -> {
                throw new IllegalStateException("by intent");
              });
      assertThat(Results.failureOf(failed)).isInstanceOf(IllegalStateException.class);
      int afterwards = pool.apply(() -> 4);
      assertThat(afterwards).isEqualTo(4);
    }
  }

  @Test
  void whoWaitsCanBeInterrupted() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    try (Pool pool = pool(1, WhenFull.BLOCK)) {
      AsyncResult<Integer> held = pool.applyAsync(() -> gate.pass(1));
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> pool.applyAsync(() -> 2))
          .isInstanceOf(WaitInterruptedException.class);
      assertThat(Thread.interrupted()).isTrue();
      gate.open();
      assertThat(Results.valueOf(held)).isEqualTo(1);
    }
  }

  @Test
  void whoWaitsIsToldOfTheEnd() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Pool pool = pool(1, WhenFull.BLOCK);
    AsyncResult<Integer> held = pool.applyAsync(() -> gate.pass(1));
    Background<AsyncResult<Integer>> waiting = Background.start(() -> pool.applyAsync(() -> 2));
    gate.awaitArrival();
    await().atMost(Results.BOUND).until(() -> waiting.thread().getState() == State.WAITING);
    pool.terminate();
    assertThatThrownBy(waiting::result)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(IllegalStateException.class);
    assertThat(held.await(Results.BOUND)).isTrue();
    assertThat(pool.join(Results.BOUND)).isTrue();
  }

  @Test
  void mapsAreNotLimited() throws Exception {
    try (Pool pool = pool(1, WhenFull.REJECT)) {
      List<Integer> results = pool.map(i -> i, List.of(1, 2, 3, 4, 5), 1);
      assertThat(results).containsExactly(1, 2, 3, 4, 5);
    }
  }

  private Pool pool(int maxPending, WhenFull whenFull) {
    return kind.builder().workers(1).maxPending(maxPending).whenFull(whenFull).build();
  }
}
