package io.processpool.contract;

import static io.processpool.contract.Results.BOUND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Pool;
import io.processpool.PoolStats;
import io.processpool.PoolTerminatedException;
import io.processpool.ResultIterator;
import io.processpool.TaskMetadata;
import io.processpool.TaskOptions;
import io.processpool.TaskSerializationException;
import io.processpool.TaskStatus;
import io.processpool.contract.UnserializableContractTest.Awkward;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pool and its handles say the same of what has become of tasks. */
@EveryBackend
class FateContractTest {
  private final PoolKind kind;
  private final Pool pool;
  @TempDir Path directory;

  FateContractTest(PoolKind kind) {
    this.kind = kind;
    this.pool = kind.builder().workers(1).cancelGrace(Duration.ofMillis(50)).build();
  }

  @AfterEach
  void close() {
    pool.terminate();
  }

  @Test
  void aResultThatCannotBeReadHasFailed() throws Exception {
    AsyncMapResult<Object> map =
        pool.mapAsync(i -> i == 1 ? new Awkward(Awkward.READ) : i, List.of(0, 1, 2), 3);
    AsyncResult<Object> single = pool.applyAsync(() -> new Awkward(Awkward.READ));
    map.await(BOUND);
    single.await(BOUND);
    assertSameFates(4, 2, map, single);
  }

  @Test
  void anItemThatIsCancelledWhileItRunsHasNotFailed() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncMapResult<Integer> map =
        pool.mapAsync(i -> i == 1 ? gate.pass(i) : 1 / i, List.of(0, 1, 2), 3);
    gate.awaitArrival();
    map.split().get(1).cancel(true);
    map.await(BOUND);
    assertSameFates(3, 1, map);
  }

  @Test
  void anItemWhoseWorkerIsKilledToCancelItHasNotFailed() throws Exception {
    if (kind != PoolKind.PROCESS) {
      return;
    }
    Signal started = Signal.in(directory, "started");
    Signal never = Signal.in(directory, "never");
    AsyncMapResult<Integer> map =
        pool.with(TaskOptions.attempts(2))
            .mapAsync(i -> i == 1 ? deaf(started, never) : i, List.of(0, 1, 2), 1);
    started.awaitRaised();
    map.split().get(1).cancel(true);
    map.await(BOUND);
    await().atMost(BOUND).until(() -> pool.report().tasks().size() == 3);
    assertSameFates(3, 0, map);
  }

  private static int deaf(Signal started, Signal never) throws Exception {
    started.raise();
    never.awaitUninterruptibly();
    return -1;
  }

  @Test
  void whatIsAbortedOrCancelledAsAWholeHasNotFailed() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncMapResult<Integer> aborted = pool.mapAsync(gate::pass, List.of(1, 2, 3), 1);
    AsyncMapResult<Integer> cancelled = pool.mapAsync(x -> x, List.of(1, 2));
    AsyncResult<Integer> single = pool.applyAsync(x -> x, 1);
    gate.awaitArrival();
    aborted.abort();
    cancelled.cancel(false);
    single.cancel(false);
    gate.open();
    aborted.await(BOUND);
    assertThat(cancelled.progress()).isEqualTo(2);
    assertThat(cancelled.failures()).isEqualTo(2);
    assertSameFates(6, 0, aborted, cancelled, single);
  }

  @Test
  void whatEndsWithTheFirstFailureOfItsMapHasFailed() throws Exception {
    AsyncMapResult<Integer> map =
        pool.with(TaskOptions.failFast()).mapAsync(i -> 1 / i, List.of(1, 0, 2, 3), 1);
    map.await(BOUND);
    long failed =
        map.metadata().stream().filter(task -> task.status() == TaskStatus.FAILED).count();
    assertThat(map.progress()).isEqualTo(4);
    assertThat(map.failures()).isEqualTo((int) failed);
    assertSameFates(4, failed, map);
  }

  @Test
  void whatEndsWithThePoolHasFailed() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncMapResult<Integer> map =
        pool.mapAsync(i -> i == 0 ? i : gate.pass(i), List.of(0, 1, 2), 1);
    AsyncResult<Integer> single = pool.applyAsync(x -> x, 1);
    ResultIterator<Integer> results = pool.imap(x -> x, List.of(1, 2));
    await().atMost(BOUND).until(() -> pool.stats().submitted() == 6);
    gate.awaitArrival();
    await().atMost(BOUND).until(() -> map.progress() == 1);
    pool.terminate();
    map.await(BOUND);
    single.await(BOUND);
    assertThatThrownBy(results::next).isInstanceOf(PoolTerminatedException.class);
    assertThat(statusesOf(map, single)).filteredOn(TaskStatus.FAILED::equals).hasSize(3);
    assertThat(map.progress()).isEqualTo(3);
    assertThat(map.failures()).isEqualTo(2);
    assertNumbers(6, 5);
    assertThat(pool.join(BOUND)).isTrue();
    assertThat(pool.stats().restarts()).isEmpty();
    assertThat(map.metadata().get(1).worker()).isPresent();
    assertThat(map.metadata().get(1).started()).isPresent();
    if (kind == PoolKind.PROCESS) {
      assertThat(pool.report().tasks()).extracting(TaskMetadata::id).contains(map.id() + ".1");
      assertSameInReport(map, single);
    }
  }

  @Test
  void anItemOfAnImapThatCannotTravelHasFailed() {
    ResultIterator<Integer> results = pool.imap(x -> 1, List.of(1, Thread.currentThread(), "3"), 2);
    assertThat(results.next()).isEqualTo(1);
    assertThatThrownBy(results::next).isInstanceOf(TaskSerializationException.class);
    assertThat(results.next()).isEqualTo(1);
    assertThat(results.hasNext()).isFalse();
    assertNumbers(3, 1);
  }

  @Test
  void whatIsLeftOfAnImapThatIsClosedHasNotFailed() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    ResultIterator<Integer> results =
        pool.imap(i -> i == 1 ? gate.pass(i) : 1 / i, List.of(0, 1, 2));
    assertThatThrownBy(results::next).isInstanceOf(ArithmeticException.class);
    gate.awaitArrival();
    await().atMost(BOUND).until(() -> pool.stats().submitted() == 3);
    results.close();
    assertNumbers(3, 1);
  }

  /** All handles of a pool are complete, and each of their tasks is over. */
  private void assertSameFates(long tasks, long failures, AsyncResult<?>... handles) {
    List<TaskStatus> statuses = statusesOf(handles);
    assertThat(statuses).hasSize((int) tasks);
    assertThat(statuses).filteredOn(TaskStatus.FAILED::equals).hasSize((int) failures);
    assertNumbers(tasks, failures);
    await().atMost(BOUND).untilAsserted(() -> assertSameInReport(handles));
  }

  private void assertSameInReport(AsyncResult<?>... handles) {
    for (TaskMetadata ran : pool.report().tasks()) {
      Stream.of(handles)
          .flatMap(handle -> handle.metadata().stream())
          .filter(task -> task.id().equals(ran.id()))
          .forEach(task -> assertThat(ran.status()).as(task.id()).isEqualTo(task.status()));
    }
  }

  private static List<TaskStatus> statusesOf(AsyncResult<?>... handles) {
    return Stream.of(handles)
        .flatMap(handle -> handle.metadata().stream())
        .map(TaskMetadata::status)
        .toList();
  }

  /** What the handles and iterators have told is counted. */
  private void assertNumbers(long submitted, long failed) {
    PoolStats stats = pool.stats();
    assertThat(stats.submitted()).isEqualTo(submitted);
    assertThat(stats.completed()).isEqualTo(submitted);
    assertThat(stats.failed()).isEqualTo(failed);
    assertThat(stats.queued()).isZero();
  }
}
