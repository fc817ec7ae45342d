package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Pool;
import io.processpool.TaskContext;
import io.processpool.TaskMetadata;
import io.processpool.TaskOptions;
import io.processpool.TaskProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a task can know of itself, and tell. */
@EveryBackend
class TaskContextContractTest {
  private final PoolKind kind;
  private final Pool pool;
  @TempDir Path directory;

  TaskContextContractTest(PoolKind kind, Pool pool) {
    this.kind = kind;
    this.pool = pool;
  }

  @Test
  void aTaskKnowsWhoItIs() throws Exception {
    AsyncResult<List<Object>> result = pool.applyAsync(TaskContextContractTest::self);
    TaskMetadata task = result.metadata().get(0);
    List<Object> self = Results.valueOf(result);
    assertThat(self).containsExactly(result.id(), 1, workerOf(result));
    assertThat(task.id()).isEqualTo(result.id());
  }

  @Test
  void anItemKnowsWhichItIs() throws Exception {
    AsyncMapResult<List<Object>> result = pool.mapAsync(x -> self(), List.of(1, 2, 3, 4, 5), 2);
    List<List<Object>> selves = Results.valueOf(result);
    for (int i = 0; i < 5; i++) {
      assertThat(selves.get(i).get(0)).isEqualTo(result.id() + "." + i);
    }
  }

  private static List<Object> self() {
    TaskContext task = TaskContext.current();
    return List.of(task.taskId(), task.attempt(), task.worker());
  }

  private static int workerOf(AsyncResult<?> result) {
    return result.metadata().get(0).worker().orElseThrow();
  }

  @Test
  void aThreadThatATaskHasStartedKnowsTheTask() throws Exception {
    AsyncResult<String> result =
        pool.applyAsync(
            () -> {
              CompletableFuture<String> id = new CompletableFuture<>();
              Thread thread = new Thread(() -> id.complete(TaskContext.current().taskId()));
              thread.start();
              return id.get();
            });
    assertThat(Results.valueOf(result)).isEqualTo(result.id());
  }

  @Test
  void outsideOfTasksThereIsNone() {
    assertThatThrownBy(TaskContext::current)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("No task");
  }

  @Test
  void theNextAttemptKnowsItsNumber() throws Exception {
    if (kind != PoolKind.PROCESS) {
      return;
    }
    AsyncResult<Integer> result =
        pool.with(TaskOptions.attempts(3)).applyAsync(TaskContextContractTest::dieUntilTheThird);
    assertThat(Results.valueOf(result)).isEqualTo(3);
  }

  private static int dieUntilTheThird() {
    int attempt = TaskContext.current().attempt();
    if (attempt < 3) {
      Deaths.halt(1);
    }
    return attempt;
  }

  @Test
  void progressShowsInTheHandleWhileTheTaskRuns() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncResult<Integer> result =
        pool.applyAsync(
            TaskContextContractTest::tellProgress,
            gate,
            "h\u00e4lf \uD83D\uDE00 " + "x".repeat(500));
    gate.awaitArrival();
    TaskProgress progress = result.metadata().get(0).progress().orElseThrow();
    assertThat(progress.done()).isEqualTo(5);
    assertThat(progress.total()).isEqualTo(10);
    assertThat(progress.message()).startsWith("h\u00e4lf \uD83D\uDE00 xxx").hasSize(200);
    gate.open();
    assertThat(Results.valueOf(result)).isEqualTo(1);
    assertThat(result.metadata().get(0).progress()).isEmpty();
  }

  private static int tellProgress(Gate gate, String message)
      throws IOException, InterruptedException {
    for (int i = 0; i <= 5; i++) {
      TaskContext.current().progress(i, 10, message);
    }
    return gate.pass(1);
  }

  @Test
  void theProgressOfOneItemIsNotThatOfTheNext() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncMapResult<Integer> result =
        pool.mapAsync(x -> x == 0 ? tell(x) : gate.pass(x), List.of(0, 1), 2);
    gate.awaitArrival();
    assertThat(result.metadata().get(1).progress()).isEmpty();
    gate.open();
    Results.valueOf(result);
  }

  private static int tell(int value) {
    TaskContext.current().progress(1, 2);
    return value;
  }

  @Test
  void progressThatCannotBeIsRefused() {
    assertThatThrownBy(
            () ->
                pool.apply(
                    () -> {
                      TaskContext.current().progress(-1, 2);
                      return 0;
                    }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1, 2");
  }

  @Test
  void aTaskSeesThatItIsCancelled() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Signal seen = Signal.in(directory, "seen");
    AsyncResult<Integer> result =
        pool.applyAsync(TaskContextContractTest::untilCancelled, gate, seen);
    gate.awaitArrival();
    assertThat(result.cancel(false)).isTrue();
    seen.awaitRaised();
  }

  private static int untilCancelled(Gate gate, Signal seen) throws Exception {
    TaskContext task = TaskContext.current();
    gate.arrival().raise();
    while (!task.isCancelled()) {
      Thread.sleep(5);
    }
    seen.raise();
    return 0;
  }

  @Test
  void aContextThatOutlivesItsTaskIsCancelledAndSilent() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Signal told = Signal.in(directory, "told");
    AsyncMapResult<Integer> result =
        pool.mapAsync(
            x -> x == 0 ? leaveBehind(gate, told) : waitFor(told, gate), List.of(0, 1), 2);
    gate.awaitArrival();
    assertThat(result.metadata().get(1).progress()).isEmpty();
    gate.open();
    Results.valueOf(result);
  }

  /** A thread that goes on when its task is over, and tells a progress then. */
  private static int leaveBehind(Gate gate, Signal told) {
    TaskContext task = TaskContext.current();
    new Thread(
            () -> {
              while (!task.isCancelled()) {
                Thread.onSpinWait();
              }
              task.progress(1, 2, "too late");
              try {
                told.raise();
              } catch (IOException e) {
                throw new IllegalStateException(gate.toString(), e);
              }
            })
        .start();
    return 0;
  }

  private static int waitFor(Signal told, Gate gate) throws IOException, InterruptedException {
    told.await();
    return gate.pass(1);
  }

  @Test
  void theTasksOfAWorkerKeepThingsForEachOther() throws Exception {
    AsyncMapResult<Integer> result = pool.mapAsync(x -> count(), Collections.nCopies(20, 0), 20);
    assertThat(Results.valueOf(result)).last().isEqualTo(firstOf(result) + 19);
  }

  private static int firstOf(AsyncMapResult<Integer> result) throws Exception {
    return result.get().get(0);
  }

  private static int count() {
    Map<String, Object> state = TaskContext.current().state();
    return (Integer) state.merge("count", 1, (a, b) -> (Integer) a + (Integer) b);
  }

  @Test
  void noOtherWorkerSeesTheState() throws Exception {
    AsyncMapResult<List<Object>> result =
        pool.mapAsync(x -> remember(), Collections.nCopies(50, 0), 1);
    for (List<Object> pair : Results.valueOf(result)) {
      assertThat(pair.get(0)).isEqualTo(pair.get(1));
    }
  }

  /** The worker that was noted in the state, and this one. */
  private static List<Object> remember() {
    TaskContext task = TaskContext.current();
    return List.of(task.state().computeIfAbsent("worker", k -> task.worker()), task.worker());
  }
}
