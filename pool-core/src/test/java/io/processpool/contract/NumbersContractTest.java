package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Outcome;
import io.processpool.Pool;
import io.processpool.TaskMetadata;
import io.processpool.TaskStatus;
import io.processpool.function.SerializableFunction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Maps of many numbers, which travel and run together and are items of their own all the same. */
@EveryBackend
class NumbersContractTest {
  private static final int MANY = 100_000;
  private static final List<Object> EXTREMES =
      List.of(
          0,
          -1,
          Integer.MIN_VALUE,
          Integer.MAX_VALUE,
          0L,
          -1L,
          Long.MIN_VALUE,
          Long.MAX_VALUE,
          (long) Integer.MIN_VALUE,
          0.0,
          -0.0,
          Double.NaN,
          Double.longBitsToDouble(0x7ff8_0000_dead_beefL),
          Double.MIN_VALUE,
          Double.NEGATIVE_INFINITY);

  private final Pool pool;

  NumbersContractTest(PoolKind kind, Pool pool) {
    this.pool = pool;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 1000, MANY})
  void numbersOfOneKindArriveAsTheyWere(int chunkSize) throws Exception {
    for (Object kind : List.of(1, 1L, 1.0)) {
      List<Object> numbers = new ArrayList<>();
      Random random = new Random(chunkSize);
      List<Object> extremes =
          EXTREMES.stream().filter(n -> n.getClass() == kind.getClass()).toList();
      int count = chunkSize == 1 ? 1000 : MANY;
      for (int i = 0; i < count; i++) {
        numbers.add(i % 10 == 0 ? extremes.get(i / 10 % extremes.size()) : random(kind, random));
      }
      assertSame(pool.map(n -> n, numbers, chunkSize), numbers);
    }
  }

  private static Object random(Object kind, Random random) {
    if (kind instanceof Integer) {
      return random.nextInt();
    }
    return kind instanceof Long ? random.nextLong() : Double.longBitsToDouble(random.nextLong());
  }

  /** Bit by bit, and each of its own class. */
  private static void assertSame(List<?> actual, List<?> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(bits(actual.get(i))).isEqualTo(bits(expected.get(i)));
    }
  }

  private static @Nullable Object bits(@Nullable Object value) {
    return value instanceof Double number ? "double " + Double.doubleToRawLongBits(number) : value;
  }

  @Test
  void anyMixtureArrivesAsItWas() throws Exception {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      List<@Nullable Object> mixture = new ArrayList<>();
      while (mixture.size() < 5_000) {
        Object value = random.nextInt(4) == 0 ? other(random) : pick(EXTREMES, random);
        mixture.addAll(Collections.nCopies(1 + random.nextInt(1 << random.nextInt(10)), value));
      }
      int chunkSize = 1 + random.nextInt(2_000);
      assertSame(pool.map(n -> n, mixture, chunkSize), mixture);
      assertSame(pool.map(NumbersContractTest::changed, mixture, chunkSize), changed(mixture));
    }
  }

  private static @Nullable Object other(Random random) {
    return pick(Arrays.asList(null, "text", (short) 7, List.of(1), new Boundary(1), 1.5f), random);
  }

  private record Boundary(int number) implements java.io.Serializable {}

  private static <T extends @Nullable Object> T pick(List<T> values, Random random) {
    return values.get(random.nextInt(values.size()));
  }

  /** Of another kind now and then. */
  private static @Nullable Object changed(@Nullable Object value) {
    if (value instanceof Integer number) {
      return number % 3 == 0 ? (Object) number.longValue() : (Object) (number * 0.5);
    }
    return value instanceof Double number && number.isNaN() ? null : value;
  }

  private static List<@Nullable Object> changed(List<@Nullable Object> values) {
    List<@Nullable Object> changed = new ArrayList<>();
    values.forEach(value -> changed.add(changed(value)));
    return changed;
  }

  @Test
  void anItemFailsAlone() throws Exception {
    AsyncMapResult<Integer> result = pool.mapAsync(failing(), numbers(MANY), MANY / 2);
    List<Outcome<Integer>> outcomes = result.outcomes();
    for (int i = 0; i < MANY; i++) {
      Outcome<Integer> outcome = outcomes.get(i);
      if (i % 1000 == 777) {
        assertThat(outcome).isInstanceOf(Outcome.Failure.class);
        assertThat(((Outcome.Failure<Integer>) outcome).exception()).hasMessage("item " + i);
      } else {
        assertThat(outcome.get()).isEqualTo(-i);
      }
    }
    assertThat(result.failures()).isEqualTo(MANY / 1000);
    assertThat(result.metadata().get(777).status()).isEqualTo(TaskStatus.FAILED);
    assertThat(result.metadata().get(778).status()).isEqualTo(TaskStatus.SUCCEEDED);
  }

  private static SerializableFunction<Integer, Integer> failing() {
    return i -> {
      if (i % 1000 == 777) {
        throw new IllegalStateException("item " + i);
      }
      return -i;
    };
  }

  @Test
  void anItemMayHaveAnotherResultThanThoseAroundIt() throws Exception {
    List<Object> results =
        pool.map(
            i -> i % 500 == 3 ? null : i % 700 == 5 ? "text" : i % 900 == 7 ? (Object) 1.5 : i,
            numbers(MANY));
    for (int i = 0; i < MANY; i++) {
      Object expected =
          i % 500 == 3 ? null : i % 700 == 5 ? "text" : i % 900 == 7 ? (Object) 1.5 : i;
      assertThat(results.get(i)).isEqualTo(expected);
    }
  }

  @Test
  void theTimesOfItemsFollowOnEachOther() throws Exception {
    AsyncMapResult<Integer> result = pool.mapAsync(i -> i + 1, numbers(MANY), MANY);
    result.get();
    Instant last = Instant.MIN;
    for (TaskMetadata task : result.metadata()) {
      Instant started = task.started().orElseThrow();
      Instant completed = task.completed().orElseThrow();
      assertThat(started).isAfterOrEqualTo(last).isAfterOrEqualTo(task.submitted());
      assertThat(completed).isAfterOrEqualTo(started);
      assertThat(task.argumentBytes()).hasValue(5);
      assertThat(task.resultBytes()).hasValue(5);
      last = completed;
    }
    assertThat(result.serialTime()).isPositive().isLessThanOrEqualTo(result.wallTime());
    assertThat(result.metadata().get(MANY - 1).received()).isPresent();
  }

  @Test
  void resultsCanBeSentOn() throws Exception {
    List<Integer> results = pool.map(i -> i + 1, numbers(MANY));
    long sum = pool.apply(list -> list.stream().mapToLong(Integer::longValue).sum(), results);
    assertThat(sum).isEqualTo((long) MANY * (MANY + 1) / 2);
    assertThat(pool.map(i -> i - 1, results)).isEqualTo(numbers(MANY));
  }

  @Test
  void resultsCanBeHadInEveryWay() throws Exception {
    AsyncMapResult<Integer> result = pool.mapAsync(i -> i + 1, numbers(MANY));
    long sum = 0;
    for (int value : result.unordered()) {
      sum += value;
    }
    assertThat(sum).isEqualTo((long) MANY * (MANY + 1) / 2);
    Iterator<Integer> inOrder = result.iterator();
    List<AsyncResult<Integer>> handles = result.split();
    List<Outcome<Integer>> outcomes = result.outcomes();
    for (int i = 0; i < MANY; i++) {
      assertThat(inOrder.next()).isEqualTo(i + 1);
      assertThat(outcomes.get(i).get()).isEqualTo(i + 1);
      assertThat(handles.get(i).get()).isEqualTo(i + 1);
    }
    assertThat(result.getByWorker().values().stream().mapToInt(List::size).sum()).isEqualTo(MANY);
  }

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }
}
