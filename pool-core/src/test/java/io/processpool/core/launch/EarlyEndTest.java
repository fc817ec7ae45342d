package io.processpool.core.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.processpool.Pool;
import io.processpool.spi.BackendSettings;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A pool may end as soon as it is there. */
@Timeout(60)
class EarlyEndTest {
  private static final AtomicInteger INITIALIZED = new AtomicInteger();
  private static final AtomicInteger FINALIZED = new AtomicInteger();

  @Test
  void aWorkerThatThePoolWaitedForRunsItsInitializerAndFinalizer() throws Exception {
    CountDownLatch shutDown = new CountDownLatch(1);
    Pool pool =
        Pool.builder()
            .workers(1)
            .initializer(EarlyEndTest::initialize)
            .finalizer(EarlyEndTest::finish)
            .backend(settings -> backend(settings, shutDown))
            .build();
    pool.shutdown();
    shutDown.countDown();
    assertThat(pool.join(Duration.ofSeconds(30))).isTrue();
    assertThat(INITIALIZED).hasValue(1);
    assertThat(FINALIZED).hasValue(1);
  }

  private static void initialize() {
    INITIALIZED.incrementAndGet();
  }

  private static void finish() {
    FINALIZED.incrementAndGet();
  }

  private static MemoryBackend backend(BackendSettings settings, CountDownLatch shutDown) {
    return new MemoryBackend(settings, Map.of(), MemoryBackend.noWorkers()) {
      @Override
      void afterStart() {
        try {
          shutDown.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    };
  }
}
