package io.processpool.core.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Whatever goes wrong with a channel, at whatever moment: every handle completes, and with the
 * truth. To repeat one schedule, pass its number with {@code -Dprocesspool.test.seed=}.
 */
@ExtendWith(QuietSlots.class)
@Timeout(1800)
class FaultInjectionTest {
  private static final int SCHEDULES = Integer.getInteger("processpool.test.schedules", 10_000);
  private static final int PARALLEL = 12;
  private static final int REPETITIONS = 200;

  private final AtomicBoolean failed = new AtomicBoolean();

  @Test
  void everyScheduleEndsWell() throws Exception {
    Long chosen = Long.getLong("processpool.test.seed");
    long start = System.nanoTime();
    long[] seeds =
        chosen == null
            ? LongStream.range(start, start + SCHEDULES).toArray()
            : LongStream.generate(() -> chosen).limit(REPETITIONS).toArray();
    play(seeds);
    System.out.printf(
        "%d schedules from seed %d in %d ms%n",
        seeds.length, seeds[0], TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(threadsOfPools()).as("threads left").isEmpty());
  }

  private void play(long[] seeds) throws Exception {
    ExecutorService players = Executors.newFixedThreadPool(PARALLEL);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (long seed : seeds) {
        all.add(players.submit(() -> play(seed)));
      }
      for (Future<?> each : all) {
        each.get();
      }
    } finally {
      players.shutdownNow();
    }
  }

  private void play(long seed) {
    if (failed.get()) {
      return; // one is enough to look at
    }
    Schedule schedule = new Schedule(seed);
    try {
      schedule.play();
    } catch (Throwable e) {
      failed.set(true);
      throw new AssertionError("With " + schedule, e);
    }
  }

  private static List<String> threadsOfPools() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("pool-") && !name.startsWith("pool-1-"))
        .sorted()
        .toList();
  }
}
