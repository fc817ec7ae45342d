package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.processpool.AsyncResult;
import io.processpool.Pool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Very many single tasks may wait: each takes little memory, and tells where it comes from. */
class QueuedTasksTest {
  private static final int COUNT = 100_000;
  private static final int FEW = 900;
  private static final int FAILING = 2_000;
  private static final int MOST_BYTES = 400;

  @TempDir Path directory;

  @Test
  void eachTakesLittleMemory() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    List<Integer> items = IntStream.range(0, COUNT).boxed().toList();
    List<AsyncResult<Integer>> results = new ArrayList<>(Collections.nCopies(COUNT, null));
    try (Pool pool = Pool.create(1)) {
      AsyncResult<Integer> running = pool.applyAsync(() -> gate.pass(1));
      gate.awaitArrival();
      long before = usedHeap();
      for (int i = 0; i < COUNT; i++) {
        results.set(i, pool.applyAsync(n -> n + 1, items.get(i)));
      }
      long after = usedHeap();
      assertThat(running.ready()).isFalse();
      assertThat((after - before) / COUNT).isLessThanOrEqualTo(MOST_BYTES);
      gate.open();
      for (int i = 0; i < COUNT; i++) {
        assertThat(Results.valueOf(results.get(i))).isEqualTo(i + 1);
      }
    }
  }

  private static long usedHeap() throws InterruptedException {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      Thread.sleep(50); // for what is let go of by the collection
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  @Test
  void eachTellsWhereItComesFrom() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    try (Pool pool = Pool.create(1)) {
      AsyncResult<Integer> running = pool.applyAsync(() -> gate.pass(1));
      List<AsyncResult<Object>> results = new ArrayList<>();
      for (int i = 0; i < FAILING; i++) {
        results.add(i % 2 == 0 ? here(pool) : there(pool));
      }
      gate.open();
      assertThat(Results.valueOf(running)).isEqualTo(1);
      for (int i = 0; i < FAILING; i++) {
        List<String> frames = frames(Results.failureOf(results.get(i)));
        assertThat(frames)
            .contains("eachTellsWhereItComesFrom")
            .containsAnyOf(
                "---- submitted to the pool by ----",
                "---- submitted to the pool shortly after a task submitted by ----");
        if (i < FEW || frames.contains("---- submitted to the pool by ----")) {
          assertThat(frames)
              .contains("---- submitted to the pool by ----", i % 2 == 0 ? "here" : "there");
        }
      }
    }
  }

  private static AsyncResult<Object> here(Pool pool) {
    return pool.applyAsync(QueuedTasksTest::refuse);
  }

  private static AsyncResult<Object> there(Pool pool) {
    return pool.applyAsync(QueuedTasksTest::refuse);
  }

  private static Object refuse() {
    throw new IllegalStateException("by intent");
  }

  private static List<String> frames(Throwable failure) {
    return Arrays.stream(failure.getStackTrace()).map(StackTraceElement::getMethodName).toList();
  }
}
