package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIterable;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.processpool.AsyncMapResult;
import io.processpool.Pool;
import io.processpool.RemoteTaskException;
import io.processpool.WaitInterruptedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The values of a map in the order in which they come: {@code unordered}. */
@EveryBackend
class UnorderedContractTest {
  private final Pool pool;
  @TempDir Path directory;

  UnorderedContractTest(PoolKind kind, Pool pool) {
    this.pool = pool;
  }

  @Test
  void aValueComesAsSoonAsItIsThere() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncMapResult<Integer> map =
        pool.mapAsync(i -> i == 0 ? gate.pass(i) : i, List.of(0, 1, 2, 3), 1);
    Iterator<Integer> values = map.unordered().iterator();
    assertThat(List.of(values.next(), values.next(), values.next()))
        .containsExactlyInAnyOrder(1, 2, 3);
    assertThat(map.ready()).isFalse();
    assertThat(values.hasNext()).isTrue();
    gate.open();
    assertThat(values.next()).isZero();
    assertThat(values.hasNext()).isFalse();
    assertThatThrownBy(values::next).isInstanceOf(NoSuchElementException.class);
    assertThat(map.unordered()).as("another time").hasSize(4).last().isEqualTo(0);
    assertThatIterable(map).containsExactly(0, 1, 2, 3);
  }

  @Test
  void afterAnItemThatFailedItGoesOn() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncMapResult<Object> map =
        pool.mapAsync(i -> i == 1 ? gate.pass(i) : fail(i), List.of(0, 1, 2), 1);
    Iterator<Object> values = map.unordered().iterator();
    for (int failures = 0; failures < 2; failures++) {
      assertThatThrownBy(values::next)
          .isInstanceOf(RemoteTaskException.class)
          .hasCauseInstanceOf(IOException.class);
    }
    gate.open();
    assertThat(values.next()).isEqualTo(1);
    assertThat(values.hasNext()).isFalse();
  }

  @Test
  void whatAMapThatWasCancelledDoesNotHaveThrows() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncMapResult<Integer> map =
        pool.mapAsync(i -> i == 1 ? i : gate.pass(i), List.of(0, 1, 2), 1);
    Iterator<Integer> values = map.unordered().iterator();
    assertThat(values.next()).isEqualTo(1);
    Background<Boolean> waiting =
        Background.start(
            () -> {
              try {
                return values.next() == null;
              } catch (CancellationException e) {
                return true;
              }
            });
    assertThat(map.cancel(true)).isTrue();
    assertThat(waiting.result()).isTrue();
    assertThatThrownBy(values::next).isInstanceOf(CancellationException.class);
    assertThat(values.hasNext()).isFalse();
  }

  @Test
  void anInterruptedWaitCanBeRepeated() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncMapResult<Integer> map = pool.mapAsync(i -> gate.pass(i), List.of(7), 1);
    Iterator<Integer> values = map.unordered().iterator();
    Background<Boolean> waiting =
        Background.start(
            () -> {
              try {
                return values.next() == null;
              } catch (WaitInterruptedException e) {
                return Thread.interrupted();
              }
            });
    gate.awaitArrival();
    waiting.thread().interrupt();
    assertThat(waiting.result()).as("the flag is set again").isTrue();
    gate.open();
    assertThat(values.next()).isEqualTo(7);
  }

  @Test
  void aMapOfNothingHasNoValues() {
    assertThat(pool.mapAsync(i -> i, List.<Integer>of()).unordered()).isEmpty();
  }

  private static Object fail(int number) throws IOException {
    throw new IOException("item " + number);
  }
}
