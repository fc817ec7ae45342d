package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.processpool.Pool;
import io.processpool.RemoteTaskException;
import io.processpool.ResultIterator;
import io.processpool.WaitInterruptedException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Results as they come: {@code imap} and {@code imapUnordered}. */
@EveryBackend
class ImapContractTest {
  private final PoolKind kind;
  private final Pool pool;
  @TempDir Path directory;

  ImapContractTest(PoolKind kind, Pool pool) {
    this.kind = kind;
    this.pool = pool;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 1000, Integer.MAX_VALUE})
  void theResultsAreInTheOrderOfTheItems(int chunkSize) {
    assertThat(drain(pool.imap(i -> i + 1, numbers(100), chunkSize)))
        .isEqualTo(IntStream.rangeClosed(1, 100).boxed().toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 1000, Integer.MAX_VALUE})
  void everyResultComesOnceInWhateverOrder(int chunkSize) {
    assertThat(drain(pool.imapUnordered(i -> i + 1, numbers(100), chunkSize)))
        .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 100).boxed().toList());
  }

  @Test
  void theChunkSizeMayBeLeftOut() {
    assertThat(drain(pool.imap(i -> -i, numbers(5)))).containsExactly(0, -1, -2, -3, -4);
    assertThat(drain(pool.imapUnordered(i -> -i, numbers(5))))
        .containsExactlyInAnyOrder(0, -1, -2, -3, -4);
  }

  @Test
  void orderIsKeptWhenALaterItemIsDoneFirst() {
    Signal last = Signal.in(directory, "last");
    assertThat(drain(pool.imap(i -> heldUp(i, 0, 3, last), numbers(4))))
        .containsExactly(0, 1, 2, 3);
  }

  @Test
  void oneItemHoldsBackManyResultsInTheMidst() {
    Signal later = Signal.in(directory, "later");
    assertThat(drain(pool.imap(i -> heldUp(i, 100, 250, later), numbers(2000))))
        .isEqualTo(numbers(2000));
  }

  @Test
  void withoutOrderTheResultThatIsDoneFirstComesFirst() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    try (ResultIterator<Integer> results =
        pool.imapUnordered(i -> i == 0 ? gate.pass(i) : i, numbers(4))) {
      List<Integer> early = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        early.add(results.next(Results.BOUND));
      }
      assertThat(early).containsExactlyInAnyOrder(1, 2, 3);
      assertThatThrownBy(() -> results.next(Duration.ZERO)).isInstanceOf(TimeoutException.class);
      gate.open();
      assertThat(results.next(Results.BOUND)).isZero();
      assertThat(results.hasNext()).isFalse();
    }
  }

  @Test
  void itemsAndResultsMayBeNull() {
    List<String> items = Arrays.asList("a", null, "b");
    assertThat(drain(pool.imap(s -> s, items))).containsExactly("a", null, "b");
    assertThat(drain(pool.imapUnordered(s -> s, items, 3)))
        .containsExactlyInAnyOrder("a", null, "b");
  }

  @Test
  void anEmptyInputIsExhaustedFromTheBeginning() throws Exception {
    for (ResultIterator<Integer> results :
        List.of(
            pool.imap(i -> i, List.<Integer>of()),
            pool.imapUnordered(i -> i, List.<Integer>of(), 5))) {
      assertThat(results.hasNext()).isFalse();
      assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(results::next);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void itGoesOnAfterAnItemThatFailed(int chunkSize) {
    ResultIterator<Integer> results =
        pool.imap(ImapContractTest::noMultipleOf3, numbers(7), chunkSize);
    for (int i = 0; i < 7; i++) {
      if (i % 3 == 0) {
        assertThat(results.hasNext()).isTrue();
        assertThatThrownBy(results::next)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("item " + i);
      } else {
        assertThat(results.next()).isEqualTo(i);
      }
    }
    assertThat(results.hasNext()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void withoutOrderItGoesOnAfterAnItemThatFailedToo(int chunkSize) {
    ResultIterator<Integer> results =
        pool.imapUnordered(ImapContractTest::noMultipleOf3, numbers(7), chunkSize);
    List<String> seen = new ArrayList<>();
    while (results.hasNext()) {
      Throwable failure = catchThrowable(() -> seen.add("" + results.next()));
      if (failure != null) {
        seen.add(failure.getMessage());
      }
    }
    assertThat(seen).containsExactlyInAnyOrder("item 0", "1", "2", "item 3", "4", "5", "item 6");
  }

  @Test
  void aCheckedExceptionIsTheCauseOfWhatNextThrows() {
    ResultIterator<Integer> results = pool.imap(ImapContractTest::checked, numbers(2));
    assertThatThrownBy(results::next)
        .isInstanceOf(RemoteTaskException.class)
        .cause()
        .isInstanceOf(IOException.class)
        .hasMessage("item 0");
    assertThatThrownBy(() -> results.next(Results.BOUND))
        .isInstanceOf(RemoteTaskException.class)
        .cause()
        .hasMessage("item 1");
  }

  @Test
  void exhaustedItStaysExhausted() {
    for (ResultIterator<Integer> results :
        List.of(pool.imap(i -> i, numbers(3)), pool.imapUnordered(i -> i, numbers(3)))) {
      assertThat(drain(results)).hasSize(3);
      for (int i = 0; i < 3; i++) {
        assertThat(results.hasNext()).isFalse();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(results::next);
        assertThatThrownBy(() -> results.next(Results.BOUND))
            .isInstanceOf(NoSuchElementException.class);
      }
      results.close();
      assertThat(results.hasNext()).isFalse();
      assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(results::next);
    }
  }

  @Test
  void aNextThatTimedOutCanBeRepeated() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    try (ResultIterator<Integer> results = pool.imap(i -> i == 1 ? gate.pass(i) : i, numbers(3))) {
      assertThat(results.next(Results.BOUND)).isZero();
      assertThatThrownBy(() -> results.next(Duration.ofMillis(20)))
          .isInstanceOf(TimeoutException.class);
      assertThatThrownBy(() -> results.next(Duration.ZERO)).isInstanceOf(TimeoutException.class);
      gate.open();
      assertThat(results.next(Results.BOUND)).isEqualTo(1);
      assertThat(results.next()).isEqualTo(2);
      assertThat(results.hasNext()).isFalse();
    }
  }

  @Test
  void hasNextDoesNotWaitForTheResult() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    try (ResultIterator<Integer> results = pool.imap(i -> gate.pass(i), List.of(7))) {
      assertThat(results.hasNext()).isTrue();
      assertThat(results.hasNext()).isTrue();
      gate.open();
      assertThat(results.next()).isEqualTo(7);
    }
  }

  @Test
  void anInterruptedWaitCanBeRepeated() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    try (ResultIterator<Integer> results = pool.imap(i -> gate.pass(i), List.of(7))) {
      gate.awaitArrival();
      Background<Boolean> flag =
          Background.start(
              () -> {
                assertThat(catchThrowable(results::next))
                    .isInstanceOf(WaitInterruptedException.class)
                    .hasCauseInstanceOf(InterruptedException.class);
                return Thread.interrupted();
              });
      flag.thread().interrupt();
      assertThat(flag.result()).as("the flag is set again").isTrue();
      Background<Throwable> limited =
          Background.start(() -> catchThrowable(() -> results.next(Results.BOUND)));
      limited.thread().interrupt();
      assertThat(limited.result()).isInstanceOf(InterruptedException.class);
      gate.open();
      assertThat(results.next()).isEqualTo(7);
    }
  }

  @Test
  void closingCancelsWhatIsLeft() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Signal interrupted = Signal.in(directory, "interrupted");
    EndlessInput input = new EndlessInput();
    try (Pool patient = kind.builder().workers(2).cancelGrace(Results.BOUND).build()) {
      ResultIterator<Integer> results =
          patient.imap(i -> i == 0 ? i : untilInterrupted(gate, interrupted), input);
      assertThat(results.next()).isZero();
      gate.awaitArrival();
      results.close();
      results.close();
      interrupted.awaitRaised();
      assertThatThrownBy(results::next).isInstanceOf(CancellationException.class);
      assertThatThrownBy(() -> results.next(Duration.ZERO))
          .isInstanceOf(CancellationException.class);
      int pulled = input.pulled();
      List<Integer> others = patient.map(i -> i, numbers(100), 1);
      assertThat(others).hasSize(100);
      assertThat(input.pulled())
          .as("nothing is pulled after the end")
          .isLessThanOrEqualTo(pulled + 1);
    }
  }

  @Test
  void closingWakesTheThreadThatWaits() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    ResultIterator<Integer> results = pool.imap(i -> gate.pass(i), numbers(3));
    Background<Throwable> waiting = Background.start(() -> catchThrowable(results::next));
    gate.awaitArrival();
    results.close();
    assertThat(waiting.result()).isInstanceOf(CancellationException.class);
  }

  @Test
  void aStreamHasTheResultsThatAreLeft() {
    ResultIterator<Integer> results = pool.imap(i -> i * 2, numbers(5));
    assertThat(results.next()).isZero();
    try (Stream<Integer> stream = results.stream()) {
      assertThat(stream.isParallel()).isFalse();
      assertThat(stream.toList()).containsExactly(2, 4, 6, 8);
    }
  }

  @Test
  void closingTheStreamClosesTheIterator() {
    ResultIterator<Integer> results = pool.imap(i -> i * 2, new EndlessInput());
    try (Stream<Integer> stream = results.stream()) {
      assertThat(stream.limit(5).toList()).containsExactly(0, 2, 4, 6, 8);
    }
    assertThatThrownBy(results::next).isInstanceOf(CancellationException.class);
  }

  @Test
  void severalRunAtTheSameTime() {
    try (ResultIterator<Integer> untouched = pool.imap(i -> i, new EndlessInput());
        ResultIterator<Integer> endless = pool.imap(i -> i, new EndlessInput(), 3)) {
      ResultIterator<Integer> finite = pool.imapUnordered(i -> i, numbers(1000), 2);
      for (int i = 0; i < 1000; i++) {
        assertThat(endless.next()).isEqualTo(i);
        assertThat(finite.hasNext()).isTrue();
        assertThat(finite.next()).isBetween(0, 999);
      }
      assertThat(finite.hasNext()).isFalse();
      assertThat(untouched.next()).isZero();
    }
  }

  private static <R> List<R> drain(ResultIterator<R> results) {
    List<R> drained = new ArrayList<>();
    results.forEachRemaining(drained::add);
    return drained;
  }

  /** One item is not done before a later one is. */
  private static int heldUp(int i, int early, int late, Signal signal) throws Exception {
    if (i == early) {
      signal.await();
    } else if (i == late) {
      signal.raise();
    }
    return i;
  }

  private static int noMultipleOf3(int i) {
    if (i % 3 == 0) {
      throw new IllegalArgumentException("item " + i);
    }
    return i;
  }

  private static int checked(int i) throws IOException {
    throw new IOException("item " + i);
  }

  private static int untilInterrupted(Gate gate, Signal interrupted) throws Exception {
    try {
      return gate.pass(-1);
    } catch (InterruptedException e) {
      interrupted.raise();
      throw e;
    }
  }

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }
}
