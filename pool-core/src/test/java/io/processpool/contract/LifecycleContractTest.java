package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.processpool.Args;
import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Pool;
import io.processpool.PoolTerminatedException;
import io.processpool.ResultIterator;
import io.processpool.TaskOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The life of a pool: running, shut down, ended. */
@EveryBackend
class LifecycleContractTest {
  private final PoolKind kind;
  @TempDir Path directory;

  LifecycleContractTest(PoolKind kind) {
    this.kind = kind;
  }

  @Test
  void aPoolHasAsManyWorkersAsAskedFor() throws Exception {
    List<Gate> gates = IntStream.range(0, 3).mapToObj(i -> Gate.in(directory, "gate" + i)).toList();
    try (Pool pool = kind.pool(3)) {
      assertThat(pool.workers()).isEqualTo(3);
      AsyncMapResult<Gate> result = pool.mapAsync(gate -> gate.pass(gate), gates, 1);
      gates.forEach(Gate::awaitArrival);
      for (Gate gate : gates) {
        gate.open();
      }
      assertThat(Results.valueOf(result)).isEqualTo(gates);
    }
  }

  @Test
  void theDefaultIsOneWorkerForEachProcessor() {
    try (Pool pool = kind.builder().build()) {
      assertThat(pool.workers()).isEqualTo(Runtime.getRuntime().availableProcessors());
    }
  }

  /** The ways to stop a pool from accepting work. */
  enum Ending {
    SHUTDOWN {
      @Override
      void end(Pool pool) {
        pool.shutdown();
      }
    },
    TERMINATE {
      @Override
      void end(Pool pool) {
        pool.terminate();
      }
    },
    CLOSE {
      @Override
      void end(Pool pool) {
        pool.close();
      }
    },
    SHUTDOWN_OF_A_VIEW {
      @Override
      void end(Pool pool) {
        pool.with(TaskOptions.failFast()).shutdown();
      }
    };

    abstract void end(Pool pool);
  }

  @ParameterizedTest
  @EnumSource
  void aPoolThatHasStoppedAcceptsNoWork(Ending ending) throws Exception {
    try (Pool pool = kind.pool(1)) {
      assertThat(pool.isShutdown()).isFalse();
      ending.end(pool);
      assertThat(pool.isShutdown()).isTrue();
      assertThat(pool.with(TaskOptions.failFast()).isShutdown()).isTrue();
      List<Integer> items = List.of(1);
      List<Args.Pair<Integer, Integer>> pairs = List.of(Args.of(1, 2));
      List<Args.Triple<Integer, Integer, Integer>> triples = List.of(Args.of(1, 2, 3));
      List<ThrowingCallable> submissions =
          List.of(
              () -> pool.apply(() -> 1),
              () -> pool.applyAsync(() -> 1),
              () -> pool.applyAsync(x -> x, 1),
              () -> pool.applyAsync((x, y) -> x + y, 1, 2),
              () -> pool.applyAsync((x, y, z) -> x + y + z, 1, 2, 3),
              () -> pool.map(x -> x, items),
              () -> pool.mapAsync(x -> x, items),
              () -> pool.mapAsync(x -> x, items, 1),
              () -> pool.mapAsync(x -> x, List.<Integer>of()),
              () -> pool.starmap((x, y) -> x + y, pairs),
              () -> pool.starmapAsync((x, y) -> x + y, pairs),
              () -> pool.starmapAsync((x, y, z) -> x + y + z, triples, 2),
              () -> pool.imap(x -> x, items),
              () -> pool.imap(x -> x, items, 2),
              () -> pool.imapUnordered(x -> x, items),
              () -> pool.imapUnordered(x -> x, items, 2),
              () -> pool.with(TaskOptions.failFast()).applyAsync(() -> 1));
      for (ThrowingCallable submission : submissions) {
        assertThatIllegalStateException()
            .isThrownBy(submission)
            .withMessageContaining("Pool not running");
      }
    }
  }

  @Test
  void aPoolThatIsShutDownFinishesWhatWasSubmitted() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Pool pool = kind.pool(1);
    AsyncResult<String> running = pool.applyAsync(() -> gate.pass("value"));
    AsyncMapResult<Integer> queued = pool.mapAsync(i -> i, IntStream.range(0, 20).boxed().toList());
    pool.shutdown();
    assertThat(pool.join(Duration.ZERO)).isFalse();
    assertThat(running.ready()).isFalse();
    gate.open();
    pool.join();
    assertThat(running.get(Duration.ZERO)).isEqualTo("value");
    assertThat(queued.get(Duration.ZERO)).hasSize(20);
  }

  @Test
  void aPoolThatAcceptsWorkCannotBeJoined() throws Exception {
    try (Pool pool = kind.pool(1)) {
      assertThatIllegalStateException().isThrownBy(pool::join);
      assertThatIllegalStateException().isThrownBy(() -> pool.join(Results.BOUND));
      assertThatIllegalStateException().isThrownBy(() -> pool.join(Duration.ZERO));
      int stillRunning = pool.apply(() -> 42);
      assertThat(stillRunning).isEqualTo(42);
    }
  }

  @Test
  void anInterruptedJoinDoesNotDisturbThePool() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Pool pool = kind.pool(1);
    AsyncResult<String> running = pool.applyAsync(() -> gate.pass("value"));
    pool.shutdown();
    Background<Throwable> join = Background.start(() -> catchThrowable(pool::join));
    gate.awaitArrival();
    join.thread().interrupt();
    assertThat(join.result()).isInstanceOf(InterruptedException.class);
    gate.open();
    assertThat(Results.valueOf(running)).isEqualTo("value");
    pool.join();
  }

  @Test
  void endingAPoolAgainDoesNothing() throws Exception {
    Pool pool = kind.pool(2);
    AsyncResult<Integer> result = pool.applyAsync(() -> 42);
    pool.shutdown();
    pool.shutdown();
    pool.join();
    pool.join();
    assertThat(pool.join(Duration.ZERO)).isTrue();
    pool.close();
    pool.close();
    pool.terminate();
    pool.terminate();
    pool.shutdown();
    pool.join();
    assertThat(result.get(Duration.ZERO)).isEqualTo(42);
  }

  @Test
  void everyThreadMayEndAPool() throws Exception {
    for (int round = 0; round < 2; round++) {
      Pool pool = kind.pool(2);
      List<AsyncResult<Integer>> results = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        results.add(pool.applyAsync(x -> x, i));
      }
      List<Callable<Boolean>> calls =
          List.of(
              () -> end(pool::shutdown),
              () -> end(pool::close),
              () -> end(pool::terminate),
              () -> end(pool::close),
              () -> end(pool::terminate),
              () -> end(pool::shutdown));
      List<Background<Boolean>> threads = calls.stream().map(Background::start).toList();
      for (Background<Boolean> thread : threads) {
        assertThat(thread.result()).isTrue();
      }
      assertThat(pool.join(Results.BOUND)).isTrue();
      assertThat(results).allMatch(AsyncResult::ready);
    }
  }

  @Test
  void closeWaitsForWhatWasSubmitted() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Pool pool = kind.pool(1);
    AsyncResult<String> running = pool.applyAsync(() -> gate.pass("value"));
    AsyncResult<Integer> queued = pool.applyAsync(() -> 42);
    Background<Boolean> close =
        Background.start(
            () -> {
              pool.close();
              return running.ready() && queued.ready();
            });
    await().atMost(Results.BOUND).until(pool::isShutdown);
    gate.awaitArrival();
    gate.open();
    assertThat(close.result()).as("what was submitted is complete when close returns").isTrue();
    assertThat(running.get()).isEqualTo("value");
    assertThat(queued.get()).isEqualTo(42);
  }

  @Test
  void aCloseThatIsInterruptedTerminatesAndKeepsTheFlag() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Pool pool = kind.pool(1);
    AsyncResult<String> running = pool.applyAsync(() -> gate.pass("never"));
    Background<Boolean> close =
        Background.start(
            () -> {
              pool.close();
              return Thread.interrupted();
            });
    gate.awaitArrival();
    await().atMost(Results.BOUND).until(pool::isShutdown);
    close.thread().interrupt();
    assertThat(close.result()).as("the flag is set again").isTrue();
    assertThat(Results.failureOf(running)).isInstanceOf(PoolTerminatedException.class);
    assertThat(pool.join(Results.BOUND)).isTrue();
  }

  @Test
  void aCloseByAnInterruptedThreadTerminatesToo() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Pool pool = kind.pool(1);
    AsyncResult<String> running = pool.applyAsync(() -> gate.pass("never"));
    gate.awaitArrival();
    Background<Boolean> close =
        Background.start(
            () -> {
              Thread.currentThread().interrupt();
              pool.close();
              return Thread.interrupted();
            });
    assertThat(close.result()).isTrue();
    assertThat(Results.failureOf(running)).isInstanceOf(PoolTerminatedException.class);
    assertThat(pool.join(Results.BOUND)).isTrue();
  }

  @Test
  void anUnfinishedImapGoesOnAfterShutdown() {
    try (Pool pool = kind.builder().workers(1).imapBuffer(2).build()) {
      ResultIterator<Integer> results = pool.imap(i -> i, IntStream.range(0, 100).boxed().toList());
      pool.shutdown();
      for (int i = 0; i < 100; i++) {
        assertThat(results.next()).isEqualTo(i);
      }
      assertThat(results.hasNext()).isFalse();
    }
  }

  private static boolean end(Runnable call) {
    call.run();
    return true;
  }
}
