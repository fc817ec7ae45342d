package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.processpool.AsyncResult;
import io.processpool.Pool;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who submits with hardly any stack left harms neither the pool nor what was submitted before. */
@Timeout(120)
class ShortStackTest {
  private static final int TRIALS = 2000;
  private static final long STACK = 256 * 1024;

  private final List<AsyncResult<Integer>> results = new ArrayList<>();
  private int tried;
  private int overflows;

  @Test
  void aPoolSurvivesStackOverflowsWhileSomethingIsSubmitted() throws Exception {
    try (Pool pool = Pool.create(2)) {
      for (int i = 0; i < TRIALS; i++) { // so that as little stack is needed as ever will be
        int one = pool.apply(() -> 1);
        assertThat(one).isEqualTo(1);
      }
      for (int round = 0; round < 10; round++) {
        tried = 0;
        long stack = STACK + round * 512L;
        Thread deep = new Thread(null, () -> submitAtTheEnd(pool), "deep", stack);
        deep.start();
        deep.join();
        for (AsyncResult<Integer> result : results) {
          assertThat(result.get(Results.BOUND)).isEqualTo(1);
        }
        results.clear();
        assertThat(pool.applyAsync(() -> 42).get(Results.BOUND)).isEqualTo(42);
      }
    }
    assertThat(overflows).isPositive();
  }

  /** On the way back from the end of the stack there is ever more of it. */
  @SuppressWarnings("InfiniteRecursion") // that is its purpose
  private void submitAtTheEnd(Pool pool) {
    try {
      submitAtTheEnd(pool);
    } catch (StackOverflowError e) {
      // The end.
    }
    if (tried < TRIALS) {
      tried++;
      try {
        results.add(pool.applyAsync(() -> 1));
      } catch (Throwable e) { // also as the cause of another
        overflows++;
      }
    }
  }
}
