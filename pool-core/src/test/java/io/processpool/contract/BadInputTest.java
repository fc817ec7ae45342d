package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.processpool.Args;
import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Pool;
import io.processpool.ResultIterator;
import io.processpool.TaskOptions;
import io.processpool.TaskSerializationException;
import io.processpool.WaitFor;
import io.processpool.function.SerializableBiFunction;
import io.processpool.function.SerializableCallable;
import io.processpool.function.SerializableFunction;
import io.processpool.function.SerializableTriFunction;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a pool refuses at the call, and that it works on afterwards. */
@EveryBackend
class BadInputTest {
  private static final List<Integer> ITEMS = List.of(1, 2, 3);
  private static final List<Args.Pair<Integer, Integer>> PAIRS = List.of(Args.of(1, 2));
  private static final List<Args.Triple<Integer, Integer, Integer>> TRIPLES =
      List.of(Args.of(1, 2, 3));

  private final Pool pool;

  BadInputTest(PoolKind kind, Pool pool) {
    this.pool = pool;
  }

  @AfterEach
  void thePoolStillWorks() throws Exception {
    List<Integer> results = pool.map(i -> i + 1, ITEMS, 2);
    assertThat(results).containsExactly(2, 3, 4);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void aChunkSizeBelowOneIsRefused(int chunkSize) {
    List<ThrowingCallable> calls =
        List.of(
            () -> pool.map(i -> i, ITEMS, chunkSize),
            () -> pool.mapAsync(i -> i, ITEMS, chunkSize),
            () -> pool.mapAsync(i -> i, List.<Integer>of(), chunkSize),
            () -> pool.starmap((a, b) -> a + b, PAIRS, chunkSize),
            () -> pool.starmapAsync((a, b) -> a + b, PAIRS, chunkSize),
            () -> pool.starmap((a, b, c) -> a + b + c, TRIPLES, chunkSize),
            () -> pool.starmapAsync((a, b, c) -> a + b + c, TRIPLES, chunkSize),
            () -> pool.imap(i -> i, ITEMS, chunkSize),
            () -> pool.imapUnordered(i -> i, ITEMS, chunkSize));
    for (ThrowingCallable call : calls) {
      assertThatIllegalArgumentException()
          .isThrownBy(call)
          .withMessageContaining(Integer.toString(chunkSize))
          .withMessageContaining("chunkSize");
    }
  }

  @Test
  void aNullFunctionIsRefused() {
    List<ThrowingCallable> calls =
        List.of(
            () -> pool.apply((SerializableCallable<Integer>) null),
            () -> pool.applyAsync((SerializableCallable<Integer>) null),
            () -> pool.applyAsync((SerializableFunction<Integer, Integer>) null, 1),
            () -> pool.applyAsync((SerializableBiFunction<Integer, Integer, Integer>) null, 1, 2),
            () ->
                pool.applyAsync(
                    (SerializableTriFunction<Integer, Integer, Integer, Integer>) null, 1, 2, 3),
            () -> pool.map((SerializableFunction<Integer, Integer>) null, ITEMS),
            () -> pool.mapAsync((SerializableFunction<Integer, Integer>) null, ITEMS),
            () -> pool.mapAsync((SerializableFunction<Integer, Integer>) null, ITEMS, 1),
            () ->
                pool.starmapAsync((SerializableBiFunction<Integer, Integer, Integer>) null, PAIRS),
            () ->
                pool.starmapAsync(
                    (SerializableTriFunction<Integer, Integer, Integer, Integer>) null, TRIPLES),
            () -> pool.imap((SerializableFunction<Integer, Integer>) null, ITEMS),
            () -> pool.imapUnordered((SerializableFunction<Integer, Integer>) null, ITEMS, 2));
    for (ThrowingCallable call : calls) {
      assertThatNullPointerException().isThrownBy(call).withMessageContaining("task");
    }
  }

  @Test
  void nullInPlaceOfTheItemsIsRefused() {
    List<ThrowingCallable> calls =
        List.of(
            () -> pool.map(i -> i, (List<Integer>) null),
            () -> pool.mapAsync(i -> i, (List<Integer>) null),
            () -> pool.mapAsync(i -> i, (List<Integer>) null, 2),
            () -> pool.imap(i -> i, (List<Integer>) null),
            () -> pool.imapUnordered(i -> i, (List<Integer>) null, 2));
    for (ThrowingCallable call : calls) {
      assertThatNullPointerException().isThrownBy(call).withMessageContaining("items");
    }
    List<ThrowingCallable> starCalls =
        List.of(
            () -> pool.starmapAsync((a, b) -> a, (List<Args.Pair<Integer, Integer>>) null),
            () ->
                pool.starmapAsync(
                    (a, b, c) -> a, (List<Args.Triple<Integer, Integer, Integer>>) null, 2));
    for (ThrowingCallable call : starCalls) {
      assertThatNullPointerException().isThrownBy(call).withMessageContaining("calls");
    }
  }

  @Test
  void aNullAmongTheCallsOfAStarmapIsRefused() {
    List<Args.Pair<Integer, Integer>> pairs = Arrays.asList(Args.of(1, 2), null);
    List<Args.Triple<Integer, Integer, Integer>> triples = Arrays.asList(Args.of(1, 2, 3), null);
    assertThatNullPointerException().isThrownBy(() -> pool.starmapAsync((a, b) -> a + b, pairs));
    assertThatNullPointerException()
        .isThrownBy(() -> pool.starmapAsync((a, b, c) -> a + b + c, triples, 2));
  }

  @Test
  void otherNullsAreRefused() throws Exception {
    AsyncResult<Integer> result = pool.applyAsync(() -> 1);
    AsyncMapResult<Integer> squares = pool.mapAsync(i -> i * i, ITEMS);
    squares.await();
    ResultIterator<Integer> results = pool.imap(i -> i, ITEMS);
    List<ThrowingCallable> calls =
        List.of(
            () -> result.onSuccess(null),
            () -> result.onFailure(null),
            () -> result.get(null),
            () -> result.await((Duration) null),
            () -> result.await((WaitFor) null),
            () -> result.await(null, Results.BOUND),
            () -> result.await(WaitFor.ALL, null),
            () -> result.awaitSent(null),
            () -> squares.await((WaitFor) null),
            () -> squares.await(null, Results.BOUND),
            () -> squares.await(WaitFor.ALL, null),
            () -> AsyncResult.join(result, null),
            () -> AsyncResult.join(Arrays.asList(result, null)),
            () -> AsyncResult.join((Collection<AsyncResult<Integer>>) null),
            () -> AsyncResult.asCompleted(result, null),
            () -> AsyncResult.asCompleted(Arrays.asList(result, null)),
            () -> AsyncResult.asCompleted((Collection<AsyncResult<Integer>>) null),
            () -> result.get(1, null),
            () -> pool.with((TaskOptions) null),
            () -> results.next(null));
    for (ThrowingCallable call : calls) {
      assertThatNullPointerException().isThrownBy(call);
    }
    assertThat(Results.valueOf(result)).isEqualTo(1);
    assertThat(results.next()).isEqualTo(1);
    results.close();
  }

  @Test
  void aFunctionThatCannotTravelIsRefused() {
    Thread captured = Thread.currentThread();
    List<ThrowingCallable> calls =
        List.of(
            () -> pool.apply(() -> captured.getName()),
            () -> pool.applyAsync(() -> captured.getName()),
            () -> pool.mapAsync(i -> captured.getName() + i, ITEMS),
            () -> pool.starmapAsync((a, b) -> captured.getName() + a + b, PAIRS),
            () -> pool.imap(i -> captured.getName() + i, ITEMS));
    for (ThrowingCallable call : calls) {
      assertThatExceptionOfType(TaskSerializationException.class)
          .isThrownBy(call)
          .withMessageContaining("java.lang.Thread");
    }
  }

  @Test
  void anArgumentThatCannotTravelIsRefused() {
    Thread thread = Thread.currentThread();
    List<ThrowingCallable> calls =
        List.of(
            () -> pool.apply(t -> t.getName(), thread),
            () -> pool.applyAsync(t -> t.getName(), thread),
            () -> pool.applyAsync((t, i) -> t.getName() + i, thread, 1),
            () -> pool.mapAsync(t -> "" + t, List.of("good", thread), 2),
            () -> pool.starmapAsync((t, i) -> t.getName() + i, List.of(Args.of(thread, 1))));
    for (ThrowingCallable call : calls) {
      assertThatExceptionOfType(TaskSerializationException.class)
          .isThrownBy(call)
          .withMessageContaining("java.lang.Thread");
    }
  }

  @Test
  void anItemOfAnImapThatCannotTravelFailsInItsPlace() {
    ResultIterator<String> results =
        pool.imap(item -> "" + item, List.of("a", Thread.currentThread(), "b"));
    assertThat(results.next()).isEqualTo("a");
    assertThatThrownBy(results::next)
        .isInstanceOf(TaskSerializationException.class)
        .hasMessageContaining("java.lang.Thread");
    assertThat(results.next()).isEqualTo("b");
    assertThat(results.hasNext()).isFalse();
  }

  @Test
  void anArgumentThatThrowsWhileItIsWrittenIsRefused() {
    assertThatExceptionOfType(TaskSerializationException.class)
        .isThrownBy(
            () ->
                pool.applyAsync(
                    x -> 1,
                    new UnserializableContractTest.Awkward(
                        UnserializableContractTest.Awkward.WRITE)))
        .withMessageContaining("Awkward");
  }
}
