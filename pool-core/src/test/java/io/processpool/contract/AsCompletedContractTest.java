package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Pool;
import io.processpool.WaitInterruptedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Handles in the order in which they complete: {@code AsyncResult.asCompleted}. */
@EveryBackend(workers = 3)
class AsCompletedContractTest {
  private final PoolKind kind;
  private final Pool pool;
  @TempDir Path directory;

  AsCompletedContractTest(PoolKind kind, Pool pool) {
    this.kind = kind;
    this.pool = pool;
  }

  @Test
  void eachHandleComesWhenItIsComplete() throws Exception {
    List<Gate> gates = List.of(gate(0), gate(1), gate(2));
    List<AsyncResult<Integer>> handles =
        gates.stream().map(gate -> pool.applyAsync(() -> gate.pass(1))).toList();
    Iterator<AsyncResult<Integer>> completed = AsyncResult.asCompleted(handles).iterator();
    for (int i : List.of(1, 2, 0)) {
      assertThat(completed.hasNext()).isTrue();
      gates.get(i).open();
      AsyncResult<Integer> next = completed.next();
      assertThat(next).isSameAs(handles.get(i));
      assertThat(next.ready()).isTrue();
      assertThat(next.get(Duration.ZERO)).isEqualTo(1);
    }
    assertThat(completed.hasNext()).isFalse();
    assertThatThrownBy(completed::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void thoseThatAreCompleteComeFirstInTheOrderOfTheirCompletion() throws Exception {
    Gate gate = gate(0);
    AsyncResult<Integer> open = pool.applyAsync(() -> gate.pass(1));
    AsyncResult<Integer> first = pool.applyAsync(() -> 1);
    first.await();
    AsyncResult<Object> second = pool.applyAsync(AsCompletedContractTest::fail);
    second.await();
    AsyncMapResult<Integer> third = pool.mapAsync(i -> i, List.of(1, 2));
    third.await();
    Iterable<AsyncResult<?>> completed = AsyncResult.asCompleted(open, third, second, first);
    Iterator<AsyncResult<?>> before = completed.iterator();
    assertThat(before.next()).isSameAs(first);
    assertThat(before.next()).isSameAs(second);
    assertThat(before.next()).isSameAs(third);
    gate.open();
    assertThat(before.next()).isSameAs(open);
    assertThat(completed).as("another time").containsExactly(first, second, third, open);
  }

  @Test
  void theItemsOfAMapComeAsTheyAreDone() throws Exception {
    Gate gate = gate(0);
    AsyncMapResult<Integer> map =
        pool.mapAsync(i -> i == 0 ? gate.pass(i) : i, List.of(0, 1, 2, 3), 1);
    List<AsyncResult<Integer>> items = map.split();
    Iterator<AsyncResult<Integer>> completed = AsyncResult.asCompleted(items).iterator();
    for (int i = 1; i < 4; i++) {
      assertThat(completed.next()).isNotSameAs(items.get(0));
    }
    gate.open();
    assertThat(completed.next()).isSameAs(items.get(0));
    assertThat(completed.hasNext()).isFalse();
  }

  @Test
  void aHandleThatIsThereTwiceComesOnce() {
    AsyncResult<Integer> one = pool.applyAsync(() -> 1);
    AsyncResult<Integer> two = pool.applyAsync(() -> 2);
    assertThat(AsyncResult.asCompleted(one, two, one)).containsExactlyInAnyOrder(one, two);
    assertThat(AsyncResult.asCompleted(List.of(one, two, one))).containsExactlyInAnyOrder(one, two);
  }

  @Test
  void ofNothingThereIsNothing() {
    assertThat(AsyncResult.asCompleted()).isEmpty();
    assertThat(AsyncResult.asCompleted(List.<AsyncResult<?>>of())).isEmpty();
  }

  @Test
  void aHandleThatIsCancelledComesToo() throws Exception {
    Gate gate = gate(0);
    AsyncResult<Integer> running = pool.applyAsync(() -> gate.pass(1));
    Iterator<AsyncResult<Integer>> completed = AsyncResult.asCompleted(running).iterator();
    assertThat(running.cancel(true)).isTrue();
    assertThat(completed.next().isCancelled()).isTrue();
  }

  @Test
  void anInterruptedWaitCanBeRepeated() throws Exception {
    Gate gate = gate(0);
    AsyncResult<Integer> running = pool.applyAsync(() -> gate.pass(1));
    Iterator<AsyncResult<Integer>> completed = AsyncResult.asCompleted(running).iterator();
    Background<Boolean> waiting =
        Background.start(
            () -> {
              try {
                return completed.next() == null;
              } catch (WaitInterruptedException e) {
                return Thread.interrupted();
              }
            });
    gate.awaitArrival();
    waiting.thread().interrupt();
    assertThat(waiting.result()).as("the flag is set again").isTrue();
    gate.open();
    assertThat(completed.next()).isSameAs(running);
  }

  @Test
  void aBlockedCallbackExecutorDoesNotHoldItUp() throws Exception {
    Signal never = Signal.in(directory, "never");
    try (Pool own = kind.builder().workers(1).callbackExecutor(task -> run(task, never)).build()) {
      AsyncResult<Integer> one = own.applyAsync(() -> 1).onSuccess(value -> {});
      AsyncResult<Integer> two = own.applyAsync(() -> 2).onSuccess(value -> {});
      assertThat(AsyncResult.asCompleted(one, two)).containsExactly(one, two);
      assertThat(Results.valueOf(AsyncResult.join(one, two))).containsExactly(1, 2);
      never.raise();
    }
  }

  private static void run(Runnable task, Signal signal) {
    signal.awaitUninterruptibly();
    task.run();
  }

  private Gate gate(int number) {
    return Gate.in(directory, "gate " + number);
  }

  private static Object fail() {
    throw new IllegalArgumentException("by intent");
  }
}
