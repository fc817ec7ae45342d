package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.processpool.Pool;
import io.processpool.ResultIterator;
import io.processpool.TaskSerializationException;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How {@code imap} treats its input: endless, failing and blocked ones. */
@EveryBackend
class ImapInputContractTest {
  private final PoolKind kind;
  private final Pool pool;

  ImapInputContractTest(PoolKind kind, Pool pool) {
    this.kind = kind;
    this.pool = pool;
  }

  @ParameterizedTest
  @CsvSource({"1, 10, false", "5, 1, false", "3, 10, true"})
  void anEndlessInputIsPulledAsResultsAreTaken(int chunkSize, int buffer, boolean unordered)
      throws Exception {
    int ahead = 2 * 2 * chunkSize + buffer;
    EndlessInput input = new EndlessInput();
    try (Pool bounded = kind.builder().workers(2).imapBuffer(buffer).build();
        ResultIterator<Integer> results =
            unordered
                ? bounded.imapUnordered(i -> i, input, chunkSize)
                : bounded.imap(i -> i, input, chunkSize)) {
      for (int taken = 0; taken < 100; taken++) {
        int busyMeanwhile = bounded.apply(() -> 1);
        assertThat(busyMeanwhile).isEqualTo(1);
        assertThat(input.pulled()).isLessThanOrEqualTo(taken + ahead);
        int result = results.next();
        if (!unordered) {
          assertThat(result).isEqualTo(taken);
        }
      }
    }
  }

  @Test
  void moreItemsThanTheBufferHoldsAllArrive() {
    try (Pool bounded = kind.builder().workers(2).imapBuffer(1).build()) {
      FailingInput input = FailingInput.after(500);
      ResultIterator<Integer> results = bounded.imap(i -> i, input, 7);
      for (int i = 0; i < 500; i++) {
        assertThat(results.next()).isEqualTo(i);
      }
      assertThatThrownBy(results::next).isSameAs(input.failure());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 10})
  void anInputThatThrowsIsReportedInItsPlace(int chunkSize) throws Exception {
    FailingInput input = FailingInput.after(5);
    StackTraceElement[] stackTrace = input.failure().getStackTrace();
    ResultIterator<Integer> results = pool.imap(i -> i * i, input, chunkSize);
    for (int i = 0; i < 5; i++) {
      assertThat(results.next()).isEqualTo(i * i);
    }
    assertThat(results.hasNext()).isTrue();
    assertThatThrownBy(results::next).isSameAs(input.failure());
    assertThat(input.failure().getStackTrace())
        .as("no frame of a worker or of the call is added")
        .isEqualTo(stackTrace);
    assertThat(results.hasNext()).isFalse();
    assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(results::next);
    int afterwards = pool.apply(() -> 42);
    assertThat(afterwards).isEqualTo(42);
  }

  @Test
  void withoutOrderTheItemsBeforeAnInputThatThrowsAreDeliveredToo() {
    FailingInput input = FailingInput.after(5);
    ResultIterator<Integer> results = pool.imapUnordered(i -> i, input, 2);
    int sum = 0;
    for (int i = 0; i < 5; i++) {
      sum += results.next();
    }
    assertThat(sum).isEqualTo(0 + 1 + 2 + 3 + 4);
    assertThatThrownBy(results::next).isSameAs(input.failure());
    assertThat(results.hasNext()).isFalse();
  }

  @Test
  void whatWasPulledOfAListBeforeItChangedArrives() {
    List<Integer> list = new ArrayList<>(numbers(1000));
    ResultIterator<Integer> results = pool.imap(i -> i, list);
    assertThat(results.next()).isZero();
    list.add(1000);
    List<Integer> others = new ArrayList<>();
    assertThatExceptionOfType(ConcurrentModificationException.class)
        .isThrownBy(() -> results.forEachRemaining(others::add));
    assertThat(others).isEqualTo(numbers(1000).subList(1, others.size() + 1));
    assertThat(results.hasNext()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 300})
  void itemsOfAListThatCannotTravelFailInTheirPlaces(int chunkSize) {
    List<Object> list = new ArrayList<>(numbers(300));
    list.replaceAll(i -> i.hashCode() % 10 == 3 ? new ByteArrayInputStream(new byte[1]) : i);
    ResultIterator<Object> results = pool.imap(i -> i, list, chunkSize);
    for (int i = 0; i < list.size(); i++) {
      if (i % 10 == 3) {
        assertThatExceptionOfType(TaskSerializationException.class)
            .isThrownBy(results::next)
            .withMessageContaining("item " + i);
      } else {
        assertThat(results.next()).isEqualTo(i);
      }
    }
    assertThat(results.hasNext()).isFalse();
  }

  @Test
  void largeItemsOfAListAllArrive() {
    List<byte[]> list = Collections.nCopies(50, new byte[100_000]);
    int bytes = 0;
    for (ResultIterator<Integer> results = pool.imap(b -> b.length, list); results.hasNext(); ) {
      bytes += results.next();
    }
    assertThat(bytes).isEqualTo(50 * 100_000);
  }

  @Test
  void afterACloseNoResultIsLeftThoughItHadCome() {
    long before = pool.stats().completed();
    ResultIterator<Integer> results = pool.imap(i -> i, numbers(100));
    await().untilAsserted(() -> assertThat(pool.stats().completed()).isEqualTo(before + 100));
    assertThat(results.next()).isZero();
    assertThat(results.next()).isEqualTo(1);
    assertThat(results.next()).isEqualTo(2);
    results.close();
    assertThat(results.hasNext()).isFalse();
    assertThatExceptionOfType(CancellationException.class).isThrownBy(results::next);
  }

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  @Test
  void aBlockedInputHoldsUpNeitherResultsNorLimitedWaits() throws Exception {
    BlockedInput input = new BlockedInput(3, 5);
    try (ResultIterator<Integer> results = pool.imap(i -> i, input)) {
      for (int i = 0; i < 3; i++) {
        assertThat(results.next(Results.BOUND)).isEqualTo(i);
      }
      assertThatThrownBy(() -> results.next(Duration.ofMillis(20)))
          .isInstanceOf(TimeoutException.class);
      int otherTask = pool.apply(() -> 42);
      assertThat(otherTask).isEqualTo(42);
      input.release();
      assertThat(results.next()).isEqualTo(3);
      assertThat(results.next()).isEqualTo(4);
      assertThat(results.hasNext()).isFalse();
    }
  }

  @Test
  void aBlockedInputHoldsUpNoResultOfAnIncompleteChunkForEver() throws Exception {
    BlockedInput input = new BlockedInput(3, 5);
    try (ResultIterator<Integer> results = pool.imap(i -> i, input, 2)) {
      assertThat(results.next(Results.BOUND)).isZero();
      assertThat(results.next(Results.BOUND)).isEqualTo(1);
      input.release();
      assertThat(results.next(Results.BOUND)).isEqualTo(2);
      assertThat(results.next(Results.BOUND)).isEqualTo(3);
      assertThat(results.next(Results.BOUND)).isEqualTo(4);
      assertThat(results.hasNext()).isFalse();
    }
  }

  @Test
  void aBlockedInputHoldsUpNoClose() throws Exception {
    BlockedInput input = new BlockedInput(0, 5);
    ResultIterator<Integer> results = pool.imap(i -> i, input);
    Background<Throwable> waiting = Background.start(() -> catchThrowable(results::next));
    input.awaitBlocked();
    results.close();
    assertThat(waiting.result()).isInstanceOf(CancellationException.class);
    input.release();
  }

  @Test
  void aBlockedInputHoldsUpNoEndOfThePool() throws Exception {
    BlockedInput input = new BlockedInput(1, 5);
    try (Pool ending = kind.pool(1)) {
      ResultIterator<Integer> results = ending.imap(i -> i, input);
      assertThat(results.next()).isZero();
      input.awaitBlocked();
    }
    input.release();
  }

  @Test
  void closingInTheMiddleReleasesTheWorkers() throws Exception {
    for (int round = 0; round < 20; round++) {
      ResultIterator<Integer> results = pool.imap(i -> i, new EndlessInput(), 3);
      assertThat(results.next()).isZero();
      results.close();
    }
    List<Integer> others = pool.map(i -> i, List.of(1, 2, 3), 1);
    assertThat(others).containsExactly(1, 2, 3);
  }

  /** Numbers from 0 on, and then an exception. */
  private record FailingInput(int count, RuntimeException failure) implements Iterable<Integer> {

    static FailingInput after(int count) {
      return new FailingInput(count, new IllegalStateException("the input failed"));
    }

    @Override
    public Iterator<Integer> iterator() {
      return new Iterator<>() {
        private int next;

        @Override
        public boolean hasNext() {
          return true;
        }

        @Override
        public Integer next() {
          if (next == count) {
            throw failure;
          }
          return next++;
        }
      };
    }
  }

  /** Numbers from 0 on that stop coming for a while. */
  private static final class BlockedInput implements Iterable<Integer> {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final int blockedAt;
    private final int count;

    BlockedInput(int blockedAt, int count) {
      this.blockedAt = blockedAt;
      this.count = count;
    }

    void awaitBlocked() {
      await().atMost(Results.BOUND).until(() -> reached.getCount() == 0);
    }

    void release() {
      released.countDown();
    }

    @Override
    public Iterator<Integer> iterator() {
      return new Iterator<>() {
        private int next;

        @Override
        public boolean hasNext() {
          return next < count;
        }

        @Override
        public Integer next() {
          if (next == blockedAt) {
            reached.countDown();
            awaitRelease();
          }
          return next++;
        }
      };
    }

    private void awaitRelease() {
      boolean interrupted = false;
      while (released.getCount() > 0) {
        try {
          released.await();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
