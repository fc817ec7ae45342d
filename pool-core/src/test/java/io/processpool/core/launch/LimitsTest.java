package io.processpool.core.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.processpool.Pool;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is scheduled for a worker does not outlive it. */
@Timeout(60)
class LimitsTest {

  @Test
  void aWorkerThatIsGoneHasLeftTheTimer() throws Exception {
    AtomicReference<MemoryBackend> backend = new AtomicReference<>();
    try (Pool pool =
        Pool.builder()
            .workers(1)
            .maxTasksPerWorker(1)
            .stopTimeout(Duration.ofDays(365))
            .backend(
                settings -> {
                  backend.set(new MemoryBackend(settings, Map.of(), MemoryBackend.noWorkers()));
                  return backend.get();
                })
            .build()) {
      assertThat(pool.map(LimitsTest::increment, List.of(1, 2, 3), 1)).containsExactly(2, 3, 4);
      await().atMost(Duration.ofSeconds(30)).until(() -> backend.get().limits() == 0);
    }
  }

  private static int increment(int i) {
    return i + 1;
  }
}
