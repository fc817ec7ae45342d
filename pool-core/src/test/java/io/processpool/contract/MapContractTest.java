package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.processpool.AsyncMapResult;
import io.processpool.Outcome;
import io.processpool.Pool;
import io.processpool.RemoteTaskException;
import io.processpool.WaitInterruptedException;
import io.processpool.function.SerializableFunction;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One function over many items: {@code map} and {@code mapAsync}. */
@EveryBackend
class MapContractTest {
  private final Pool pool;
  @TempDir Path directory;

  MapContractTest(PoolKind kind, Pool pool) {
    this.pool = pool;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 10, 11, 1000, Integer.MAX_VALUE})
  void theResultsAreInTheOrderOfTheItems(int chunkSize) throws Exception {
    List<Integer> squares = pool.map(i -> i * i, numbers(10), chunkSize);
    assertThat(squares).containsExactly(0, 1, 4, 9, 16, 25, 36, 49, 64, 81);
  }

  @Test
  void itemsOfAChunkShareWhatTheirFunctionCaptured() throws Exception {
    List<Integer> captured = new ArrayList<>();
    SerializableFunction<Integer, Integer> function =
        item -> {
          captured.add(item);
          return captured.size();
        };
    assertThat(pool.map(function, List.of(7, 8, 9), 3)).containsExactly(1, 2, 3);
    assertThat(captured).isEmpty();
  }

  @Test
  void theChunkSizeMayBeLeftOut() throws Exception {
    List<Integer> next = pool.map(i -> i + 1, numbers(1000));
    assertThat(next).isEqualTo(IntStream.rangeClosed(1, 1000).boxed().toList());
  }

  @Test
  void theItemsMayBeAnyIterable() throws Exception {
    Iterable<Integer> items = () -> IntStream.range(0, 5).iterator();
    List<Integer> doubled = pool.map(i -> 2 * i, items);
    assertThat(doubled).containsExactly(0, 2, 4, 6, 8);
  }

  @Test
  void theOrderIsKeptWhenALaterItemIsDoneFirst() throws Exception {
    Signal last = Signal.in(directory, "last");
    List<Integer> results =
        pool.map(
            i -> {
              if (i == 0) {
                last.await();
              } else if (i == 3) {
                last.raise();
              }
              return i;
            },
            numbers(4),
            1);
    assertThat(results).containsExactly(0, 1, 2, 3);
  }

  @Test
  void itemsAndResultsMayBeNull() throws Exception {
    List<Boolean> wereNull = pool.map(s -> s == null, Arrays.asList("a", null, "b"), 2);
    List<String> nulls = pool.map(s -> s.isEmpty() ? null : s, List.of("a", "", "b"));
    assertThat(wereNull).containsExactly(false, true, false);
    assertThat(nulls).containsExactly("a", null, "b");
  }

  @Test
  void theListCannotBeChanged() throws Exception {
    List<Integer> results = pool.map(i -> i, numbers(3));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> results.set(0, 7));
  }

  @Test
  void anEmptyInputIsCompleteAtOnce() throws Exception {
    List<List<Integer>> called = new CopyOnWriteArrayList<>();
    AsyncMapResult<Integer> result =
        pool.mapAsync(i -> i, List.<Integer>of()).onSuccess(called::add);
    assertThat(result.ready()).isTrue();
    assertThat(result.successful()).isTrue();
    assertThat(result.get(Duration.ZERO)).isEmpty();
    assertThat(result.outcomes()).isEmpty();
    assertThat(result.iterator().hasNext()).isFalse();
    assertThat(result.size()).isZero();
    assertThat(result.progress()).isZero();
    await()
        .atMost(Results.BOUND)
        .untilAsserted(() -> assertThat(called).containsExactly(List.of()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 10})
  void anItemThatFailsFailsAloneWithinItsChunk(int chunkSize) throws Exception {
    AsyncMapResult<Integer> result =
        pool.mapAsync(MapContractTest::noMultipleOf3, numbers(10), chunkSize);
    List<Outcome<Integer>> outcomes = result.outcomes();
    assertThat(outcomes).hasSize(10);
    for (int i = 0; i < 10; i++) {
      Outcome<Integer> outcome = outcomes.get(i);
      assertThat(outcome.index()).isEqualTo(i);
      assertThat(outcome.successful()).isEqualTo(i % 3 != 0);
      if (outcome instanceof Outcome.Failure<Integer> failure) {
        assertThat(failure.exception())
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("item " + i);
        assertThatThrownBy(outcome::get)
            .isInstanceOf(ExecutionException.class)
            .hasCause(failure.exception());
      } else {
        assertThat(outcome.get()).isEqualTo(i);
      }
    }
  }

  @Test
  void getThrowsTheFailureOfTheFirstItemWithTheOthersSuppressed() throws Exception {
    Signal laterOneFailed = Signal.in(directory, "later one failed");
    AsyncMapResult<Integer> result =
        pool.mapAsync(
            i -> {
              if (i == 1) {
                laterOneFailed.await();
              } else if (i == 4) {
                laterOneFailed.raise();
              }
              return i == 0 ? i : noItem(i);
            },
            numbers(5),
            1);
    Throwable failure = Results.failureOf(result);
    assertThat(failure).isInstanceOf(IllegalArgumentException.class).hasMessage("item 1");
    assertThat(failure.getSuppressed())
        .extracting(Throwable::getMessage)
        .contains("item 2", "item 3", "item 4")
        .filteredOn(message -> message != null && message.startsWith("item"))
        .hasSize(3);
  }

  @Test
  void getThrowsTheSameAgain() {
    AsyncMapResult<Integer> result = pool.mapAsync(MapContractTest::noMultipleOf3, numbers(10), 2);
    Throwable first = Results.failureOf(result);
    int suppressed = first.getSuppressed().length;
    assertThat(Results.failureOf(result)).isSameAs(first);
    assertThat(first.getSuppressed()).hasSize(suppressed);
  }

  @Test
  void theFailureIsKnownOnlyWhenEveryItemIsDone() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncMapResult<Integer> result =
        pool.mapAsync(i -> i == 0 ? noItem(i) : gate.pass(i), List.of(0, 1), 1);
    gate.awaitArrival();
    await().atMost(Results.BOUND).until(() -> result.progress() == 1);
    assertThat(result.ready()).isFalse();
    gate.open();
    assertThat(Results.failureOf(result)).hasMessage("item 0");
  }

  @Test
  void theBlockingCallThrowsWhatTheTaskThrew() {
    assertThatThrownBy(() -> pool.map(MapContractTest::noMultipleOf3, List.of(1, 2, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("item 3");
    assertThatThrownBy(() -> pool.map(MapContractTest::checked, List.of(1)))
        .isInstanceOf(RemoteTaskException.class)
        .cause()
        .isInstanceOf(IOException.class)
        .hasMessage("checked");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10})
  void aMapCanBeIteratedWhileItRuns(int chunkSize) throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncMapResult<Integer> result =
        pool.mapAsync(i -> i == 5 ? gate.pass(i) : i, numbers(10), chunkSize);
    Iterator<Integer> values = result.iterator();
    List<Integer> early = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      early.add(values.next());
    }
    assertThat(early).containsExactly(0, 1, 2, 3, 4);
    assertThat(result.ready()).isFalse();
    gate.open();
    assertThat(values).toIterable().containsExactly(5, 6, 7, 8, 9);
    assertThat(values.hasNext()).isFalse();
    assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(values::next);
  }

  @Test
  void aMapCanBeIteratedAgain() throws Exception {
    AsyncMapResult<Integer> result = pool.mapAsync(i -> i, numbers(10), 3);
    for (int round = 0; round < 2; round++) {
      List<Integer> values = new ArrayList<>();
      for (int value : result) {
        values.add(value);
      }
      assertThat(values).isEqualTo(numbers(10));
    }
  }

  @Test
  void iteratingGoesOnAfterAnItemThatFailed() {
    Iterator<Integer> values =
        pool.mapAsync(MapContractTest::noMultipleOf3, List.of(1, 3, 4), 3).iterator();
    assertThat(values.next()).isEqualTo(1);
    assertThatThrownBy(values::next)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("item 3");
    assertThat(values.next()).isEqualTo(4);
    assertThat(values.hasNext()).isFalse();
  }

  @Test
  void iteratingWrapsACheckedException() {
    Iterator<Integer> values = pool.mapAsync(MapContractTest::checked, List.of(1)).iterator();
    assertThatThrownBy(values::next)
        .isInstanceOf(RemoteTaskException.class)
        .hasCauseInstanceOf(IOException.class);
  }

  @Test
  void anInterruptedIterationCanBeRepeated() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Iterator<Integer> values = pool.mapAsync(i -> gate.pass(i), List.of(7, 8), 2).iterator();
    gate.awaitArrival();
    Background<Boolean> flag =
        Background.start(
            () -> {
              assertThat(catchThrowable(values::next)).isInstanceOf(WaitInterruptedException.class);
              return Thread.interrupted();
            });
    flag.thread().interrupt();
    assertThat(flag.result()).as("the flag is set again").isTrue();
    gate.open();
    assertThat(values).toIterable().containsExactly(7, 8);
  }

  @Test
  void manyMapsRunAtTheSameTime() throws Exception {
    List<AsyncMapResult<Integer>> results = new ArrayList<>();
    for (int map = 0; map < 50; map++) {
      int offset = map;
      results.add(pool.mapAsync(i -> i + offset, numbers(20), 3));
    }
    for (int map = 0; map < 50; map++) {
      assertThat(Results.valueOf(results.get(map)))
          .isEqualTo(IntStream.range(map, map + 20).boxed().toList());
    }
  }

  @Test
  void manyItemsOfSomeSizeTravel() throws Exception {
    List<byte[]> items = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      items.add(new byte[200_000 + i]);
    }
    List<Integer> lengths = pool.map(bytes -> bytes.length, items, 8);
    List<byte[]> echoed = pool.map(bytes -> bytes, items, 8);
    assertThat(lengths).isEqualTo(items.stream().map(bytes -> bytes.length).toList());
    assertThat(echoed).extracting(bytes -> bytes.length).isEqualTo(lengths);
  }

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  private static int noMultipleOf3(int i) {
    return i % 3 == 0 ? noItem(i) : i;
  }

  private static int noItem(int i) {
    throw new IllegalArgumentException("item " + i);
  }

  private static int checked(int i) throws IOException {
    throw new IOException("checked");
  }
}
