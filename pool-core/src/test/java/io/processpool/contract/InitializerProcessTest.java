package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Pool;
import io.processpool.PoolBuilder;
import io.processpool.PoolStartException;
import io.processpool.WorkerOutput;
import io.processpool.function.SerializableRunnable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Initializers and finalizers that do to their process what no thread can survive. */
@WorkerProcesses
class InitializerProcessTest {
  @TempDir Path directory;

  @Test
  void whatAWorkerPrintedBeforeItFailedToStartIsTold() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    assertThat(failureOfTask(unforgiving(() -> printAndFail(gate)).build(), gate))
        .isInstanceOf(PoolStartException.class)
        .hasMessageContaining("printed by the initializer")
        .hasMessageContaining("thrown by the initializer");
  }

  @Test
  void anInitializerThatExitsIsAStartThatFailed() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Journal starts = Journal.in(directory, "starts");
    Pool pool = Pool.builder().workers(1).initializer(() -> exitAt(gate, starts)).build();
    assertThat(failureOfTask(pool, gate))
        .isInstanceOf(PoolStartException.class)
        .hasMessageContaining("System.exit was called in it (exit status 7")
        .hasMessageContaining(InitializerProcessTest.class.getName() + ".exitAt(");
    assertThat(starts.lines()).hasSize(3);
  }

  @Test
  void anInitializerThatCrashesIsAStartThatFailed() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    assertThat(failureOfTask(unforgiving(() -> crashAt(gate)).build(), gate))
        .isInstanceOf(PoolStartException.class)
        .hasMessageContaining("its JVM crashed with SIGSEGV")
        .hasMessageContaining("crash report: ");
  }

  @Test
  void aPoolWithAWorkerLeftGoesOnWhileOthersDoNotStart() throws Exception {
    Signal broken = Signal.in(directory, "broken");
    Journal attempts = Journal.in(directory, "attempts");
    try (LogCapture log = LogCapture.open();
        Pool pool =
            Pool.builder()
                .workers(2)
                .maxStartFailures(2)
                .output(WorkerOutput.DISCARD)
                .initializer(() -> failIf(broken, attempts))
                .build()) {
      List<Gate> gates = List.of(Gate.in(directory, "one"), Gate.in(directory, "two"));
      AsyncMapResult<Long> before = pool.mapAsync(g -> g.pass(Processes.self()), gates, 1);
      gates.forEach(Gate::awaitArrival); // both workers have started
      assertThat(attempts.lines()).hasSize(2);
      for (Gate gate : gates) {
        gate.open();
      }
      assertThat(Results.valueOf(before)).doesNotHaveDuplicates();
      broken.raise();
      Processes.kill(pool.apply(Processes::self));
      await().atMost(Results.BOUND).until(() -> attempts.lines().size() >= 2 + 3);
      log.awaitWarning("A worker could not be started: A worker's initialization failed");
      int meanwhile = pool.apply(() -> 3);
      assertThat(meanwhile).isEqualTo(3);
      Files.delete(Path.of(broken.path()));
      await().atMost(Results.BOUND).until(() -> Processes.childrenOfThisJvm() == 2);
    }
  }

  private static void failIf(Signal broken, Journal attempts) throws Exception {
    attempts.write("attempt");
    if (broken.raised()) {
      throw new IllegalStateException("by intent");
    }
  }

  @Test
  void aStartThatFailedIsToldThoughTheProcessDoesNotEnd() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Signal never = Signal.in(directory, "never");
    assertThat(failureOfTask(impatient(() -> failAt(gate, never)), gate))
        .isInstanceOf(PoolStartException.class)
        .hasMessageContaining("thrown by the initializer");
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
    assertThat(failureOfTask(impatient(initializer), gate))
        .isInstanceOf(PoolStartException.class)
        .hasMessageContaining("System.exit was called in it, and it was killed");
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
            .stopTimeout(Duration.ofSeconds(5)) // the finalizer begins in time for its note
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

  @Test
  void aRetiredWorkerWhoseFinalizerDoesNotEndIsKilledWhileThePoolGoesOn() throws Exception {
    try (Pool pool =
        Pool.builder()
            .workers(1)
            .maxTasksPerWorker(1)
            .stopTimeout(Duration.ofSeconds(1))
            .finalizer(() -> TimeUnit.DAYS.sleep(1))
            .build()) {
      long retired = pool.apply(Processes::self);
      Processes.awaitGone(List.of(retired));
      long next = pool.apply(Processes::self);
      assertThat(next).isNotEqualTo(retired);
    }
  }

  /** What becomes of a task, once the initializer goes through the gate; ends the pool. */
  private static Throwable failureOfTask(Pool started, Gate gate) throws Exception {
    try (Pool pool = started) {
      AsyncResult<Integer> result = pool.applyAsync(() -> 1);
      gate.open();
      return Results.failureOf(result);
    }
  }

  private static PoolBuilder unforgiving(SerializableRunnable initializer) {
    return Pool.builder()
        .workers(1)
        .maxStartFailures(1)
        .output(WorkerOutput.DISCARD)
        .initializer(initializer);
  }

  private static Pool impatient(SerializableRunnable initializer) {
    return unforgiving(initializer).stopTimeout(Duration.ofMillis(300)).build();
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
