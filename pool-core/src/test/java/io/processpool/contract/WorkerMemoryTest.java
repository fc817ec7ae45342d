package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.processpool.Pool;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A worker that holds on to too much memory is replaced, in peace. */
@WorkerProcesses
class WorkerMemoryTest {
  private static final long LIMIT = 48 << 20;
  private static final int PIECE = 1 << 20;
  private static final List<byte[]> LEAK = new ArrayList<>();

  @Test
  void aWorkerThatLeaksIsReplacedAndNothingIsLost() throws Exception {
    try (Pool pool = limited()) {
      Set<Long> pids = new HashSet<>();
      long deadline = System.nanoTime() + Results.BOUND.toNanos();
      while (pids.size() < 3 && System.nanoTime() - deadline < 0) {
        List<Long> some =
            pool.map(WorkerMemoryTest::leak, IntStream.range(0, 8).boxed().toList(), 1);
        assertThat(some).hasSize(8);
        pids.addAll(some);
      }
      assertThat(pids).hasSizeGreaterThanOrEqualTo(3);
    }
  }

  @Test
  void aWorkerThatOnlyMakesGarbageIsKept() throws Exception {
    try (Pool pool = limited()) {
      List<Long> pids =
          pool.map(WorkerMemoryTest::waste, IntStream.range(0, 200).boxed().toList(), 1);
      assertThat(new HashSet<>(pids)).hasSize(1);
    }
  }

  private static Pool limited() {
    return Pool.builder().workers(1).jvmArgs("-Xmx1g").maxWorkerMemory(LIMIT).build();
  }

  /** Leaks much less in a second, in which the memory is looked at, than the heap has room for. */
  private static long leak(int item) throws InterruptedException {
    LEAK.add(new byte[PIECE]);
    Thread.sleep(20);
    return Processes.self();
  }

  private static long waste(int item) {
    byte[][] garbage = new byte[8][];
    for (int i = 0; i < garbage.length; i++) {
      garbage[i] = new byte[PIECE];
    }
    return Processes.self();
  }
}
