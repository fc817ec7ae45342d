package io.processpool.core.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DaemonThreadsTest {
  private final CompletableFuture<Thread> runner = new CompletableFuture<>();

  @Test
  void aThreadRunsItsTask() throws Exception {
    Thread thread = DaemonThreads.named("pool-test", () -> runner.complete(Thread.currentThread()));
    DaemonThreads.startOrRun(thread);
    assertThat(runner.get(60, TimeUnit.SECONDS)).isSameAs(thread);
  }

  @Test
  void theCallerRunsWhatThereIsNoThreadFor() {
    Thread thread =
        new Thread(() -> runner.complete(Thread.currentThread())) {
          @Override
          public synchronized void start() {
            throw new OutOfMemoryError("unable to create native thread");
          }
        };
    DaemonThreads.startOrRun(thread);
    assertThat(runner).isCompletedWithValue(Thread.currentThread());
  }
}
