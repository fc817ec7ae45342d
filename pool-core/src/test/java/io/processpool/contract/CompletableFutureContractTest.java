package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Pool;
import java.io.FileNotFoundException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A handle as the JDK's {@code CompletableFuture}. */
@EveryBackend
class CompletableFutureContractTest {
  private final PoolKind kind;
  private final Pool pool;
  @TempDir Path directory;

  CompletableFutureContractTest(PoolKind kind, Pool pool) {
    this.kind = kind;
    this.pool = pool;
  }

  @Test
  void itCompletesWithTheValue() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    CompletableFuture<String> future =
        pool.applyAsync(() -> gate.pass("value")).toCompletableFuture().thenApply(v -> v + "!");
    assertThat(future.isDone()).isFalse();
    gate.open();
    assertThat(get(future)).isEqualTo("value!");
  }

  @Test
  void thatOfAMapCompletesWithTheList() throws Exception {
    AsyncMapResult<Integer> map = pool.mapAsync(i -> i + 1, List.of(1, 2));
    assertThat(get(map.toCompletableFuture())).containsExactly(2, 3);
  }

  @Test
  void itCompletesWithTheExceptionOfTheTask() {
    CompletableFuture<Object> future =
        pool.applyAsync(CompletableFutureContractTest::fail).toCompletableFuture();
    assertThatThrownBy(() -> get(future))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(FileNotFoundException.class)
        .hasMessage("by intent");
  }

  @Test
  void itIsCompleteIfTheTaskIs() throws Exception {
    AsyncResult<Integer> result = pool.applyAsync(() -> 1);
    result.await();
    assertThat(get(result.toCompletableFuture())).isEqualTo(1);
    assertThat(result.toCompletableFuture()).isNotSameAs(result.toCompletableFuture());
  }

  @Test
  void cancellingItCancelsTheTask() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Signal interrupted = Signal.in(directory, "interrupted");
    try (Pool patient = kind.builder().workers(1).cancelGrace(Results.BOUND).build()) {
      AsyncResult<String> result = patient.applyAsync(() -> untilInterrupted(gate, interrupted));
      gate.awaitArrival();
      assertThat(result.toCompletableFuture().cancel(false)).isTrue();
      interrupted.awaitRaised();
      assertThatThrownBy(() -> result.get(Results.BOUND)).isInstanceOf(CancellationException.class);
      assertThat(result.isCancelled()).isTrue();
    }
  }

  @Test
  void itIsCancelledWithTheTask() {
    Gate gate = Gate.in(directory, "gate");
    AsyncResult<String> result = pool.applyAsync(() -> gate.pass("never"));
    CompletableFuture<String> future = result.toCompletableFuture();
    gate.awaitArrival();
    assertThat(result.cancel(true)).isTrue();
    assertThatThrownBy(() -> get(future)).isInstanceOf(CancellationException.class);
    assertThat(future.isCancelled()).isTrue();
  }

  @Test
  void completingItByHandDoesNothingToTheTask() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncResult<String> result = pool.applyAsync(() -> gate.pass("the task's"));
    CompletableFuture<String> completed = result.toCompletableFuture();
    CompletableFuture<String> failed = result.toCompletableFuture();
    completed.complete("by hand");
    failed.completeExceptionally(new IllegalStateException("by hand"));
    assertThat(result.ready()).isFalse();
    gate.open();
    assertThat(Results.valueOf(result)).isEqualTo("the task's");
    assertThat(get(completed)).isEqualTo("by hand");
  }

  private static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(Results.BOUND.toSeconds(), TimeUnit.SECONDS);
  }

  private static Object fail() throws FileNotFoundException {
    throw new FileNotFoundException("by intent");
  }

  private static String untilInterrupted(Gate gate, Signal interrupted) throws Exception {
    try {
      return gate.pass("never");
    } catch (InterruptedException e) {
      interrupted.raise();
      throw e;
    }
  }
}
