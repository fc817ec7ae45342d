package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.processpool.AsyncMapResult;
import io.processpool.Pool;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers do not outlive the program that they work for. */
@WorkerProcesses
class ParentDeathTest {
  @TempDir Path directory;

  @Test
  void aProgramThatIsKilledLeavesNoWorker() throws Exception {
    Journal pids = Journal.in(directory, "pids");
    Process program = Program.start(directory, Doomed.class, pids.path());
    await().atMost(Results.BOUND).until(() -> pids.lines().size() == 3);
    List<Long> workers = pids.lines().stream().map(Long::valueOf).toList();
    assertThat(workers).allMatch(Processes::alive);
    program.destroyForcibly().waitFor();
    Processes.awaitGone(workers);
  }

  /** A program that waits for tasks that never end: one sleeps, one spins, one has a child. */
  static final class Doomed {
    private Doomed() {}

    public static void main(String[] arguments) throws Exception {
      Journal pids = new Journal(arguments[0]);
      try (Pool pool = Pool.create(3)) {
        AsyncMapResult<Object> result =
            pool.mapAsync(i -> workForEver(i, pids), List.of(0, 1, 2), 1);
        result.await();
      }
    }

    private static Object workForEver(int i, Journal pids) throws Exception {
      if (i == 2) {
        Process child = new ProcessBuilder("sleep", "1000").start();
        pids.write(Processes.self());
        return child.waitFor();
      }
      pids.write(Processes.self());
      long sum = 0;
      while (sum >= 0) {
        sum ^= System.nanoTime() & 1;
        if (i == 0) {
          Thread.sleep(10);
        }
      }
      return sum;
    }
  }
}
