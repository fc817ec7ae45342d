package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Outcome;
import io.processpool.Pool;
import io.processpool.PoolTerminatedException;
import io.processpool.TaskAbortedException;
import io.processpool.TaskOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A map as one handle for each item: {@code split}. */
@EveryBackend(workers = 1)
class SplitContractTest {
  private final PoolKind kind;
  private final Pool pool;
  @TempDir Path directory;

  SplitContractTest(PoolKind kind, Pool pool) {
    this.kind = kind;
    this.pool = pool;
  }

  @Test
  void eachHandleIsThatOfItsItem() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncMapResult<Integer> map =
        pool.mapAsync(i -> i == 2 ? gate.pass(i * i) : i * i, numbers(4), 1);
    List<AsyncResult<Integer>> items = map.split();
    assertThat(items).hasSize(4).isUnmodifiable();
    assertThat(Results.valueOf(items.get(0))).isZero();
    assertThat(Results.valueOf(items.get(1))).isEqualTo(1);
    AsyncResult<Integer> running = items.get(2);
    assertThat(running.size()).isEqualTo(1);
    assertThat(running.progress()).isZero();
    assertThat(running.ready()).isFalse();
    assertThat(running.isDone()).isFalse();
    assertThat(running.await(Duration.ZERO)).isFalse();
    assertThatThrownBy(() -> running.get(Duration.ZERO)).isInstanceOf(TimeoutException.class);
    assertThatIllegalStateException().isThrownBy(running::successful);
    gate.open();
    assertThat(Results.valueOf(running)).isEqualTo(4);
    assertThat(running.progress()).isEqualTo(1);
    assertThat(running.successful()).isTrue();
    assertThat(running.failedAttempts()).isEmpty();
    assertThat(running.cancel(true)).isFalse();
    assertThatIllegalStateException().isThrownBy(running::abort);
    assertThat(Results.valueOf(map)).containsExactly(0, 1, 4, 9);
  }

  @Test
  void anItemThatFailsFailsItsHandleAlone() throws Exception {
    AsyncMapResult<Integer> map = pool.mapAsync(i -> i == 1 ? fail(i) : i, numbers(3), 3);
    List<AsyncResult<Integer>> items = map.split();
    List<Object> calls = new CopyOnWriteArrayList<>();
    AsyncResult<Integer> bad = items.get(1);
    assertThat(bad.onSuccess(calls::add).onFailure(e -> calls.add(e.getMessage()))).isSameAs(bad);
    var unused = items.get(2).onSuccess(calls::add).onFailure(calls::add);
    CompletableFuture<Integer> future = items.get(0).toCompletableFuture();
    assertThat(Results.failureOf(bad)).isInstanceOf(IllegalArgumentException.class);
    assertThat(bad.successful()).isFalse();
    assertThat(Results.valueOf(items.get(2))).isEqualTo(2);
    assertThat(future.get(Results.BOUND.toSeconds(), TimeUnit.SECONDS)).isZero();
    await()
        .atMost(Results.BOUND)
        .untilAsserted(() -> assertThat(calls).containsExactlyInAnyOrder("item 1", 2));
  }

  @Test
  void aSecondSplitGivesHandlesThatBehaveAlike() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncMapResult<Integer> map = pool.mapAsync(i -> gate.pass(i), numbers(4), 1);
    gate.awaitArrival();
    List<AsyncResult<Integer>> first = map.split();
    List<AsyncResult<Integer>> second = map.split();
    assertThat(first.get(3).cancel(false)).isTrue();
    assertThat(second.get(3).isCancelled()).isTrue();
    assertThat(second.get(3).cancel(false)).isFalse();
    gate.open();
    for (int i = 0; i < 3; i++) {
      assertThat(Results.valueOf(first.get(i))).isEqualTo(i);
      assertThat(Results.valueOf(second.get(i))).isEqualTo(i);
    }
  }

  @Test
  void aCompleteMapCanBeSplit() throws Exception {
    AsyncMapResult<Integer> map = pool.mapAsync(i -> i == 1 ? fail(i) : i, numbers(3));
    map.await();
    List<AsyncResult<Integer>> items = map.split();
    assertThat(items).allMatch(AsyncResult::ready);
    assertThat(items.get(0).get(Duration.ZERO)).isZero();
    assertThat(Results.failureOf(items.get(1))).hasMessage("item 1");
    assertThat(pool.mapAsync(i -> i, List.<Integer>of()).split()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 10})
  void anItemThatIsCancelledBeforeItStartsNeverRunsAndTheOthersDo(int chunkSize) throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Journal ran = Journal.in(directory, "ran");
    Signal told = Signal.in(directory, "told");
    try (Pool patient = kind.builder().workers(1).cancelGrace(Results.BOUND).build()) {
      AsyncMapResult<Integer> map =
          patient.mapAsync(i -> passDeaf(gate, ran, told, i), numbers(10), chunkSize);
      AsyncResult<Integer> other = patient.applyAsync(() -> 42);
      gate.awaitArrival();
      List<AsyncResult<Integer>> items = map.split();
      for (int i : List.of(2, 3, 7, 9, 0)) {
        assertThat(items.get(i).cancel(i % 2 == 0)).isTrue();
        assertCancelled(items.get(i));
      }
      assertThat(map.ready()).isFalse();
      assertThat(map.progress()).isEqualTo(5);
      told.awaitRaised(); // and so the worker knows of the others, too
      gate.open();
      assertThat(Results.valueOf(other)).isEqualTo(42);
      List<Outcome<Integer>> outcomes = map.outcomes();
      assertThat(outcomes)
          .extracting(Outcome::successful)
          .containsExactly(false, true, false, false, true, true, true, false, true, false);
      assertThat(failure(outcomes.get(7))).isInstanceOf(CancellationException.class);
      assertThat(Results.failureOf(map)).isInstanceOf(CancellationException.class);
      assertThat(map.isCancelled()).isFalse();
      assertThat(ran.lines()).containsExactly("0", "1", "4", "5", "6", "8");
    }
  }

  @Test
  void aRunningItemIsInterruptedAndTheOthersOfItsChunkRun() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Journal ran = Journal.in(directory, "ran");
    Signal interrupted = Signal.in(directory, "interrupted");
    try (Pool patient = kind.builder().workers(1).cancelGrace(Results.BOUND).build()) {
      AsyncMapResult<Integer> map =
          patient.mapAsync(i -> untilInterrupted(gate, ran, interrupted, i), numbers(5), 5);
      AsyncResult<Integer> other = patient.applyAsync(() -> 42);
      gate.awaitArrival();
      List<AsyncResult<Integer>> items = map.split();
      assertThat(items.get(1).cancel(true)).isTrue();
      interrupted.awaitRaised();
      assertThat(Results.valueOf(other)).isEqualTo(42);
      assertThat(map.outcomes())
          .extracting(Outcome::successful)
          .containsExactly(true, false, true, true, true);
      assertCancelled(items.get(1));
      assertThat(ran.lines()).containsExactly("0", "1", "2", "3", "4");
    }
  }

  @Test
  void aRunningItemThatIsNotToBeInterruptedGoesOnUnseen() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Journal ran = Journal.in(directory, "ran");
    AsyncMapResult<Integer> map = pool.mapAsync(i -> pass(gate, ran, i), numbers(3), 3);
    gate.awaitArrival();
    AsyncResult<Integer> running = map.split().get(0);
    assertThat(running.cancel(false)).isTrue();
    assertCancelled(running);
    gate.open();
    assertThat(Results.failureOf(map)).isInstanceOf(CancellationException.class);
    assertCancelled(running);
    assertThat(map.outcomes()).extracting(Outcome::successful).containsExactly(false, true, true);
    assertThat(ran.lines()).containsExactly("0", "1", "2");
  }

  @Test
  void theLastItemCompletesTheMapWhenItIsCancelled() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncMapResult<Integer> map = pool.mapAsync(i -> i == 2 ? gate.pass(i) : i, numbers(3), 1);
    gate.awaitArrival();
    List<AsyncResult<Integer>> items = map.split();
    items.get(1).await();
    assertThat(items.get(2).cancel(true)).isTrue();
    assertThat(map.ready()).isTrue();
    assertThat(map.cancel(true)).isFalse();
    int next = pool.apply(() -> 42);
    assertThat(next).isEqualTo(42);
  }

  @Test
  void anItemIsAbortedAlone() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Journal ran = Journal.in(directory, "ran");
    AsyncMapResult<Integer> map = pool.mapAsync(i -> pass(gate, ran, i), numbers(6), 3);
    gate.awaitArrival();
    List<AsyncResult<Integer>> items = map.split();
    items.get(0).abort();
    items.get(4).abort();
    items.get(4).await();
    assertThatIllegalStateException().isThrownBy(() -> items.get(4).abort());
    assertThat(Results.failureOf(items.get(4)))
        .isInstanceOf(TaskAbortedException.class)
        .hasMessageContaining("Item 4");
    assertThat(items.get(0).ready()).isFalse();
    gate.open();
    assertThat(Results.valueOf(items.get(0))).isZero();
    assertThat(Results.failureOf(map)).isSameAs(Results.failureOf(items.get(4)));
    assertThat(ran.lines()).containsExactlyInAnyOrder("0", "1", "2", "3", "5");
  }

  @Test
  void anAbortOfTheMapIsOneOfItsItems() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncMapResult<Integer> map = pool.mapAsync(i -> gate.pass(i), numbers(3), 1);
    gate.awaitArrival();
    List<AsyncResult<Integer>> items = map.split();
    items.get(1).abort();
    map.abort();
    gate.open();
    assertThat(Results.valueOf(items.get(0))).isZero();
    assertThat(Results.failureOf(items.get(1))).isInstanceOf(TaskAbortedException.class);
    assertThat(Results.failureOf(items.get(2))).isInstanceOf(TaskAbortedException.class);
  }

  @Test
  void whatEndsTheMapEndsItsHandles() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncMapResult<Integer> map = pool.mapAsync(i -> i == 1 ? gate.pass(i) : i, numbers(3), 1);
    List<AsyncResult<Integer>> items = map.split();
    gate.awaitArrival();
    items.get(0).await();
    Background<Boolean> waiting = Background.start(() -> items.get(2).await(Results.BOUND));
    assertThat(map.cancel(true)).isTrue();
    assertThat(waiting.result()).isTrue();
    assertThat(items.get(0).get()).isZero();
    assertCancelled(items.get(1));
    assertCancelled(items.get(2));
    assertThat(map.split()).allMatch(AsyncResult::ready);
  }

  @Test
  void theEndOfThePoolEndsTheHandles() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    List<AsyncResult<Integer>> items;
    try (Pool own = kind.pool(1)) {
      items = own.mapAsync(i -> gate.pass(i), numbers(3), 1).split();
      gate.awaitArrival();
      own.terminate();
    }
    for (AsyncResult<Integer> item : items) {
      assertThat(Results.failureOf(item)).isInstanceOf(PoolTerminatedException.class);
    }
  }

  @Test
  void anItemThatIsCancelledDoesNotEndAMapThatFailsFast() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncMapResult<Integer> map =
        pool.with(TaskOptions.failFast()).mapAsync(i -> gate.pass(i), numbers(4), 1);
    gate.awaitArrival();
    List<AsyncResult<Integer>> items = map.split();
    assertThat(items.get(0).cancel(true)).isTrue();
    assertThat(items.get(2).cancel(true)).isTrue();
    assertThat(map.ready()).isFalse();
    gate.open();
    assertThat(map.outcomes())
        .extracting(Outcome::successful)
        .containsExactly(false, true, false, true);
  }

  @Test
  void everyItemOfManyCanBeCancelled() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Journal ran = Journal.in(directory, "ran");
    AsyncMapResult<Integer> map = pool.mapAsync(i -> pass(gate, ran, i), numbers(1000), 30);
    gate.awaitArrival();
    List<AsyncResult<Integer>> items = map.split();
    for (int i = 999; i >= 0; i--) {
      assertThat(items.get(i).cancel(true)).isTrue();
    }
    assertThat(map.ready()).isTrue();
    int next = pool.apply(() -> 42);
    assertThat(next).isEqualTo(42);
    assertThat(ran.lines()).containsExactly("0");
  }

  private static void assertCancelled(AsyncResult<?> result) {
    assertThat(result.isCancelled()).isTrue();
    assertThat(result.ready()).isTrue();
    assertThat(result.successful()).isFalse();
    assertThatThrownBy(result::get).isInstanceOf(CancellationException.class);
  }

  private static Throwable failure(Outcome<?> outcome) {
    return ((Outcome.Failure<?>) outcome).exception();
  }

  private static int pass(Gate gate, Journal ran, int i) throws Exception {
    ran.write(i);
    return gate.pass(i);
  }

  /** Waits for the gate also when it has been interrupted. */
  private static int passDeaf(Gate gate, Journal ran, Signal told, int i) throws Exception {
    ran.write(i);
    try {
      return gate.pass(i);
    } catch (InterruptedException e) {
      told.raise();
      return gate.pass(i);
    }
  }

  private static int untilInterrupted(Gate gate, Journal ran, Signal interrupted, int i)
      throws Exception {
    ran.write(i);
    if (i != 1) {
      return i;
    }
    try {
      return gate.pass(i);
    } catch (InterruptedException e) {
      interrupted.raise();
      throw e;
    }
  }

  private static int fail(int number) {
    throw new IllegalArgumentException("item " + number);
  }

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }
}
