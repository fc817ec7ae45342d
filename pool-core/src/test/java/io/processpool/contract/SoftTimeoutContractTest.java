package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Pool;
import io.processpool.TaskOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Soft time limits: an item is interrupted, and what it makes of that is its result. */
@EveryBackend
class SoftTimeoutContractTest {
  private static final TaskOptions SOFT = TaskOptions.softTimeout(Duration.ofMillis(100));

  private final Pool pool;
  @TempDir Path directory;

  SoftTimeoutContractTest(PoolKind kind, Pool pool) {
    this.pool = pool;
  }

  @Test
  void whatTheInterruptedItemThrowsIsItsResult() {
    AsyncResult<Object> result =
        pool.with(SOFT)
            .applyAsync(
                () -> {
                  TimeUnit.MINUTES.sleep(5);
                  return "too late";
                });
    assertThat(Results.failureOf(result)).isInstanceOf(InterruptedException.class);
  }

  @Test
  void whatTheInterruptedItemReturnsIsItsResult() throws Exception {
    AsyncResult<String> result = pool.with(SOFT).applyAsync(SoftTimeoutContractTest::settleForLess);
    assertThat(Results.valueOf(result)).isEqualTo("less");
  }

  @Test
  void onlyTheItemIsInterruptedThatTakesTooLong() throws Exception {
    AsyncMapResult<String> map =
        pool.with(TaskOptions.softTimeout(Duration.ofSeconds(1))) // no short item takes so long
            .mapAsync(
                i -> i % 4 == 1 ? settleForLess() : untilInterrupted(Duration.ofMillis(1)),
                IntStream.range(0, 12).boxed().toList(),
                12);
    assertThat(Results.valueOf(map))
        .containsExactly(
            "all", "less", "all", "all", "all", "less", "all", "all", "all", "less", "all", "all");
  }

  @Test
  void anItemIsInterruptedOnce() throws Exception {
    Signal goOn = Signal.in(directory, "goOn");
    Journal interrupts = Journal.in(directory, "interrupts");
    AsyncResult<Integer> result =
        pool.with(SOFT).applyAsync(() -> countInterruptsUntil(goOn, interrupts));
    await().atMost(Results.BOUND).until(() -> !interrupts.lines().isEmpty());
    assertThat(result.await(Duration.ofMillis(1200))).isFalse();
    goOn.raise();
    assertThat(Results.valueOf(result)).isEqualTo(1);
  }

  @Test
  void theNextTaskIsNotInterrupted() throws Exception {
    for (int i = 0; i < 5; i++) {
      AsyncResult<String> late = pool.with(SOFT).applyAsync(SoftTimeoutContractTest::settleForLess);
      List<String> next =
          pool.map(x -> untilInterrupted(Duration.ofMillis(5)), List.of(1, 2, 3, 4), 1);
      assertThat(next).containsOnly("all");
      assertThat(Results.valueOf(late)).isEqualTo("less");
    }
  }

  private static String settleForLess() {
    return untilInterrupted(Duration.ofMinutes(5));
  }

  private static String untilInterrupted(Duration longest) {
    try {
      TimeUnit.NANOSECONDS.sleep(longest.toNanos());
      return "all";
    } catch (InterruptedException e) {
      return "less";
    }
  }

  private static int countInterruptsUntil(Signal end, Journal journal) throws IOException {
    int interrupts = 0;
    while (!end.raised()) {
      try {
        TimeUnit.MILLISECONDS.sleep(5);
      } catch (InterruptedException e) {
        interrupts++;
        journal.write(interrupts);
      }
    }
    return interrupts;
  }
}
