package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Outcome;
import io.processpool.Pool;
import io.processpool.TaskAbortedException;
import io.processpool.TaskOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Aborting: what has not started is withdrawn, what runs counts. */
@EveryBackend(workers = 1)
class AbortContractTest {
  private final PoolKind kind;
  private final Pool pool;
  @TempDir Path directory;

  AbortContractTest(PoolKind kind, Pool pool) {
    this.kind = kind;
    this.pool = pool;
  }

  @Test
  void tasksThatWaitNeverRunAndTheOthersDo() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Journal ran = Journal.in(directory, "ran");
    AsyncResult<String> running = pool.applyAsync(() -> gate.pass("value"));
    gate.awaitArrival();
    List<AsyncResult<Integer>> queued = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      queued.add(pool.applyAsync(AbortContractTest::write, ran, i));
    }
    for (int i = 0; i < 10; i += 2) {
      queued.get(i).abort();
      assertThat(Results.failureOf(queued.get(i))).isInstanceOf(TaskAbortedException.class);
    }
    gate.open();
    assertThat(Results.valueOf(running)).isEqualTo("value");
    for (int i = 1; i < 10; i += 2) {
      assertThat(Results.valueOf(queued.get(i))).isEqualTo(i);
    }
    assertThat(ran.lines()).containsExactly("1", "3", "5", "7", "9");
  }

  @Test
  void aTaskInTheQueueIsCompleteAtOnce() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncResult<String> running = pool.applyAsync(() -> gate.pass("value"));
    gate.awaitArrival();
    AsyncMapResult<String> ahead = pool.mapAsync(i -> gate.pass("value"), List.of(1, 2), 1);
    AsyncResult<String> queued = pool.applyAsync(() -> "never");
    queued.abort();
    assertThat(queued.ready()).isTrue();
    assertThat(queued.progress()).isEqualTo(1);
    assertThat(queued.successful()).isFalse();
    assertThat(queued.isCancelled()).isFalse();
    gate.open();
    running.await();
    assertThat(Results.valueOf(ahead)).hasSize(2);
  }

  @Test
  void theExceptionTellsWhatWasAbortedAndWhereItWasSubmitted() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncMapResult<Integer> result = pool.mapAsync(i -> gate.pass(i), List.of(0, 1, 2), 1);
    gate.awaitArrival();
    result.abort();
    gate.open();
    Throwable failure = Results.failureOf(result);
    assertThat(failure)
        .isInstanceOf(TaskAbortedException.class)
        .hasMessageContaining("Item 1 of")
        .hasMessageContaining("AbortContractTest");
    assertThat(((TaskAbortedException) failure).itemIndex()).isEqualTo(1);
    assertThat(failure.getStackTrace())
        .anyMatch(frame -> isSubmitMark(frame))
        .anyMatch(frame -> frame.getClassName().equals(AbortContractTest.class.getName()));
  }

  private static boolean isSubmitMark(StackTraceElement frame) {
    return frame.getMethodName().contains("submitted to the pool by");
  }

  @Test
  void aRunningTaskGoesOnAndItsResultCounts() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncResult<String> running = pool.applyAsync(() -> gate.pass("value"));
    gate.awaitArrival();
    running.abort();
    running.abort();
    assertThat(running.ready()).isFalse();
    gate.open();
    assertThat(Results.valueOf(running)).isEqualTo("value");
  }

  @Test
  void aMapIsCompleteOnceItsRunningItemsAreDone() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Journal ran = Journal.in(directory, "ran");
    AsyncMapResult<Integer> result =
        pool.mapAsync(i -> i == 2 ? gate.pass(write(ran, i)) : write(ran, i), numbers(10), 1);
    gate.awaitArrival();
    result.abort();
    result.abort();
    assertThat(result.ready()).isFalse();
    gate.open();
    List<Outcome<Integer>> outcomes = result.outcomes();
    assertThat(outcomes.subList(0, 3)).extracting(Outcome::get).containsExactly(0, 1, 2);
    assertThat(outcomes.subList(3, 10)).allSatisfy(AbortContractTest::assertAborted);
    assertThat(new HashSet<>(outcomes.subList(3, 10).stream().map(o -> failure(o)).toList()))
        .as("exceptions of their own")
        .hasSize(7);
    Throwable first = Results.failureOf(result);
    assertThat(first).isSameAs(failure(outcomes.get(3)));
    assertThat(first.getSuppressed()).hasSize(6);
    assertThat(result.progress()).isEqualTo(10);
    int next = pool.apply(() -> 42);
    assertThat(next).isEqualTo(42);
    assertThat(ran.lines()).containsExactly("0", "1", "2");
  }

  @Test
  void theRestOfARunningChunkNeverStarts() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Journal ran = Journal.in(directory, "ran");
    AsyncMapResult<Integer> result =
        pool.mapAsync(
            i -> {
              ran.write(i);
              Thread.sleep(10);
              return gate.pass(i);
            },
            numbers(200),
            200);
    gate.awaitArrival();
    AsyncResult<Integer> next = pool.applyAsync(() -> 42);
    result.abort();
    gate.open();
    assertThat(Results.valueOf(next)).isEqualTo(42);
    List<Outcome<Integer>> outcomes = result.outcomes();
    int started = ran.lines().size();
    assertThat(started).isBetween(1, 199);
    assertThat(outcomes.subList(0, started)).allMatch(Outcome::successful);
    assertThat(outcomes.subList(started, 200)).allSatisfy(AbortContractTest::assertAborted);
  }

  @Test
  void whatFailedBeforeComesFirst() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncMapResult<Integer> result =
        pool.mapAsync(i -> i == 0 ? fail() : gate.pass(i), numbers(4), 1);
    gate.awaitArrival();
    result.abort();
    gate.open();
    assertThat(Results.failureOf(result)).hasMessage("by intent");
    assertThat(result.outcomes()).extracting(Outcome::successful).containsOnlyOnce(true);
  }

  @Test
  void otherTasksAreNotDisturbed() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Journal ran = Journal.in(directory, "ran");
    AsyncMapResult<Integer> aborted = pool.mapAsync(i -> gate.pass(i), numbers(20), 3);
    AsyncMapResult<Integer> other = pool.mapAsync(i -> write(ran, i), numbers(20), 3);
    gate.awaitArrival();
    aborted.abort();
    gate.open();
    assertThat(Results.valueOf(other)).isEqualTo(numbers(20));
    assertThat(ran.lines()).hasSize(20);
    assertThat(Results.failureOf(aborted)).isInstanceOf(TaskAbortedException.class);
  }

  @Test
  void aCompleteTaskCannotBeAborted() throws Exception {
    AsyncResult<Integer> single = pool.applyAsync(() -> 1);
    AsyncMapResult<Integer> map = pool.mapAsync(i -> i, numbers(3));
    AsyncMapResult<Integer> empty = pool.mapAsync(i -> i, List.<Integer>of());
    single.await();
    map.await();
    assertThatIllegalStateException().isThrownBy(single::abort);
    assertThatIllegalStateException().isThrownBy(map::abort);
    assertThatIllegalStateException().isThrownBy(empty::abort);
    assertThat(single.get()).isEqualTo(1);
    assertThat(map.get()).isEqualTo(numbers(3));
  }

  @Test
  void whatWasAbortedCanStillBeCancelled() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncMapResult<Integer> result = pool.mapAsync(i -> gate.pass(i), numbers(5), 2);
    gate.awaitArrival();
    result.abort();
    assertThat(result.cancel(true)).isTrue();
    assertThatThrownBy(result::get).isInstanceOf(CancellationException.class);
    assertThatIllegalStateException().isThrownBy(result::abort);
    int next = pool.apply(() -> 42);
    assertThat(next).isEqualTo(42);
  }

  @Test
  void callbacksAndFuturesLearnOfIt() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    CountDownLatch called = new CountDownLatch(1);
    AtomicReference<Throwable> told = new AtomicReference<>();
    AsyncResult<String> running = pool.applyAsync(() -> gate.pass("value"));
    gate.awaitArrival();
    AsyncResult<Integer> queued =
        pool.applyAsync(() -> 1)
            .onFailure(
                e -> {
                  told.set(e);
                  called.countDown();
                });
    var future = queued.toCompletableFuture();
    queued.abort();
    assertThat(called.await(Results.BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(told.get()).isInstanceOf(TaskAbortedException.class);
    assertThatThrownBy(() -> future.get(Results.BOUND.toSeconds(), TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCause(told.get());
    gate.open();
    assertThat(Results.valueOf(running)).isEqualTo("value");
  }

  @Test
  void theRunningItemsOfAMapThatFailsFastCountToo() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncMapResult<Integer> result =
        pool.with(TaskOptions.failFast()).mapAsync(i -> gate.pass(i), numbers(5), 1);
    gate.awaitArrival();
    result.abort();
    assertThat(result.ready()).isFalse();
    gate.open();
    List<Outcome<Integer>> outcomes = result.outcomes();
    assertThat(outcomes.get(0).successful()).isTrue();
    assertThat(outcomes.subList(1, 5)).allSatisfy(AbortContractTest::assertAborted);
  }

  @Test
  void aPoolWhoseTasksWereAbortedCanBeClosed() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncMapResult<Integer> result;
    try (Pool own = kind.pool(2)) {
      result = own.mapAsync(i -> gate.pass(i), numbers(50), 5);
      gate.awaitArrival();
      result.abort();
      own.shutdown();
      gate.open();
    }
    assertThat(result.ready()).isTrue();
    assertThat(result.outcomes()).filteredOn(outcome -> !outcome.successful()).isNotEmpty();
  }

  private static void assertAborted(Outcome<?> outcome) {
    assertThat(failure(outcome)).isInstanceOf(TaskAbortedException.class);
    assertThat(((TaskAbortedException) failure(outcome)).itemIndex()).isEqualTo(outcome.index());
  }

  private static Throwable failure(Outcome<?> outcome) {
    return ((Outcome.Failure<?>) outcome).exception();
  }

  private static int fail() {
    throw new IllegalArgumentException("by intent");
  }

  private static int write(Journal journal, int line) throws Exception {
    journal.write(line);
    return line;
  }

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }
}
