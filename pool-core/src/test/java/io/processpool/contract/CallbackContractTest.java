package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Pool;
import io.processpool.PoolTerminatedException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Callbacks: {@code onSuccess} and {@code onFailure}. Closing a pool waits for those of its tasks.
 */
@EveryBackend
class CallbackContractTest {
  private final PoolKind kind;
  private final Pool pool;
  private final List<Object> calls = new CopyOnWriteArrayList<>();
  @TempDir Path directory;

  CallbackContractTest(PoolKind kind, Pool pool) {
    this.kind = kind;
    this.pool = pool;
  }

  @Test
  void exactlyOneOfTheTwoIsCalledAndOnce() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncResult<String> good =
        pool.applyAsync(() -> gate.pass("value"))
            .onSuccess(value -> calls.add("before: " + value))
            .onFailure(e -> calls.add("wrong: " + e));
    AsyncResult<Object> bad =
        pool.applyAsync(CallbackContractTest::fail)
            .onSuccess(value -> calls.add("wrong: " + value))
            .onFailure(e -> calls.add("before: " + e.getMessage()));
    gate.open();
    good.await();
    bad.await();
    assertThat(good.onSuccess(value -> calls.add("after: " + value))).isSameAs(good);
    assertThat(good.onFailure(e -> calls.add("wrong: " + e))).isSameAs(good);
    assertThat(bad.onSuccess(value -> calls.add("wrong: " + value))).isSameAs(bad);
    assertThat(bad.onFailure(e -> calls.add("after: " + e.getMessage()))).isSameAs(bad);
    awaitEarlierCallbacks();
    assertThat(calls)
        .containsExactlyInAnyOrder(
            "before: value", "before: by intent", "after: value", "after: by intent");
  }

  @Test
  void theyAreCalledInTheOrderOfTheirRegistration() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncResult<String> result = pool.applyAsync(() -> gate.pass("value"));
    for (int i = 0; i < 50; i++) {
      int number = i;
      if (i == 25) {
        gate.open();
      }
      result = result.onSuccess(value -> calls.add(number));
    }
    result.await();
    awaitEarlierCallbacks();
    assertThat(calls).isEqualTo(IntStream.range(0, 50).boxed().toList());
  }

  @Test
  void theyAreCalledInTheOrderOfCompletion() throws Exception {
    Gate first = Gate.in(directory, "first");
    Gate second = Gate.in(directory, "second");
    AsyncResult<String> lateOne =
        pool.applyAsync(() -> second.pass("second")).onSuccess(calls::add);
    AsyncResult<String> earlyOne = pool.applyAsync(() -> first.pass("first")).onSuccess(calls::add);
    first.open();
    earlyOne.await();
    second.open();
    lateOne.await();
    awaitEarlierCallbacks();
    assertThat(calls).containsExactly("first", "second");
  }

  @Test
  void theCallbackOfAMapGetsTheWholeList() throws Exception {
    AsyncMapResult<Integer> good =
        pool.mapAsync(i -> i + 1, List.of(1, 2, 3), 1).onSuccess(calls::add).onFailure(calls::add);
    AsyncMapResult<Object> bad =
        pool.mapAsync(i -> i == 1 ? i : fail(), List.of(1, 2), 1)
            .onSuccess(calls::add)
            .onFailure(e -> calls.add(e.getMessage()));
    good.await();
    bad.await();
    awaitEarlierCallbacks();
    assertThat(calls).containsExactlyInAnyOrder(List.of(2, 3, 4), "by intent");
  }

  @Test
  void thatOfACancelledTaskGetsACancellationException() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncResult<String> result =
        pool.applyAsync(() -> gate.pass("never")).onSuccess(calls::add).onFailure(calls::add);
    gate.awaitArrival();
    assertThat(result.cancel(true)).isTrue();
    awaitEarlierCallbacks();
    assertThat(calls).singleElement().isInstanceOf(CancellationException.class);
  }

  @Test
  void oneThatThrowsIsLoggedAndHurtsNobody() throws Exception {
    try (LogCapture log = LogCapture.open()) {
      AsyncResult<Integer> result =
          pool.applyAsync(() -> 1)
              .onSuccess(throwing(new IllegalStateException("a callback's exception")))
              .onSuccess(throwing(new AssertionError("a callback's error")))
              .onSuccess(calls::add);
      assertThat(Results.valueOf(result)).isEqualTo(1);
      log.awaitWarning("a callback's exception");
      log.awaitWarning("a callback's error");
      int next = pool.apply(() -> 2);
      assertThat(next).isEqualTo(2);
    }
    awaitEarlierCallbacks();
    assertThat(calls).containsExactly(1);
  }

  @Test
  void oneThatTakesItsTimeHoldsUpNoResult() throws Exception {
    CountDownLatch latch = new CountDownLatch(1);
    AsyncResult<Integer> slow =
        pool.applyAsync(() -> 1).onSuccess(value -> await(latch)).onSuccess(calls::add);
    slow.await();
    List<Integer> results = pool.map(i -> i, IntStream.range(0, 200).boxed().toList(), 1);
    assertThat(results).hasSize(200);
    assertThat(calls).isEmpty();
    latch.countDown();
    awaitEarlierCallbacks();
    assertThat(calls).containsExactly(1);
  }

  @Test
  void oneMayUseThePool() throws Exception {
    AsyncResult<Integer> result =
        pool.applyAsync(() -> 1)
            .onSuccess(
                value ->
                    calls.add(call(() -> Results.valueOf(pool.applyAsync(i -> i + 1, value)))));
    result.await();
    Awaitility.await()
        .atMost(Results.BOUND)
        .untilAsserted(() -> assertThat(calls).containsExactly(2));
  }

  @Test
  void oneMayShutDownThePoolAndJoinIt() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    Pool own = kind.pool(2);
    AsyncResult<Integer> result =
        own.applyAsync(() -> 1)
            .onSuccess(
                value -> {
                  own.shutdown();
                  calls.add(call(() -> own.join(Results.BOUND)));
                  done.countDown();
                });
    assertThat(result.await(Results.BOUND)).isTrue();
    await(done);
    assertThat(calls).containsExactly(true);
    assertThat(own.join(Results.BOUND)).isTrue();
  }

  @Test
  void oneMayCloseThePool() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    Pool own = kind.pool(1);
    AsyncResult<Integer> result =
        own.applyAsync(() -> 1)
            .onSuccess(
                value -> {
                  own.close();
                  done.countDown();
                });
    assertThat(result.await(Results.BOUND)).isTrue();
    await(done);
    assertThat(own.isShutdown()).isTrue();
    assertThat(own.join(Results.BOUND)).isTrue();
  }

  @Test
  void oneMayTerminateThePool() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Pool own = kind.pool(2);
    AsyncResult<String> endless = own.applyAsync(() -> gate.pass("never"));
    gate.awaitArrival();
    AsyncResult<Integer> result = own.applyAsync(() -> 1).onSuccess(value -> own.terminate());
    assertThat(Results.valueOf(result)).isEqualTo(1);
    assertThat(Results.failureOf(endless)).isInstanceOf(PoolTerminatedException.class);
    assertThat(own.join(Results.BOUND)).isTrue();
  }

  @Test
  void theyRunOnTheExecutorThatWasGiven() throws Exception {
    Thread test = Thread.currentThread();
    List<Thread> threads = new CopyOnWriteArrayList<>();
    try (Pool own =
        kind.builder()
            .workers(1)
            .callbackExecutor(
                action -> {
                  Thread thread = new Thread(action);
                  threads.add(thread);
                  thread.start();
                })
            .build()) {
      AsyncResult<Integer> result =
          own.applyAsync(() -> 1).onSuccess(value -> calls.add(Thread.currentThread()));
      result.await();
      Awaitility.await().atMost(Results.BOUND).until(() -> calls.size() == 1);
    }
    assertThat(threads).contains((Thread) calls.get(0)).doesNotContain(test);
  }

  @Test
  void anExecutorThatRefusesHurtsNobody() throws Exception {
    try (LogCapture log = LogCapture.open();
        Pool own =
            kind.builder()
                .workers(1)
                .callbackExecutor(
                    action -> {
                      throw new RejectedExecutionException("refused by intent");
                    })
                .build()) {
      AsyncResult<Integer> result = own.applyAsync(() -> 1).onSuccess(calls::add);
      assertThat(Results.valueOf(result)).isEqualTo(1);
      log.awaitWarning("refused by intent");
      int next = own.apply(() -> 2);
      assertThat(next).isEqualTo(2);
    }
    assertThat(calls).isEmpty();
  }

  @Test
  void joiningThePoolWaitsForThem() throws Exception {
    CountDownLatch latch = new CountDownLatch(1);
    Pool own = kind.pool(1);
    AsyncResult<Integer> result =
        own.applyAsync(() -> 1).onSuccess(value -> await(latch)).onSuccess(calls::add);
    result.await();
    own.shutdown();
    Background<Boolean> join =
        Background.start(
            () -> {
              own.join();
              return calls.contains(1);
            });
    latch.countDown();
    assertThat(join.result()).as("the callbacks have run when join returns").isTrue();
  }

  /** Callbacks run in the order of completion: those of tasks that are complete come first. */
  private void awaitEarlierCallbacks() throws Exception {
    CountDownLatch latch = new CountDownLatch(1);
    AsyncResult<Integer> sentinel = pool.applyAsync(() -> 1).onSuccess(value -> latch.countDown());
    sentinel.await();
    await(latch);
  }

  private static Object fail() {
    throw new IllegalArgumentException("by intent");
  }

  private static Consumer<Object> throwing(RuntimeException exception) {
    return value -> {
      throw exception;
    };
  }

  private static Consumer<Object> throwing(Error error) {
    return value -> {
      throw error;
    };
  }

  private static void await(CountDownLatch latch) {
    boolean open = call(() -> latch.await(Results.BOUND.toSeconds(), TimeUnit.SECONDS));
    assertThat(open).isTrue();
  }

  private static <T> T call(Callable<T> callable) {
    try {
      return callable.call();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
