package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Outcome;
import io.processpool.Pool;
import io.processpool.TaskAbortedException;
import io.processpool.TaskMetadata;
import io.processpool.TaskStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a task has ended is told by what was done to it, not by the class of its exception. */
@EveryBackend(workers = 1)
class StatusContractTest {
  private final Pool pool;
  @TempDir Path directory;

  StatusContractTest(PoolKind kind, Pool pool) {
    this.pool = pool;
  }

  @Test
  void aTaskThatThrowsWhatACancelThrowsHasFailed() {
    AsyncResult<Object> result = pool.applyAsync(StatusContractTest::throwAsCancelled);
    assertThat(Results.failureOf(result))
        .isInstanceOf(CancellationException.class)
        .hasMessage("by intent");
    assertThat(result.isCancelled()).isFalse();
    assertThat(statuses(result)).containsExactly(TaskStatus.FAILED);
  }

  @Test
  void aTaskThatThrowsWhatAnAbortThrowsHasFailed() {
    AsyncResult<Object> result = pool.applyAsync(StatusContractTest::throwAsAborted);
    assertThat(Results.failureOf(result)).isInstanceOf(TaskAbortedException.class);
    assertThat(statuses(result)).containsExactly(TaskStatus.FAILED);
  }

  @Test
  void itsFutureHasFailedToo() {
    AsyncResult<Object> result = pool.applyAsync(StatusContractTest::throwAsCancelled);
    CompletableFuture<Object> future = result.toCompletableFuture();
    assertThatThrownBy(() -> future.get(Results.BOUND.toSeconds(), TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(CancellationException.class)
        .hasMessage("by intent");
    assertThat(future.isCancelled()).isFalse();
  }

  @Test
  void theItemsOfAMapSayEachHowTheyEnded() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncMapResult<Object> map = pool.mapAsync(i -> item(i, gate), List.of(0, 1, 2, 3, 4, 5), 1);
    List<AsyncResult<Object>> items = map.split();
    gate.awaitArrival();
    assertThat(items.get(3).cancel(false)).isTrue();
    assertThat(items.get(4).cancel(false)).isTrue();
    items.get(5).abort();
    gate.open();
    assertThat(map.outcomes())
        .extracting(Outcome::successful)
        .containsExactly(true, false, false, false, false, false);
    TaskStatus[] expected = {
      TaskStatus.SUCCEEDED,
      TaskStatus.FAILED,
      TaskStatus.FAILED,
      TaskStatus.CANCELLED,
      TaskStatus.CANCELLED,
      TaskStatus.ABORTED
    };
    assertThat(statuses(map)).containsExactly(expected);
    assertThat(statuses(AsyncResult.join(items))).containsExactly(expected);
    assertThat(items)
        .extracting(AsyncResult::isCancelled)
        .containsExactly(false, false, false, true, true, false);
  }

  private static Object item(int number, Gate gate) throws Exception {
    return switch (number) {
      case 1 -> throwAsCancelled();
      case 2 -> throwAsAborted(gate.pass(number));
      default -> number;
    };
  }

  @Test
  void aJoinOfHandlesSaysHowEachOfThemEnded() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncResult<Object> failed = pool.applyAsync(StatusContractTest::throwAsCancelled);
    AsyncResult<Object> cancelled = pool.applyAsync(() -> gate.pass("never"));
    gate.awaitArrival();
    AsyncResult<Object> aborted = pool.applyAsync(() -> "never");
    aborted.abort();
    AsyncMapResult<Object> joined = AsyncResult.join(failed, cancelled, aborted);
    assertThat(cancelled.cancel(true)).isTrue();
    assertThat(Results.failureOf(joined)).isSameAs(Results.failureOf(failed));
    assertThat(joined.isCancelled()).isFalse();
    assertThat(joined.failures()).isEqualTo(3);
    assertThat(joined.outcomes()).extracting(Outcome::successful).containsOnly(false);
    assertThat(((Outcome.Failure<?>) joined.outcomes().get(1)).exception())
        .isInstanceOf(CancellationException.class);
    assertThat(statuses(joined))
        .containsExactly(TaskStatus.FAILED, TaskStatus.CANCELLED, TaskStatus.ABORTED);
  }

  @Test
  void whatIsOpenWhenAMapIsCancelledIsCancelled() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncMapResult<Object> map = pool.mapAsync(i -> item(i, gate), List.of(0, 1, 2, 0), 1);
    List<AsyncResult<Object>> items = map.split();
    gate.awaitArrival();
    items.get(1).await();
    assertThat(map.cancel(true)).isTrue();
    assertThat(statuses(map))
        .containsExactly(
            TaskStatus.SUCCEEDED, TaskStatus.FAILED, TaskStatus.CANCELLED, TaskStatus.CANCELLED);
    assertThat(items)
        .extracting(AsyncResult::isCancelled)
        .containsExactly(false, false, true, true);
  }

  private static List<TaskStatus> statuses(AsyncResult<?> result) {
    return result.metadata().stream().map(TaskMetadata::status).toList();
  }

  private static Object throwAsCancelled() {
    throw new CancellationException("by intent");
  }

  private static Object throwAsAborted() {
    return throwAsAborted(0);
  }

  private static Object throwAsAborted(int number) {
    throw new TaskAbortedException("something else", number);
  }
}
