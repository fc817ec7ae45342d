package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Pool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every handle can do: {@code AsyncResult}. */
@EveryBackend
class HandleContractTest {
  private final Pool pool;
  @TempDir Path directory;

  HandleContractTest(PoolKind kind, Pool pool) {
    this.pool = pool;
  }

  @Test
  void aLimitedGetTimesOutAndCanBeRepeated() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncResult<String> result = pool.applyAsync(() -> gate.pass("value"));
    assertThatThrownBy(() -> result.get(Duration.ofMillis(20)))
        .isInstanceOf(TimeoutException.class);
    assertThatThrownBy(() -> result.get(20, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    gate.open();
    assertThat(result.get(60, TimeUnit.SECONDS)).isEqualTo("value");
  }

  @Test
  void aGetWithoutTimeGivesTheValueIfItIsThere() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncResult<String> result = pool.applyAsync(() -> gate.pass("value"));
    assertThatThrownBy(() -> result.get(Duration.ZERO)).isInstanceOf(TimeoutException.class);
    assertThatThrownBy(() -> result.get(0, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
    assertThatThrownBy(() -> result.get(Duration.ofDays(-1))).isInstanceOf(TimeoutException.class);
    gate.open();
    result.await();
    assertThat(result.get(Duration.ZERO)).isEqualTo("value");
    assertThat(result.get(0, TimeUnit.SECONDS)).isEqualTo("value");
    assertThat(result.get(Duration.ofDays(-1))).isEqualTo("value");
  }

  @Test
  void theLongestTimeIsALegalTime() throws Exception {
    AsyncResult<Integer> first = pool.applyAsync(() -> 1);
    AsyncResult<Integer> second = pool.applyAsync(() -> 2);
    assertThat(first.get(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(1);
    assertThat(second.get(Long.MAX_VALUE, TimeUnit.DAYS)).isEqualTo(2);
    assertThat(second.await(Duration.ofSeconds(Long.MAX_VALUE))).isTrue();
  }

  @Test
  void awaitTellsWhetherTheTaskIsComplete() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncResult<String> result = pool.applyAsync(() -> gate.pass("value"));
    assertThat(result.await(Duration.ofMillis(20))).isFalse();
    assertThat(result.await(Duration.ZERO)).isFalse();
    gate.open();
    assertThat(result.await(Results.BOUND)).isTrue();
    assertThat(result.await(Duration.ZERO)).isTrue();
    result.await();
  }

  @Test
  void awaitDoesNotThrowWhatTheTaskThrew() throws Exception {
    AsyncResult<Object> result = pool.applyAsync(HandleContractTest::fail);
    result.await();
    assertThat(result.await(Results.BOUND)).isTrue();
  }

  @Test
  void aHandleIsReadyOnceItsTaskIsComplete() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncResult<String> result = pool.applyAsync(() -> gate.pass("value"));
    gate.awaitArrival();
    assertThat(result.ready()).isFalse();
    assertThat(result.isDone()).isFalse();
    gate.open();
    result.await();
    assertThat(result.ready()).isTrue();
    assertThat(result.isDone()).isTrue();
    assertThat(result.isCancelled()).isFalse();
  }

  @Test
  void successfulCanBeAskedOnceTheTaskIsComplete() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncResult<String> good = pool.applyAsync(() -> gate.pass("value"));
    AsyncResult<Object> bad = pool.applyAsync(HandleContractTest::fail);
    assertThatIllegalStateException().isThrownBy(good::successful);
    gate.open();
    good.await();
    bad.await();
    assertThat(good.successful()).isTrue();
    assertThat(bad.successful()).isFalse();
  }

  @Test
  void theValueCanBeTakenAgain() throws Exception {
    AsyncResult<List<String>> result = pool.applyAsync(() -> List.of("a", "b"));
    List<String> first = Results.valueOf(result);
    assertThat(first).containsExactly("a", "b");
    assertThat(result.get()).isSameAs(first);
    assertThat(result.get(Duration.ZERO)).isSameAs(first);
  }

  @Test
  void theExceptionIsThrownAgain() {
    AsyncResult<Object> result = pool.applyAsync(HandleContractTest::fail);
    Throwable first = Results.failureOf(result);
    assertThat(first).isInstanceOf(IllegalArgumentException.class).hasMessage("by intent");
    assertThatThrownBy(result::get).isInstanceOf(ExecutionException.class).hasCause(first);
    assertThat(Results.failureOf(result)).isSameAs(first);
  }

  @Test
  void anInterruptedWaitDoesNotDisturbTheTask() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncResult<String> result = pool.applyAsync(() -> gate.pass("value"));
    Background<Throwable> get = Background.start(() -> catchThrowable(result::get));
    Background<Throwable> limited =
        Background.start(() -> catchThrowable(() -> result.get(Results.BOUND)));
    Background<Throwable> wait = Background.start(() -> catchThrowable(result::await));
    gate.awaitArrival();
    for (Background<Throwable> waiting : List.of(get, limited, wait)) {
      waiting.thread().interrupt();
      assertThat(waiting.result()).isInstanceOf(InterruptedException.class);
    }
    gate.open();
    assertThat(Results.valueOf(result)).isEqualTo("value");
  }

  @Test
  void everyWaitingThreadGetsTheValue() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncResult<String> result = pool.applyAsync(() -> gate.pass("value"));
    List<Background<String>> waiting =
        List.of(
            Background.start(result::get),
            Background.start(result::get),
            Background.start(() -> result.get(Results.BOUND)));
    gate.open();
    for (Background<String> thread : waiting) {
      assertThat(thread.result()).isEqualTo("value");
    }
  }

  @Test
  void aSingleTaskIsOneItem() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncResult<String> result = pool.applyAsync(() -> gate.pass("value"));
    gate.awaitArrival();
    assertThat(result.size()).isEqualTo(1);
    assertThat(result.progress()).isZero();
    gate.open();
    result.await();
    assertThat(result.progress()).isEqualTo(1);
  }

  @Test
  void theProgressOfAMapIsCountedInItems() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncMapResult<Integer> result =
        pool.mapAsync(i -> i == 4 ? gate.pass(i) : i, List.of(0, 1, 2, 3, 4), 1);
    assertThat(result.size()).isEqualTo(5);
    await().atMost(Results.BOUND).until(() -> result.progress() == 4);
    assertThat(result.ready()).isFalse();
    gate.open();
    result.await();
    assertThat(result.progress()).isEqualTo(5);
  }

  @Test
  void anItemThatFailedIsProgressToo() throws Exception {
    AsyncMapResult<Object> result = pool.mapAsync(i -> fail(), List.of(0, 1, 2));
    result.await();
    assertThat(result.progress()).isEqualTo(3);
  }

  private static Object fail() {
    throw new IllegalArgumentException("by intent");
  }
}
