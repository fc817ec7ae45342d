package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Outcome;
import io.processpool.Pool;
import io.processpool.PoolTerminatedException;
import io.processpool.ResultIterator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of pending handles when the pool ends before their tasks. */
@EveryBackend
class TerminateContractTest {
  private final PoolKind kind;
  @TempDir Path directory;

  TerminateContractTest(PoolKind kind) {
    this.kind = kind;
  }

  @Test
  void runningAndQueuedTasksCompleteForEveryThreadThatWaits() throws Exception {
    Gate first = Gate.in(directory, "first");
    Gate second = Gate.in(directory, "second");
    Pool pool = kind.pool(2);
    List<AsyncResult<?>> pending = new ArrayList<>();
    pending.add(pool.applyAsync(() -> first.pass("never")));
    pending.add(pool.applyAsync(() -> second.pass("never")));
    first.awaitArrival();
    second.awaitArrival();
    pending.add(pool.applyAsync(() -> "never"));
    pending.add(pool.mapAsync(i -> i, List.of(1, 2, 3), 2));
    List<Background<Throwable>> waiting = new ArrayList<>();
    for (AsyncResult<?> result : pending) {
      waiting.add(Background.start(() -> catchThrowable(result::get)));
      waiting.add(Background.start(() -> catchThrowable(() -> result.get(Results.BOUND))));
    }
    pool.terminate();
    for (Background<Throwable> thread : waiting) {
      assertThat(thread.result()).hasCauseInstanceOf(PoolTerminatedException.class);
    }
    assertThat(pool.join(Results.BOUND)).isTrue();
    assertThat(pending.stream().map(Results::failureOf).distinct())
        .as("each handle has an exception of its own")
        .hasSize(4);
  }

  @Test
  void nothingThatIsQueuedRuns() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Journal ran = Journal.in(directory, "ran");
    Pool pool = kind.pool(1);
    AsyncResult<String> running = pool.applyAsync(() -> gate.pass("never"));
    AsyncMapResult<Integer> queued =
        pool.mapAsync(
            i -> {
              ran.write(i);
              return i;
            },
            IntStream.range(0, 10).boxed().toList(),
            1);
    gate.awaitArrival();
    pool.terminate();
    assertThat(pool.join(Results.BOUND)).isTrue();
    assertThat(running.ready()).isTrue();
    assertThat(Results.failureOf(queued)).isInstanceOf(PoolTerminatedException.class);
    assertThat(ran.lines()).isEmpty();
  }

  @Test
  void aMapKeepsTheValuesThatWereThere() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Pool pool = kind.pool(1);
    AsyncMapResult<Integer> result =
        pool.mapAsync(i -> i == 2 ? gate.pass(i) : i, List.of(0, 1, 2, 3), 1);
    await().atMost(Results.BOUND).until(() -> result.progress() == 2);
    pool.terminate();
    assertThat(Results.failureOf(result)).isInstanceOf(PoolTerminatedException.class);
    assertThat(result.outcomes())
        .extracting(Outcome::successful)
        .containsExactly(true, true, false, false);
    Iterator<Integer> values = result.iterator();
    assertThat(values.next()).isZero();
    assertThat(values.next()).isEqualTo(1);
    assertThatThrownBy(values::next).isInstanceOf(PoolTerminatedException.class);
    assertThat(pool.join(Results.BOUND)).isTrue();
  }

  /** The pool takes back what waits behind a long item, some time after that has begun. */
  @Test
  void whatComesBackFromAWorkerAfterTheEndHoldsUpNobody() throws Exception {
    for (int round = 0; round < 10; round++) {
      Gate gate = Gate.in(directory, "gate" + round);
      Pool pool = kind.pool(1);
      AsyncMapResult<Integer> result =
          pool.mapAsync(i -> i == 2 ? gate.pass(i) : i, List.of(0, 1, 2, 3, 4), 1);
      while (result.progress() < 2) {
        Thread.onSpinWait();
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(3L * round));
      pool.terminate();
      assertThat(pool.join(Results.BOUND)).as("the pool has ended, round " + round).isTrue();
      assertThat(Results.failureOf(result)).isInstanceOf(PoolTerminatedException.class);
    }
  }

  @Test
  void iteratorsThatWaitLearnOfIt() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Pool pool = kind.pool(2);
    ResultIterator<Integer> ordered = pool.imap(i -> gate.pass(i), new EndlessInput());
    ResultIterator<Integer> unordered =
        pool.imapUnordered(i -> gate.pass(i), new EndlessInput(), 3);
    AsyncMapResult<Integer> map = pool.mapAsync(i -> gate.pass(i), List.of(1, 2), 1);
    Iterator<Integer> early = map.iterator();
    List<Background<Throwable>> waiting =
        List.of(
            Background.start(() -> catchThrowable(ordered::next)),
            Background.start(() -> catchThrowable(() -> unordered.next(Results.BOUND))),
            Background.start(() -> catchThrowable(early::next)));
    gate.awaitArrival();
    pool.terminate();
    for (Background<Throwable> thread : waiting) {
      assertThat(thread.result()).isInstanceOf(PoolTerminatedException.class);
    }
    assertThat(pool.join(Results.BOUND)).isTrue();
  }

  @Test
  void anIteratorThatIsNotExhaustedFailsAtLast() throws Exception {
    Pool pool = kind.pool(1);
    ResultIterator<Integer> results = pool.imap(i -> i, new EndlessInput());
    assertThat(results.next()).isZero();
    pool.terminate();
    Throwable end = catchThrowable(() -> drain(results));
    assertThat(end).isInstanceOf(PoolTerminatedException.class);
    assertThat(pool.join(Results.BOUND)).isTrue();
  }

  @Test
  void failureCallbacksAreCalled() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    List<Object> calls = new CopyOnWriteArrayList<>();
    Pool pool = kind.pool(1);
    AsyncResult<String> running =
        pool.applyAsync(() -> gate.pass("never")).onSuccess(calls::add).onFailure(calls::add);
    gate.awaitArrival();
    pool.terminate();
    assertThat(pool.join(Results.BOUND)).isTrue();
    assertThat(running.ready()).isTrue();
    assertThat(calls).singleElement().isInstanceOf(PoolTerminatedException.class);
  }

  @Test
  void whatWasCompleteStaysAsItIs() throws Exception {
    Pool pool = kind.pool(1);
    AsyncResult<Integer> good = pool.applyAsync(() -> 42);
    AsyncResult<Object> bad = pool.applyAsync(TerminateContractTest::fail);
    good.await();
    bad.await();
    pool.terminate();
    assertThat(good.get()).isEqualTo(42);
    assertThat(Results.failureOf(bad)).hasMessage("by intent");
    assertThat(pool.join(Results.BOUND)).isTrue();
  }

  @Test
  void aTaskThatIgnoresInterruptsHoldsUpNoHandle() throws Exception {
    Signal started = Signal.in(directory, "started");
    Signal release = Signal.in(directory, "release");
    Pool pool = kind.pool(1);
    AsyncResult<String> deaf =
        pool.applyAsync(
            () -> {
              started.raise();
              release.awaitUninterruptibly();
              return "never";
            });
    started.awaitRaised();
    pool.terminate();
    assertThat(Results.failureOf(deaf)).isInstanceOf(PoolTerminatedException.class);
    release.raise();
    assertThat(pool.join(Results.BOUND)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void afterAJoinAnIteratorDeliversWhatWasPulledAndThenFails(int chunkSize) throws Exception {
    EndlessInput input = new EndlessInput();
    Pool pool = kind.builder().workers(1).imapBuffer(6).build();
    ResultIterator<Integer> results = pool.imap(i -> i, input, chunkSize);
    assertThat(results.next()).isZero();
    int pulled = 1 + 2 * chunkSize + 6; // what was taken, what the worker holds, and the buffer
    await().atMost(Results.BOUND).until(() -> input.pulled() == pulled);
    pool.shutdown();
    pool.join();
    for (int i = 1; i < pulled; i++) {
      assertThat(results.next()).isEqualTo(i);
    }
    assertThatThrownBy(results::next).isInstanceOf(PoolTerminatedException.class);
    assertThat(input.pulled()).isEqualTo(pulled);
  }

  private static void drain(Iterator<Integer> results) {
    for (int i = 0; i < 100_000; i++) {
      results.next();
    }
  }

  private static Object fail() {
    throw new IllegalArgumentException("by intent");
  }
}
