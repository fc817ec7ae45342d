package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.processpool.AsyncResult;
import io.processpool.Pool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Pools and deaths again and again: nothing adds up. How often, the system properties {@code
 * processpool.test.pools} and {@code processpool.test.kills} say; a few times by default.
 */
@WorkerProcesses
@Timeout(1800)
class EnduranceTest {
  private static final int POOLS = Integer.getInteger("processpool.test.pools", 12);
  private static final int KILLS = Integer.getInteger("processpool.test.kills", 25);

  /** Less than one for each pool or kill; some threads are started when they are first needed. */
  private static final int SOME = 6;

  @Test
  void manyPoolsOneAfterTheOther() throws Exception {
    usePool(0);
    long threads = poolThreads();
    long files = openFiles();
    for (int i = 1; i <= POOLS; i++) {
      usePool(i);
    }
    Processes.awaitNoneBelowThisJvm();
    await()
        .atMost(Results.BOUND)
        .untilAsserted(
            () -> {
              assertThat(poolThreads()).as("threads of pools").isLessThan(threads + SOME);
              assertThat(openFiles()).as("open files").isLessThan(files + SOME);
            });
  }

  private static void usePool(int number) throws Exception {
    Pool pool = Pool.create(1);
    if (number % 2 == 0) {
      int result = pool.apply(x -> x + 1, number);
      assertThat(result).isEqualTo(number + 1);
      pool.close();
    } else {
      AsyncResult<Integer> cut = pool.applyAsync(x -> x + 1, number);
      pool.terminate();
      assertThat(pool.join(Results.BOUND)).isTrue();
      assertThat(cut.ready()).isTrue();
    }
  }

  @Test
  void onePoolThroughManyKills() throws Exception {
    try (Pool pool = Pool.create(2)) {
      pool.map(i -> i, List.of(1, 2), 1);
      await().atMost(Results.BOUND).until(() -> Processes.childrenOfThisJvm() == 2);
      long threads = poolThreads();
      long files = openFiles();
      for (int i = 0; i < KILLS; i++) {
        List<AsyncResult<Integer>> results = new ArrayList<>();
        for (int j = 0; j < 4; j++) {
          results.add(pool.applyAsync(x -> x, j));
        }
        Processes.kill(pool.apply(Processes::self));
        for (AsyncResult<Integer> result : results) {
          assertThat(result.await(Results.BOUND)).isTrue();
        }
      }
      await()
          .atMost(Results.BOUND)
          .untilAsserted(
              () -> {
                assertThat(Processes.childrenOfThisJvm()).isEqualTo(2);
                assertThat(poolThreads()).as("threads of pools").isLessThan(threads + SOME);
                assertThat(openFiles()).as("open files").isLessThan(files + SOME);
              });
    }
  }

  private static long poolThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("pool-"))
        .count();
  }

  /** As far as the system tells. */
  private static long openFiles() throws IOException {
    Path files = Path.of("/proc/self/fd");
    if (!Files.isDirectory(files)) {
      return 0;
    }
    try (Stream<Path> all = Files.list(files)) {
      return all.count();
    }
  }
}
