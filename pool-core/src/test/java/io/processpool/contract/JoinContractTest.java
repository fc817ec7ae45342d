package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatIterable;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Outcome;
import io.processpool.Pool;
import io.processpool.TaskAbortedException;
import io.processpool.WaitFor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several handles as one: {@code AsyncResult.join}. */
@EveryBackend
class JoinContractTest {
  private final PoolKind kind;
  private final Pool pool;
  @TempDir Path directory;

  JoinContractTest(PoolKind kind, Pool pool) {
    this.kind = kind;
    this.pool = pool;
  }

  @Test
  void theValuesComeInTheOrderOfTheHandlesOnceAllAreThere() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncResult<Integer> early = pool.applyAsync(() -> 1);
    early.await();
    AsyncResult<Integer> late = pool.applyAsync(() -> gate.pass(2));
    AsyncMapResult<Integer> joined = AsyncResult.join(late, early);
    assertThat(joined.size()).isEqualTo(2);
    assertThat(joined.progress()).isEqualTo(1);
    assertThat(joined.ready()).isFalse();
    assertThat(joined.await(Duration.ZERO)).isFalse();
    assertThatThrownBy(() -> joined.get(Duration.ZERO)).isInstanceOf(TimeoutException.class);
    assertThatIllegalStateException().isThrownBy(joined::successful);
    gate.open();
    assertThat(Results.valueOf(joined)).containsExactly(2, 1);
    assertThat(joined.get()).isSameAs(joined.get());
    assertThat(joined.successful()).isTrue();
    assertThat(joined.progress()).isEqualTo(2);
    assertThatIterable(joined).containsExactly(2, 1);
    assertThat(joined.unordered()).containsExactly(1, 2);
  }

  @Test
  void handlesOfDifferentPoolsMapsItemsAndJoinsCanBeJoined() throws Exception {
    try (Pool other = PoolKind.INLINE.pool(1)) {
      AsyncResult<Object> single = other.applyAsync(() -> "single");
      AsyncMapResult<Object> map = pool.mapAsync(i -> i, List.of(1, 2, 3), 1);
      AsyncResult<Object> item = map.split().get(2);
      AsyncMapResult<Object> inner = AsyncResult.join(item, single);
      List<AsyncResult<?>> all = List.of(single, map, item, inner);
      AsyncMapResult<Object> joined = AsyncResult.join(all);
      assertThat(Results.valueOf(joined))
          .containsExactly("single", List.of(1, 2, 3), 3, List.of(3, "single"));
    }
  }

  @Test
  void aJoinOfNothingIsCompleteWithAnEmptyList() throws Exception {
    AsyncMapResult<Integer> none = AsyncResult.join();
    AsyncMapResult<Integer> empty = AsyncResult.join(new ArrayList<AsyncResult<Integer>>());
    CountDownLatch called = new CountDownLatch(1);
    assertThat(none.ready()).isTrue();
    assertThat(none.successful()).isTrue();
    assertThat(none.get(Duration.ZERO)).isEmpty();
    assertThat(empty.get()).isEmpty();
    assertThat(empty.split()).isEmpty();
    assertThat(empty.outcomes()).isEmpty();
    assertThat(empty.failedAttempts()).isEmpty();
    assertThat(empty.cancel(true)).isFalse();
    assertThatIllegalStateException().isThrownBy(empty::abort);
    var unused = empty.onSuccess(values -> called.countDown());
    assertThat(called.await(Results.BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aHandleMayBeThereTwice() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncResult<Integer> one = pool.applyAsync(() -> gate.pass(1));
    AsyncMapResult<Integer> joined = AsyncResult.join(one, one, one);
    gate.open();
    assertThat(Results.valueOf(joined)).containsExactly(1, 1, 1);
    assertThat(joined.progress()).isEqualTo(3);
    AsyncResult<Integer> bad = pool.applyAsync(() -> fail(3));
    assertThat(Results.failureOf(AsyncResult.join(bad, bad))).hasNoSuppressedExceptions();
  }

  @Test
  void aChangeOfTheListAfterwardsChangesNothing() throws Exception {
    List<AsyncResult<Integer>> handles = new ArrayList<>();
    handles.add(pool.applyAsync(() -> 1));
    AsyncMapResult<Integer> joined = AsyncResult.join(handles);
    handles.clear();
    assertThat(Results.valueOf(joined)).containsExactly(1);
  }

  @Test
  void itFailsWithTheFirstFailureInTheListWhichStaysAsItIs() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncResult<Integer> first = pool.applyAsync(() -> fail(gate.pass(1)));
    AsyncResult<Integer> second = pool.applyAsync(() -> fail(2));
    AsyncResult<Integer> good = pool.applyAsync(() -> 3);
    AsyncMapResult<Integer> joined = AsyncResult.join(good, first, second);
    second.await();
    assertThat(joined.ready()).isFalse();
    gate.open();
    assertThat(Results.failureOf(joined))
        .isSameAs(Results.failureOf(first))
        .hasMessage("failure 1")
        .hasNoSuppressedExceptions();
    assertThat(joined.outcomes())
        .extracting(Outcome::successful)
        .containsExactly(true, false, false);
  }

  @Test
  void toCancelItIsToCancelAllThatAreNotComplete() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncResult<Integer> complete = pool.applyAsync(() -> 1);
    complete.await();
    AsyncResult<Integer> running = pool.applyAsync(() -> gate.pass(2));
    gate.awaitArrival();
    AsyncMapResult<Integer> map = pool.mapAsync(i -> gate.pass(i), List.of(1, 2, 3, 4), 1);
    AsyncResult<Integer> item = map.split().get(3);
    AsyncMapResult<Integer> joined = AsyncResult.join(complete, running, item);
    assertThat(joined.cancel(true)).isTrue();
    assertThat(joined.cancel(true)).isFalse();
    assertThat(joined.isCancelled()).isTrue();
    assertThat(running.isCancelled()).isTrue();
    assertThat(item.isCancelled()).isTrue();
    assertThat(map.ready()).isFalse();
    assertThatThrownBy(joined::get).isInstanceOf(CancellationException.class);
    assertThat(complete.get()).isEqualTo(1);
    assertThat(joined.outcomes())
        .extracting(Outcome::successful)
        .containsExactly(true, false, false);
    gate.open();
    assertThat(map.outcomes())
        .extracting(Outcome::successful)
        .containsExactly(true, true, true, false);
  }

  @Test
  void toAbortItIsToAbortAllThatAreNotComplete() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    try (Pool one = kind.pool(1)) {
      AsyncResult<Integer> complete = one.applyAsync(() -> 1);
      complete.await();
      AsyncResult<Integer> running = one.applyAsync(() -> gate.pass(2));
      gate.awaitArrival();
      AsyncResult<Integer> queued = one.applyAsync(() -> 3);
      AsyncResult<Integer> other = one.applyAsync(() -> 4);
      AsyncMapResult<Integer> joined = AsyncResult.join(complete, running, queued);
      joined.abort();
      joined.abort();
      assertThat(Results.failureOf(queued)).isInstanceOf(TaskAbortedException.class);
      assertThat(joined.ready()).isFalse();
      gate.open();
      assertThat(Results.failureOf(joined)).isSameAs(Results.failureOf(queued));
      assertThat(running.get()).isEqualTo(2);
      assertThat(Results.valueOf(other)).isEqualTo(4);
      assertThatIllegalStateException().isThrownBy(joined::abort);
    }
  }

  @Test
  void aCancelledHandleFailsAsAnItemDoes() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncResult<Integer> running = pool.applyAsync(() -> gate.pass(1));
    AsyncMapResult<Integer> joined = AsyncResult.join(running, pool.applyAsync(() -> 2));
    assertThat(running.cancel(true)).isTrue();
    assertThat(Results.failureOf(joined)).isInstanceOf(CancellationException.class);
    assertThat(joined.isCancelled()).isFalse();
  }

  @Test
  void itsHandlesAreThoseThatWereJoined() {
    AsyncResult<Integer> one = pool.applyAsync(() -> 1);
    AsyncResult<Integer> two = pool.applyAsync(() -> 2);
    AsyncMapResult<Integer> joined = AsyncResult.join(one, two);
    assertThat(joined.split()).containsExactly(one, two);
  }

  @Test
  void aPartOfItCanBeWaitedFor() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncResult<Integer> late = pool.applyAsync(() -> gate.pass(1));
    AsyncResult<Integer> bad = pool.applyAsync(() -> fail(2));
    AsyncMapResult<Integer> joined = AsyncResult.join(late, bad);
    assertThat(joined.await(WaitFor.FIRST_EXCEPTION, Results.BOUND)).isTrue();
    assertThat(joined.await(WaitFor.FIRST_COMPLETED, Duration.ZERO)).isTrue();
    assertThat(joined.await(WaitFor.ALL, Duration.ZERO)).isFalse();
    gate.open();
    joined.await(WaitFor.ALL);
    assertThat(joined.ready()).isTrue();
  }

  @Test
  void callbacksAndFuturesLearnOfIt() throws Exception {
    AsyncMapResult<Integer> joined =
        AsyncResult.join(pool.applyAsync(() -> 1), pool.applyAsync(() -> 2));
    List<Object> calls = new ArrayList<>();
    assertThat((Object) joined.onFailure(e -> calls.add(e))).isSameAs(joined);
    assertThat((Object) joined.onSuccess(values -> calls.addAll(values))).isSameAs(joined);
    assertThat(joined.toCompletableFuture().get(Results.BOUND.toSeconds(), TimeUnit.SECONDS))
        .containsExactly(1, 2);
    await().atMost(Results.BOUND).untilAsserted(() -> assertThat(calls).containsExactly(1, 2));
  }

  @Test
  void theEndOfAPoolEndsIt() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncMapResult<Integer> joined;
    try (Pool own = kind.pool(1)) {
      joined = AsyncResult.join(pool.applyAsync(() -> 1), own.applyAsync(() -> gate.pass(2)));
      gate.awaitArrival();
      own.terminate();
    }
    joined.await();
    assertThat(joined.successful()).isFalse();
  }

  @Test
  @SuppressWarnings("unchecked")
  void aHandleInAUsersWrappingCanBeJoined() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncResult<Integer> real = pool.applyAsync(() -> gate.pass(1));
    AsyncResult<Integer> wrapped =
        (AsyncResult<Integer>)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {AsyncResult.class},
                (proxy, method, arguments) -> {
                  try {
                    return method.invoke(real, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    AsyncMapResult<Integer> joined = AsyncResult.join(wrapped, pool.applyAsync(() -> 2));
    gate.open();
    assertThat(Results.valueOf(joined)).containsExactly(1, 2);
    assertThat(AsyncResult.asCompleted(wrapped)).hasSize(1);
  }

  private static int fail(int number) {
    throw new IllegalArgumentException("failure " + number);
  }
}
