package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Pool;
import io.processpool.WaitFor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Waiting for a part of a result, and for the arguments to be sent. */
@EveryBackend
class WaitForContractTest {
  private static final Duration LITTLE = Duration.ofMillis(20);

  private final Pool pool;
  @TempDir Path directory;

  WaitForContractTest(PoolKind kind, Pool pool) {
    this.pool = pool;
  }

  @Test
  void theFirstItemThatIsDoneEndsAWaitForIt() throws Exception {
    Gate first = Gate.in(directory, "first");
    Gate rest = Gate.in(directory, "rest");
    AsyncMapResult<Integer> map =
        pool.mapAsync(i -> i == 1 ? first.pass(i) : rest.pass(i), List.of(0, 1), 1);
    assertThat(map.await(WaitFor.FIRST_COMPLETED, LITTLE)).isFalse();
    assertThat(map.await(WaitFor.FIRST_COMPLETED, Duration.ZERO)).isFalse();
    first.open();
    assertThat(map.await(WaitFor.FIRST_COMPLETED, Results.BOUND)).isTrue();
    map.await(WaitFor.FIRST_COMPLETED);
    assertThat(map.progress()).isEqualTo(1);
    assertThat(map.await(WaitFor.FIRST_EXCEPTION, LITTLE)).isFalse();
    assertThat(map.await(WaitFor.ALL, LITTLE)).isFalse();
    rest.open();
    map.await(WaitFor.ALL);
    assertThat(map.ready()).isTrue();
  }

  @Test
  void theFirstItemThatFailsEndsAWaitForIt() throws Exception {
    Gate bad = Gate.in(directory, "bad");
    Gate rest = Gate.in(directory, "rest");
    AsyncMapResult<Integer> map =
        pool.mapAsync(i -> i == 1 ? fail(bad.pass(i)) : rest.pass(i), List.of(0, 1), 1);
    Background<Boolean> waiting =
        Background.start(() -> map.await(WaitFor.FIRST_EXCEPTION, Results.BOUND));
    bad.open();
    assertThat(waiting.result()).isTrue();
    assertThat(map.ready()).isFalse();
    map.await(WaitFor.FIRST_EXCEPTION);
    assertThat(map.await(WaitFor.FIRST_COMPLETED, Duration.ZERO)).isTrue();
    rest.open();
    map.await();
  }

  @Test
  void whereNothingFailsAWaitForAFailureEndsWithTheLastItem() throws Exception {
    for (int i = 0; i < 20; i++) {
      AsyncMapResult<Integer> map = pool.mapAsync(x -> x, List.of(0, 1, 2, 3), 1);
      map.await(WaitFor.FIRST_EXCEPTION);
      assertThat(map.ready()).isTrue();
      assertThat(map.progress()).isEqualTo(4);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSingleTaskIsOneItem(WaitFor what) throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncResult<Integer> single = pool.applyAsync(() -> gate.pass(1));
    AsyncResult<Integer> item = pool.mapAsync(i -> gate.pass(i), List.of(1)).split().get(0);
    assertThat(single.await(what, LITTLE)).isFalse();
    assertThat(item.await(what, LITTLE)).isFalse();
    gate.open();
    assertThat(single.await(what, Results.BOUND)).isTrue();
    assertThat(item.await(what, Results.BOUND)).isTrue();
    single.await(what);
    item.await(what);
    assertThat(single.ready()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void amongNothingThereIsNothingToWaitFor(WaitFor what) throws Exception {
    AsyncMapResult<Integer> empty = pool.mapAsync(i -> i, List.<Integer>of());
    empty.await(what);
    assertThat(empty.await(what, Duration.ZERO)).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void theEndOfTheWholeEndsEveryWait(WaitFor what) throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncMapResult<Integer> map = pool.mapAsync(i -> gate.pass(i), List.of(0, 1, 2), 1);
    Background<Boolean> waiting = Background.start(() -> map.await(what, Results.BOUND));
    gate.awaitArrival();
    assertThat(map.cancel(true)).isTrue();
    assertThat(waiting.result()).isTrue();
    map.await(what);
  }

  @ParameterizedTest
  @EnumSource
  void anInterruptedWaitDoesNotDisturbTheTask(WaitFor what) throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncMapResult<Integer> map = pool.mapAsync(i -> gate.pass(i), List.of(0, 1), 1);
    Background<Throwable> waiting = Background.start(() -> catchThrowable(() -> map.await(what)));
    gate.awaitArrival();
    waiting.thread().interrupt();
    assertThat(waiting.result()).isInstanceOf(InterruptedException.class);
    gate.open();
    assertThat(Results.valueOf(map)).containsExactly(0, 1);
  }

  @Test
  void theArgumentsMayBeChangedOnceThereIsAHandle() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    List<AsyncResult<Integer>> running = new ArrayList<>();
    for (int i = 0; i < pool.workers(); i++) {
      running.add(pool.applyAsync(() -> gate.pass(0)));
    }
    List<String> argument = new ArrayList<>(List.of("as it was"));
    AsyncResult<String> single = pool.applyAsync(list -> list.get(0), argument);
    AsyncMapResult<String> map = pool.mapAsync(list -> list.get(0), List.of(argument, argument));
    assertThat(single.sent()).isTrue();
    assertThat(map.sent()).isTrue();
    assertThat(map.awaitSent(Duration.ZERO)).isTrue();
    argument.set(0, "changed");
    gate.open();
    assertThat(Results.valueOf(single)).isEqualTo("as it was");
    assertThat(Results.valueOf(map)).containsExactly("as it was", "as it was");
    assertThat(running).allSatisfy(task -> assertThat(Results.valueOf(task)).isZero());
  }

  private static int fail(int number) {
    throw new IllegalArgumentException("item " + number);
  }
}
