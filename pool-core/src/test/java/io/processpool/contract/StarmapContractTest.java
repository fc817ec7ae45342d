package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.processpool.Args;
import io.processpool.AsyncMapResult;
import io.processpool.Outcome;
import io.processpool.Pool;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Functions of two and three arguments: {@code starmap} and {@code starmapAsync}. */
@EveryBackend
class StarmapContractTest {
  private static final List<Args.Pair<Integer, Integer>> PAIRS =
      List.of(Args.of(7, 1), Args.of(7, 2), Args.of(7, 3));
  private static final List<Args.Triple<String, Integer, Character>> TRIPLES =
      List.of(Args.of("a", 1, 'x'), Args.of("b", 2, 'y'), Args.of("c", 3, 'z'));

  private final Pool pool;

  StarmapContractTest(PoolKind kind, Pool pool) {
    this.pool = pool;
  }

  @Test
  void pairsBecomeTwoArguments() throws Exception {
    List<Integer> byDefault = pool.starmap((a, b) -> a - b, PAIRS);
    List<Integer> inChunks = pool.starmap((a, b) -> a - b, PAIRS, 2);
    AsyncMapResult<Integer> later = pool.starmapAsync((a, b) -> a - b, PAIRS);
    AsyncMapResult<Integer> laterInChunks = pool.starmapAsync((a, b) -> a - b, PAIRS, 3);
    assertThat(byDefault).containsExactly(6, 5, 4);
    assertThat(inChunks).containsExactly(6, 5, 4);
    assertThat(Results.valueOf(later)).containsExactly(6, 5, 4);
    assertThat(Results.valueOf(laterInChunks)).containsExactly(6, 5, 4);
  }

  @Test
  void triplesBecomeThreeArguments() throws Exception {
    List<String> byDefault = pool.starmap((a, b, c) -> a + b + c, TRIPLES);
    List<String> inChunks = pool.starmap((a, b, c) -> a + b + c, TRIPLES, 2);
    AsyncMapResult<String> later = pool.starmapAsync((a, b, c) -> a + b + c, TRIPLES);
    AsyncMapResult<String> laterInChunks = pool.starmapAsync((a, b, c) -> a + b + c, TRIPLES, 3);
    assertThat(byDefault).containsExactly("a1x", "b2y", "c3z");
    assertThat(inChunks).containsExactly("a1x", "b2y", "c3z");
    assertThat(Results.valueOf(later)).containsExactly("a1x", "b2y", "c3z");
    assertThat(Results.valueOf(laterInChunks)).containsExactly("a1x", "b2y", "c3z");
  }

  @Test
  void argumentsMayBeNull() throws Exception {
    List<Args.Pair<String, String>> pairs = List.of(Args.of(null, "b"), Args.of("a", null));
    List<Args.Triple<String, String, String>> triples =
        List.of(Args.of(null, null, null), Args.of("a", null, "c"));
    List<String> ofTwo = pool.starmap((a, b) -> a + b, pairs);
    List<String> ofThree = pool.starmap((a, b, c) -> a + b + c, triples, 2);
    assertThat(ofTwo).containsExactly("nullb", "anull");
    assertThat(ofThree).containsExactly("nullnullnull", "anullc");
  }

  @Test
  void aCallThatFailsFailsAlone() throws Exception {
    AsyncMapResult<Integer> result =
        pool.starmapAsync((a, b) -> a / b, List.of(Args.of(4, 2), Args.of(1, 0), Args.of(9, 3)), 3);
    List<Outcome<Integer>> outcomes = result.outcomes();
    assertThat(outcomes).extracting(Outcome::successful).containsExactly(true, false, true);
    assertThat(outcomes.get(2).get()).isEqualTo(3);
    assertThat(Results.failureOf(result)).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(
            () -> pool.starmap((a, b, c) -> a / b / c, List.of(Args.of(1, 1, 1), Args.of(1, 1, 0))))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void anEmptyInputIsCompleteAtOnce() throws Exception {
    AsyncMapResult<Integer> pairs =
        pool.starmapAsync((a, b) -> a + b, List.<Args.Pair<Integer, Integer>>of());
    AsyncMapResult<Integer> triples =
        pool.starmapAsync(
            (a, b, c) -> a + b + c, List.<Args.Triple<Integer, Integer, Integer>>of(), 3);
    assertThat(pairs.get(Duration.ZERO)).isEmpty();
    assertThat(triples.get(Duration.ZERO)).isEmpty();
  }
}
