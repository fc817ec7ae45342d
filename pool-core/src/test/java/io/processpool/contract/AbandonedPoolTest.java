package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.processpool.AsyncResult;
import io.processpool.Pool;
import io.processpool.ResultIterator;
import io.processpool.testing.Program;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pools that nobody closes. */
@EveryBackend
class AbandonedPoolTest {
  private final PoolKind kind;
  @TempDir Path directory;

  AbandonedPoolTest(PoolKind kind) {
    this.kind = kind;
  }

  @ParameterizedTest
  @EnumSource
  void aProgramThatForgetsItsPoolEndsAndLeavesNoWorker(State state) throws Exception {
    Journal pids = Journal.in(directory, "pids");
    Signal started = Signal.in(directory, "started");
    Program program =
        Program.run(
            directory, Forgetful.class, kind.name(), state.name(), pids.path(), started.path());
    assertThat(program.exitStatus()).as(program.err()).isZero();
    assertThat(program.out()).isEqualTo("the end of main" + System.lineSeparator());
    Processes.awaitGone(pids.lines().stream().map(Long::valueOf).toList());
  }

  @Test
  void aPoolThatNobodyHoldsIsReportedAndItsProcessesEnd() throws Exception {
    try (LogCapture log = LogCapture.open()) {
      long pid = pidOfForgottenPool();
      await()
          .atMost(Results.BOUND)
          .until(
              () -> {
                System.gc();
                return log.warnings().stream()
                    .anyMatch(warning -> warning.contains("A pool was never closed"));
              });
      if (kind == PoolKind.PROCESS) {
        Processes.awaitGone(List.of(pid));
      }
    }
  }

  @Test
  void aPoolThatOnlyAHandleHoldsFinishesItsTask() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Journal pids = Journal.in(directory, "pids");
    AsyncResult<Long> result = submitToForgottenPool(gate, pids);
    gate.awaitArrival();
    for (int i = 0; i < 10; i++) {
      System.gc();
    }
    gate.open();
    assertThat(Results.valueOf(result)).isPositive();
    awaitCollection(pids);
  }

  @Test
  void aPoolThatOnlyAnIteratorHoldsGoesOn() throws Exception {
    Journal pids = Journal.in(directory, "pids");
    takeFromForgottenPool(pids);
    awaitCollection(pids);
  }

  private void awaitCollection(Journal pids) throws Exception {
    if (kind == PoolKind.PROCESS) {
      long pid = Long.parseLong(pids.lines().get(0));
      await()
          .atMost(Results.BOUND)
          .until(
              () -> {
                System.gc();
                return !Processes.alive(pid);
              });
    }
  }

  private long pidOfForgottenPool() throws InterruptedException {
    Pool pool = kind.pool(1);
    return pool.apply(Processes::self);
  }

  private AsyncResult<Long> submitToForgottenPool(Gate gate, Journal pids) {
    Pool pool = kind.pool(1);
    return pool.applyAsync(
        () -> {
          pids.write(Processes.self());
          return gate.pass(Processes.self());
        });
  }

  private void takeFromForgottenPool(Journal pids) {
    ResultIterator<Integer> results = iteratorOfForgottenPool(pids);
    for (int i = 0; i < 50; i++) {
      if (i % 10 == 0) {
        System.gc();
      }
      assertThat(results.next()).isEqualTo(i);
    }
  }

  private ResultIterator<Integer> iteratorOfForgottenPool(Journal pids) {
    Pool pool = kind.builder().workers(1).imapBuffer(1).build();
    return pool.imap(
        i -> {
          if (i == 0) {
            pids.write(Processes.self());
          }
          return i;
        },
        new EndlessInput());
  }

  /** What the forgotten pool is doing when the program ends. */
  enum State {
    IDLE,
    RUNNING,
    ITERATING
  }

  /** A program that creates a pool, uses it, and returns from main. */
  static final class Forgetful {
    private Forgetful() {}

    public static void main(String[] arguments) throws Exception {
      Pool pool = PoolKind.valueOf(arguments[0]).pool(1);
      Journal pids = new Journal(arguments[2]);
      Signal started = new Signal(arguments[3]);
      pids.write(pool.apply(Processes::self));
      switch (State.valueOf(arguments[1])) {
        case IDLE -> started.raise();
        case RUNNING -> {
          AsyncResult<Object> running = pool.applyAsync(() -> runForEver(started));
          running.onFailure(e -> {}).ready();
        }
        case ITERATING -> {
          ResultIterator<Integer> results = pool.imap(i -> i, new EndlessInput());
          results.next();
          started.raise();
        }
      }
      started.await();
      System.out.println("the end of main");
    }

    private static Object runForEver(Signal started) throws Exception {
      started.raise();
      new Signal(started.path() + ".never").awaitUninterruptibly();
      return "never";
    }
  }
}
