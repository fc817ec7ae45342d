package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.processpool.Pool;
import io.processpool.ResultIterator;
import java.lang.Thread.State;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens while an imap's items are submitted, which may start a worker. */
@Timeout(120)
class ImapSubmissionTest {
  private final RecordingBackend backend = new RecordingBackend();
  private final CountDownLatch shutDown = new CountDownLatch(1);

  @Test
  void theEndOfAPoolInterruptsNoSubmission() throws Exception {
    AtomicBoolean interrupted = new AtomicBoolean(true);
    try (Pool pool = backend.builder().workers(1).build()) {
      int ready = pool.apply(() -> 1); // and so the worker is idle, and given items at once
      Thread joining = new Thread(() -> join(pool));
      backend.beforeSubmission(
          () -> {
            joining.start();
            awaitRest(joining);
            interrupted.set(Thread.currentThread().isInterrupted());
          });
      Iterable<Integer> items = () -> Stream.of(ready).peek(item -> awaitShutDown()).iterator();
      try (ResultIterator<Integer> results = pool.imap(i -> i + 1, items)) {
        pool.shutdown();
        shutDown.countDown();
        assertThat(results.next(Results.BOUND)).isEqualTo(2);
      }
      joining.join();
    }
    assertThat(interrupted).isFalse();
  }

  private void awaitShutDown() {
    try {
      shutDown.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void join(Pool pool) {
    try {
      pool.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Without a wait that an interrupt would end, and take the interrupt. */
  private static void awaitRest(Thread thread) {
    Set<State> rest = Set.of(State.TERMINATED, State.BLOCKED, State.WAITING);
    long start = System.nanoTime();
    while (!rest.contains(thread.getState())) {
      assertThat(System.nanoTime() - start).isLessThan(Results.BOUND.toNanos());
      Thread.onSpinWait();
    }
  }
}
