package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.processpool.AsyncResult;
import io.processpool.Pool;
import io.processpool.PoolStartException;
import io.processpool.WorkerOutput;
import io.processpool.function.SerializableRunnable;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Initializers and finalizers that do to their process what no thread can survive. */
@WorkerProcesses
class InitializerProcessTest {
  @TempDir Path directory;

  @Test
  void whatAWorkerPrintedBeforeItFailedToStartIsTold() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    try (Pool pool =
        Pool.builder()
            .workers(1)
            .maxStartFailures(1)
            .workerOutput(WorkerOutput.DISCARD)
            .initializer(() -> printAndFail(gate))
            .build()) {
      AsyncResult<Integer> result = pool.applyAsync(() -> 1);
      gate.open();
      assertThat(Results.failureOf(result))
          .isInstanceOf(PoolStartException.class)
          .hasMessageContaining("printed by the initializer")
          .hasMessageContaining("thrown by the initializer");
    }
  }

  @Test
  void anInitializerThatExitsIsAStartThatFailed() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Journal starts = Journal.in(directory, "starts");
    try (Pool pool = Pool.builder().workers(1).initializer(() -> exitAt(gate, starts)).build()) {
      AsyncResult<Integer> result = pool.applyAsync(() -> 1);
      gate.open();
      assertThat(Results.failureOf(result))
          .isInstanceOf(PoolStartException.class)
          .hasMessageContaining("System.exit was called in it (exit status 7")
          .hasMessageContaining(InitializerProcessTest.class.getName() + ".exitAt(");
    }
    assertThat(starts.lines()).hasSize(3);
  }

  @Test
  void anInitializerThatCrashesIsAStartThatFailed() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    try (Pool pool =
        Pool.builder()
            .workers(1)
            .maxStartFailures(1)
            .workerOutput(WorkerOutput.DISCARD)
            .initializer(() -> crashAt(gate))
            .build()) {
      AsyncResult<Integer> result = pool.applyAsync(() -> 1);
      gate.open();
      assertThat(Results.failureOf(result))
          .isInstanceOf(PoolStartException.class)
          .hasMessageContaining("its JVM crashed with SIGSEGV")
          .hasMessageContaining("crash report: ");
    }
  }

  @Test
  void aStartThatFailedIsToldThoughTheProcessDoesNotEnd() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Signal never = Signal.in(directory, "never");
    try (Pool pool = impatient(() -> failAt(gate, never))) {
      AsyncResult<Integer> result = pool.applyAsync(() -> 1);
      gate.open();
      assertThat(Results.failureOf(result))
          .isInstanceOf(PoolStartException.class)
          .hasMessageContaining("thrown by the initializer");
    }
  }

  @Test
  void anExitOfAnInitializerIsToldThoughTheProcessDoesNotEnd() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Signal never = Signal.in(directory, "never");
    Journal starts = Journal.in(directory, "starts");
    SerializableRunnable initializer =
        () -> {
          Deaths.neverWithout(never);
          exitAt(gate, starts);
        };
    try (Pool pool = impatient(initializer)) {
      AsyncResult<Integer> result = pool.applyAsync(() -> 1);
      gate.open();
      assertThat(Results.failureOf(result))
          .isInstanceOf(PoolStartException.class)
          .hasMessageContaining("System.exit was called in it, and it was killed");
    }
  }

  @Test
  void anInitializerIsNotWaitedForAtTheEndOfThePool() throws Exception {
    Signal begun = Signal.in(directory, "begun");
    Signal never = Signal.in(directory, "never");
    Pool pool =
        impatient(
            () -> {
              begun.raise();
              never.awaitUninterruptibly();
            });
    begun.awaitRaised();
    pool.shutdown();
    assertThat(pool.join(Results.BOUND)).isTrue();
  }

  @Test
  void aFinalizerThatDoesNotEndIsKilled() throws Exception {
    Signal never = Signal.in(directory, "never");
    Journal pids = Journal.in(directory, "pids");
    try (Pool pool =
        Pool.builder()
            .workers(1)
            .stopTimeout(Duration.ofMillis(300))
            .finalizer(
                () -> {
                  pids.write(Processes.self());
                  never.awaitUninterruptibly();
                })
            .build()) {
      int result = pool.apply(() -> 42);
      assertThat(result).isEqualTo(42);
    }
    assertThat(pids.lines()).singleElement().matches(pid -> !Processes.alive(Long.parseLong(pid)));
  }

  private static Pool impatient(SerializableRunnable initializer) {
    return Pool.builder()
        .workers(1)
        .maxStartFailures(1)
        .stopTimeout(Duration.ofMillis(300))
        .initializer(initializer)
        .build();
  }

  private static void failAt(Gate gate, Signal never) throws Exception {
    Deaths.neverWithout(never);
    throw new IllegalStateException(gate.pass("thrown by the initializer"));
  }

  private static void printAndFail(Gate gate) throws Exception {
    System.err.println("printed by the initializer");
    throw new IllegalStateException(gate.pass("thrown by the initializer"));
  }

  private static void crashAt(Gate gate) throws Exception {
    gate.pass("crash");
    Deaths.crash();
  }

  private static void exitAt(Gate gate, Journal starts) throws Exception {
    starts.write("start");
    System.exit(gate.pass(7));
  }
}
