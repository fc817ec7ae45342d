package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Pool;
import io.processpool.PoolTerminatedException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a pool ends, its processes end. */
@WorkerProcesses
class ProcessEndTest {
  @TempDir Path directory;

  @Test
  void noWorkerIsLeftWhenCloseReturns() throws Exception {
    List<Long> pids;
    try (Pool pool = Pool.create(2)) {
      pids = pidsOfBothWorkers(pool);
    }
    assertThat(pids).hasSize(2).noneMatch(Processes::alive);
  }

  @Test
  void noWorkerIsLeftWhenATerminatedPoolIsJoined() throws Exception {
    Journal running = Journal.in(directory, "running");
    Pool pool = Pool.create(2);
    AsyncMapResult<Object> spinning =
        pool.mapAsync(i -> spin(running), IntStream.range(0, 10).boxed().toList(), 1);
    Awaitility.await().atMost(Results.BOUND).until(() -> running.lines().size() == 2);
    List<Long> pids = running.lines().stream().map(Long::valueOf).toList();
    assertThat(pids).allMatch(Processes::alive);
    pool.terminate();
    pool.join();
    assertThat(pids).noneMatch(Processes::alive);
    assertThat(Results.failureOf(spinning)).isInstanceOf(PoolTerminatedException.class);
    assertThat(running.lines()).hasSize(2);
  }

  @Test
  void whatATaskStartedEndsWithItsWorker() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Journal grandchild = Journal.in(directory, "grandchild");
    Pool pool = Pool.create(1);
    AsyncResult<String> result =
        pool.applyAsync(
            () -> {
              grandchild.write(new ProcessBuilder("sleep", "1000").start().pid());
              return gate.pass("never");
            });
    gate.awaitArrival();
    pool.terminate();
    pool.join();
    assertThat(result.ready()).isTrue();
    Processes.awaitGone(grandchild.lines().stream().map(Long::valueOf).toList());
  }

  @Test
  void aPoolMayHaveManyWorkers() throws Exception {
    int workers = Integer.getInteger("processpool.test.workers", 24);
    List<Gate> gates =
        IntStream.range(0, workers).mapToObj(i -> Gate.in(directory, "gate" + i)).toList();
    try (Pool pool = Pool.create(workers)) {
      AsyncMapResult<Long> pids = pool.mapAsync(gate -> gate.pass(Processes.self()), gates, 1);
      gates.forEach(Gate::awaitArrival);
      for (Gate gate : gates) {
        gate.open();
      }
      assertThat(Results.valueOf(pids)).hasSize(workers).doesNotHaveDuplicates();
    }
  }

  private List<Long> pidsOfBothWorkers(Pool pool) throws Exception {
    List<Gate> gates = IntStream.range(0, 2).mapToObj(i -> Gate.in(directory, "gate" + i)).toList();
    AsyncMapResult<Long> pids = pool.mapAsync(gate -> gate.pass(Processes.self()), gates, 1);
    gates.forEach(Gate::awaitArrival);
    for (Gate gate : gates) {
      gate.open();
    }
    return Results.valueOf(pids);
  }

  private static Object spin(Journal running) throws Exception {
    running.write(Processes.self());
    long sum = 0;
    while (sum >= 0) {
      sum ^= System.nanoTime() & 1;
    }
    return sum;
  }
}
