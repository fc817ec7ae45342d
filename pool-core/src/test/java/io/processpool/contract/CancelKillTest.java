package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Pool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cancelling a task that does not listen: its worker, and only that one, is killed. */
@WorkerProcesses
class CancelKillTest {
  @TempDir Path directory;

  @Test
  void theWorkerOfATaskThatIgnoresInterruptsIsKilledAndReplaced() throws Exception {
    Gate other = Gate.in(directory, "other");
    Journal pids = Journal.in(directory, "pids");
    Signal never = Signal.in(directory, "never");
    try (Pool pool = Pool.builder().workers(2).cancelGrace(Duration.ofMillis(50)).build()) {
      AsyncResult<Long> undisturbed = pool.applyAsync(() -> other.pass(Processes.self()));
      other.awaitArrival();
      AsyncResult<Object> deaf = pool.applyAsync(() -> deaf(pids, never));
      List<AsyncResult<Integer>> queued = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        queued.add(pool.applyAsync(x -> x, i));
      }
      long killed = onlyPid(pids);
      assertThat(deaf.cancel(true)).isTrue();
      assertThatThrownBy(deaf::get).isInstanceOf(CancellationException.class);
      for (int i = 0; i < 10; i++) {
        assertThat(Results.valueOf(queued.get(i))).isEqualTo(i);
      }
      Processes.awaitGone(List.of(killed));
      long replacement = pool.apply(Processes::self);
      assertThat(replacement).isNotEqualTo(killed);
      other.open();
      assertThat(Results.valueOf(undisturbed)).isNotIn(killed, replacement);
      assertThatThrownBy(deaf::get).isInstanceOf(CancellationException.class);
    }
  }

  @Test
  void aTaskThatSpinsIsKilledToo() throws Exception {
    Journal pids = Journal.in(directory, "pids");
    try (Pool pool = Pool.builder().workers(1).cancelGrace(Duration.ZERO).build()) {
      AsyncResult<Object> spinning = pool.applyAsync(() -> spin(pids));
      long killed = onlyPid(pids);
      assertThat(spinning.cancel(true)).isTrue();
      Processes.awaitGone(List.of(killed));
      long replacement = pool.apply(Processes::self);
      assertThat(replacement).isNotEqualTo(killed);
    }
  }

  @Test
  void aMapWhoseItemsIgnoreInterruptsIsKilledOnEveryWorker() throws Exception {
    Journal pids = Journal.in(directory, "pids");
    Signal never = Signal.in(directory, "never");
    try (Pool pool = Pool.builder().workers(2).cancelGrace(Duration.ofMillis(50)).build()) {
      AsyncMapResult<Object> deaf = pool.mapAsync(i -> deaf(pids, never), List.of(0, 1, 2, 3), 1);
      await().atMost(Results.BOUND).until(() -> pids.lines().size() == 2);
      assertThat(deaf.cancel(true)).isTrue();
      Processes.awaitGone(pids.lines().stream().map(Long::valueOf).toList());
      List<Integer> afterwards = pool.map(i -> i, List.of(1, 2, 3), 1);
      assertThat(afterwards).containsExactly(1, 2, 3);
      assertThat(pids.lines()).hasSize(2);
    }
  }

  private static Object deaf(Journal pids, Signal signal) throws Exception {
    pids.write(Processes.self());
    signal.awaitUninterruptibly();
    return "never";
  }

  private static Object spin(Journal pids) throws Exception {
    pids.write(Processes.self());
    long sum = 0;
    while (sum >= 0) {
      sum ^= System.nanoTime() & 1;
    }
    return sum;
  }

  private static long onlyPid(Journal pids) throws Exception {
    await().atMost(Results.BOUND).until(() -> pids.lines().size() == 1);
    return Long.parseLong(pids.lines().get(0));
  }
}
