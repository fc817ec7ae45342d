package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Outcome;
import io.processpool.Pool;
import io.processpool.ResultIterator;
import io.processpool.WorkerLostException;
import io.processpool.WorkerOutput;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker that dies takes with it the item that it was running, and nothing else. */
@WorkerProcesses
class WorkerLossTest {
  private final Pool pool;
  @TempDir Path directory;

  WorkerLossTest(Pool pool) {
    this.pool = pool;
  }

  @Test
  void aTaskThatExitsFailsWithItsStatus() throws Exception {
    Journal pids = Journal.in(directory, "pids");
    AsyncResult<Object> result = pool.applyAsync(() -> exit(pids, 3));
    assertLost(Results.failureOf(result), onlyPid(pids), 3);
    assertThatPoolWorks();
  }

  @Test
  void aTaskThatHaltsFailsWithItsStatus() throws Exception {
    Journal pids = Journal.in(directory, "pids");
    AsyncResult<Object> result = pool.applyAsync(() -> halt(pids, 4));
    assertLost(Results.failureOf(result), onlyPid(pids), 4);
    assertThatPoolWorks();
  }

  @Test
  void aTaskThatExitsWithZeroFailsAllTheSame() throws Exception {
    Journal pids = Journal.in(directory, "pids");
    AsyncResult<Object> result = pool.applyAsync(() -> exit(pids, 0));
    assertLost(Results.failureOf(result), onlyPid(pids), 0);
    assertThatPoolWorks();
  }

  @Test
  void aTaskWhoseWorkerIsKilledFails() throws Exception {
    Journal pids = Journal.in(directory, "pids");
    Signal never = Signal.in(directory, "never");
    AsyncResult<Object> result = pool.applyAsync(() -> waitAt(pids, never));
    long pid = onlyPid(pids);
    Processes.kill(pid);
    assertLost(Results.failureOf(result), pid, 137);
    assertThatPoolWorks();
  }

  @Test
  void aWorkerThatRunsOutOfMemoryFailsItsTaskOnly() throws Exception {
    try (Pool small =
        Pool.builder().workers(1).jvmArgs("-Xmx64m").output(WorkerOutput.DISCARD).build()) {
      AsyncMapResult<Object> result =
          small.mapAsync(i -> i == 1 ? exhaustMemory() : i, List.of(0, 1, 2), 3);
      List<Outcome<Object>> outcomes = result.outcomes();
      assertThat(outcomes).extracting(Outcome::successful).containsExactly(true, false, true);
      assertThat(Results.failureOf(result))
          .isInstanceOfAny(OutOfMemoryError.class, WorkerLostException.class);
    }
  }

  @Test
  void theBlockingCallThrowsItAsItIs() {
    assertThatThrownBy(() -> pool.apply(() -> halt(5)))
        .isInstanceOfSatisfying(
            WorkerLostException.class, lost -> assertThat(lost.exitStatus()).hasValue(5));
  }

  @Test
  void theLastWordsOfTheWorkerAreTold() throws Exception {
    try (Pool quiet = Pool.builder().workers(1).output(WorkerOutput.DISCARD).build()) {
      AsyncResult<Object> result = quiet.applyAsync(WorkerLossTest::lastWords);
      assertThat(Results.failureOf(result))
          .isInstanceOf(WorkerLostException.class)
          .hasMessageContaining("these were its last words");
    }
  }

  @Test
  void onlyTheRunningItemOfAChunkFails() throws Exception {
    Journal pids = Journal.in(directory, "pids");
    AsyncMapResult<Object> result =
        pool.mapAsync(i -> i == 4 ? halt(pids, 9) : i, IntStream.range(0, 10).boxed().toList(), 10);
    List<Outcome<Object>> outcomes = result.outcomes();
    for (Outcome<Object> outcome : outcomes) {
      if (outcome instanceof Outcome.Failure<Object> failure) {
        assertThat(outcome.index()).isEqualTo(4);
        assertLost(failure.exception(), onlyPid(pids), 9);
      } else {
        assertThat(outcome.get()).isEqualTo(outcome.index());
      }
    }
    assertThat(outcomes).filteredOn(Outcome::successful).hasSize(9);
    assertThat(Results.failureOf(result)).isInstanceOf(WorkerLostException.class);
  }

  @Test
  void everyItemThatKillsItsWorkerFailsAndEveryOtherSucceeds() throws Exception {
    AsyncMapResult<Object> result =
        pool.mapAsync(i -> i % 4 == 1 ? halt(1) : i, IntStream.range(0, 12).boxed().toList(), 6);
    assertThat(result.outcomes())
        .allSatisfy(
            outcome -> assertThat(outcome.successful()).isEqualTo(outcome.index() % 4 != 1));
    assertThatPoolWorks();
  }

  @Test
  void anImapGoesOnAfterAnItemWhoseWorkerDied() {
    ResultIterator<Object> results =
        pool.imap(i -> i == 2 ? halt(1) : i, IntStream.range(0, 6).boxed().toList(), 2);
    for (int i = 0; i < 6; i++) {
      if (i == 2) {
        assertThatThrownBy(results::next).isInstanceOf(WorkerLostException.class);
      } else {
        assertThat(results.next()).isEqualTo(i);
      }
    }
    assertThat(results.hasNext()).isFalse();
  }

  @Test
  void whatOtherWorkersRunAndWhatIsQueuedIsNotTouched() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Journal pids = Journal.in(directory, "pids");
    Signal never = Signal.in(directory, "never");
    AsyncResult<String> other = pool.applyAsync(() -> gate.pass("value"));
    gate.awaitArrival();
    AsyncResult<Object> lost = pool.applyAsync(() -> waitAt(pids, never));
    List<AsyncResult<Integer>> queued = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      queued.add(pool.applyAsync(x -> x, i));
    }
    Processes.kill(onlyPid(pids));
    assertThat(Results.failureOf(lost)).isInstanceOf(WorkerLostException.class);
    for (int i = 0; i < 10; i++) {
      assertThat(Results.valueOf(queued.get(i))).isEqualTo(i);
    }
    assertThat(other.ready()).isFalse();
    gate.open();
    assertThat(Results.valueOf(other)).isEqualTo("value");
  }

  @Test
  void anIdleWorkerThatIsKilledIsReplaced() throws Exception {
    try (Pool single = Pool.create(1)) {
      long previous = 0;
      for (int round = 0; round < 5; round++) {
        long pid = single.apply(Processes::self);
        assertThat(pid).isNotEqualTo(previous);
        Processes.kill(pid);
        previous = pid;
      }
    }
  }

  @Test
  void killingEveryIdleWorkerHurtsNoLaterTask() throws Exception {
    List<Gate> gates = IntStream.range(0, 2).mapToObj(i -> Gate.in(directory, "gate" + i)).toList();
    AsyncMapResult<Long> both = pool.mapAsync(gate -> gate.pass(Processes.self()), gates, 1);
    gates.forEach(Gate::awaitArrival);
    for (Gate gate : gates) {
      gate.open();
    }
    List<Long> pids = Results.valueOf(both);
    assertThat(pids).doesNotHaveDuplicates();
    pids.forEach(Processes::kill);
    List<Integer> results = pool.map(i -> i, IntStream.range(0, 20).boxed().toList(), 1);
    assertThat(results).hasSize(20);
  }

  @Test
  void workersThatAreKilledAgainAndAgainTakeOneItemEachAtMost() throws Exception {
    Journal pids = Journal.in(directory, "pids");
    AsyncMapResult<Object> result =
        pool.mapAsync(i -> workedOn(pids, i), IntStream.range(0, 100).boxed().toList(), 7);
    Set<String> killed = new HashSet<>();
    Awaitility.await()
        .atMost(Results.BOUND)
        .pollInterval(Duration.ofMillis(1))
        .until(
            () -> {
              for (String pid : pids.lines()) {
                if (killed.size() < 3 && killed.add(pid)) {
                  Processes.kill(Long.parseLong(pid));
                }
              }
              return killed.size() == 3 || result.ready();
            });
    assertThat(killed).isNotEmpty();
    List<Outcome<Object>> outcomes = result.outcomes();
    assertThat(outcomes).hasSize(100);
    assertThat(outcomes)
        .filteredOn(outcome -> !outcome.successful())
        .hasSizeLessThanOrEqualTo(3)
        .allSatisfy(
            outcome ->
                assertThat(((Outcome.Failure<Object>) outcome).exception())
                    .isInstanceOf(WorkerLostException.class));
  }

  @Test
  void aFunctionWhoseReadingKillsTheWorkerCostsOneForEachItem() throws Exception {
    Journal pids = Journal.in(directory, "pids");
    Deadly deadly = new Deadly(pids.path());
    List<Outcome<String>> outcomes =
        pool.mapAsync(i -> deadly.pids, List.of(0, 1, 2), 3).outcomes();
    assertThat(outcomes)
        .hasSize(3)
        .allSatisfy(
            outcome ->
                assertThat(((Outcome.Failure<String>) outcome).exception())
                    .isInstanceOfSatisfying(
                        WorkerLostException.class,
                        lost -> assertThat(lost.itemIndex()).isEqualTo(outcome.index())));
    assertThat(pids.lines()).hasSize(3);
  }

  @Test
  void aPoolWhoseWorkersDieWhileItIsClosedEndsInOrder() throws Exception {
    AsyncMapResult<Object> result;
    try (Pool dying = Pool.create(2)) {
      result = dying.mapAsync(i -> i % 2 == 0 ? halt(1) : i, List.of(0, 1, 2, 3), 1);
    }
    assertThat(result.ready()).isTrue();
    assertThat(result.outcomes())
        .extracting(Outcome::successful)
        .containsExactly(false, true, false, true);
  }

  private void assertThatPoolWorks() throws InterruptedException {
    List<Integer> results = pool.map(i -> i, List.of(1, 2, 3, 4), 1);
    assertThat(results).containsExactly(1, 2, 3, 4);
  }

  private static void assertLost(Throwable failure, long pid, int exitStatus) {
    assertThat(failure)
        .isInstanceOfSatisfying(
            WorkerLostException.class,
            lost -> {
              assertThat(lost.pid()).isEqualTo(pid);
              assertThat(lost.exitStatus()).hasValue(exitStatus);
              assertThat(lost).hasMessageContaining(Long.toString(pid));
            });
  }

  /** What a function captures. */
  private static final class Deadly implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String pids;

    Deadly(String pids) {
      this.pids = pids;
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      new Journal(pids).write(Processes.self());
      Runtime.getRuntime().halt(9);
    }
  }

  private static Object waitAt(Journal pids, Signal signal) throws Exception {
    pids.write(Processes.self());
    signal.await();
    return "never";
  }

  private static Object workedOn(Journal pids, int i) throws Exception {
    pids.write(Processes.self());
    Thread.sleep(10);
    return i;
  }

  private static Object exit(Journal pids, int status) throws Exception {
    pids.write(Processes.self());
    System.exit(status);
    return "never";
  }

  private static Object halt(Journal pids, int status) throws Exception {
    pids.write(Processes.self());
    return halt(status);
  }

  private static Object halt(int status) {
    Runtime.getRuntime().halt(status);
    return "never";
  }

  private static Object lastWords() {
    System.err.println("these were its last words");
    return halt(1);
  }

  private static Object exhaustMemory() {
    Object[] hoard = new Object[0];
    while (true) {
      hoard = new Object[] {hoard, new byte[1 << 20]};
    }
  }

  private static long onlyPid(Journal pids) throws Exception {
    Awaitility.await().atMost(Results.BOUND).until(() -> pids.lines().size() == 1);
    return Long.parseLong(pids.lines().get(0));
  }
}
