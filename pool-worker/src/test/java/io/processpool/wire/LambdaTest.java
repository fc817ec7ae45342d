package io.processpool.wire;

import static io.processpool.wire.Codecs.roundTrip;
import static org.assertj.core.api.Assertions.assertThat;

import io.processpool.function.SerializableBiFunction;
import io.processpool.function.SerializableCallable;
import io.processpool.function.SerializableFunction;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Lambdas and method references of every kind. */
class LambdaTest {

  /** Neither it nor the test is Java-serialisable. */
  static final class Counter {
    private int count;

    Counter(int count) {
      this.count = count;
    }

    int next() {
      return ++count;
    }

    static int twice(int number) {
      return 2 * number;
    }
  }

  interface Stacked extends Serializable {
    Stacked under();
  }

  private final Counter field = new Counter(10);

  private SerializableCallable<Integer> capturingThis() {
    return () -> field.next();
  }

  private static <T> SerializableFunction<T, T> generic() {
    return value -> value;
  }

  @Test
  void withoutCaptures() throws Exception {
    SerializableFunction<Integer, Integer> increment = x -> x + 1;

    assertThat(roundTrip(increment).apply(1)).isEqualTo(2);
    assertThat(roundTrip(LambdaTest.<String>generic()).apply("same")).isEqualTo("same");
  }

  @Test
  void withCapturesOfAllTypes() throws Exception {
    boolean flag = true;
    byte small = 1;
    char letter = 'c';
    short number = 2;
    int counted = 3;
    long large = 4;
    float single = 5;
    double twice = 6;
    String text = "seven";
    Integer nothing = null;
    int[] array = {8};
    Class<?> type = int.class;
    Counter counter = new Counter(9);
    SerializableCallable<List<Object>> all =
        () -> {
          List<Object> list = new ArrayList<>();
          list.add(flag);
          list.add(small);
          list.add(letter);
          list.add(number);
          list.add(counted);
          list.add(large);
          list.add(single);
          list.add(twice);
          list.add(text);
          list.add(nothing);
          list.add(array[0]);
          list.add(type);
          list.add(counter.next());
          return list;
        };

    assertThat(roundTrip(all).call())
        .containsExactly(
            true, (byte) 1, 'c', (short) 2, 3, 4L, 5f, 6d, "seven", null, 8, int.class, 10);
  }

  @Test
  void capturingTheInstance() throws Exception {
    assertThat(roundTrip(capturingThis()).call()).isEqualTo(11);
  }

  @Test
  void capturingOtherLambdas() throws Exception {
    int one = 1;
    SerializableFunction<Integer, Integer> inner = x -> x + one;
    SerializableFunction<Integer, Integer> outer = x -> inner.apply(x) * 10;
    SerializableCallable<SerializableCallable<Integer>> returning = () -> () -> outer.apply(1);

    assertThat(roundTrip(outer).apply(1)).isEqualTo(20);
    assertThat(roundTrip(roundTrip(returning).call()).call()).isEqualTo(20);
  }

  @Test
  void methodReferences() throws Exception {
    SerializableFunction<Integer, Integer> ofStatic = Counter::twice;
    SerializableCallable<Integer> bound = new Counter(5)::next;
    SerializableFunction<Counter, Integer> unbound = Counter::next;
    SerializableFunction<Integer, Counter> constructor = Counter::new;
    SerializableFunction<Integer, int[]> arrayConstructor = int[]::new;
    SerializableFunction<String, Integer> ofJdk = Integer::parseInt;
    SerializableBiFunction<String, String, String> unboundOfJdk = String::concat;
    SerializableFunction<String, String> boundOfJdk = "prefix "::concat;

    assertThat(roundTrip(ofStatic).apply(2)).isEqualTo(4);
    assertThat(roundTrip(bound).call()).isEqualTo(6);
    assertThat(roundTrip(unbound).apply(new Counter(6))).isEqualTo(7);
    assertThat(roundTrip(constructor).apply(7).next()).isEqualTo(8);
    assertThat(roundTrip(arrayConstructor).apply(3)).hasSize(3);
    assertThat(roundTrip(ofJdk).apply("12")).isEqualTo(12);
    assertThat(roundTrip(unboundOfJdk).apply("a", "b")).isEqualTo("ab");
    assertThat(roundTrip(boundOfJdk).apply("a")).isEqualTo("prefix a");
  }

  @Test
  void intersectionTypesAndCastLambdas() {
    Function<Integer, Integer> function = (Function<Integer, Integer> & Serializable) x -> x - 1;

    assertThat(roundTrip(function).apply(1)).isEqualTo(0);
  }

  @Test
  void lambdasInFieldsListsAndRecords() throws Exception {
    record Work(SerializableCallable<Integer> what, List<SerializableCallable<Integer>> more) {}
    SerializableCallable<Integer> one = () -> 1;
    Work arrived = roundTrip(new Work(one, List.of(one, () -> 2)));

    assertThat(arrived.what().call()).isEqualTo(1);
    assertThat(arrived.more().get(0)).isSameAs(arrived.what());
    assertThat(arrived.more().get(1).call()).isEqualTo(2);
  }

  @Test
  void lambdasWithManyLayers() {
    Stacked stacked = () -> null;
    for (int i = 0; i < 2_000; i++) {
      Stacked under = stacked;
      stacked = () -> under;
    }

    Stacked arrived = roundTrip(stacked);

    int layers = 0;
    for (Stacked s = arrived.under(); s != null; s = s.under()) {
      layers++;
    }
    assertThat(layers).isEqualTo(2_000);
  }

  @Test
  void aSupplierOfTheUsersOwn() {
    interface Own extends Supplier<String>, Serializable {}
    String captured = "own";
    Own own = () -> captured;

    assertThat(roundTrip(own).get()).isEqualTo("own");
  }
}
