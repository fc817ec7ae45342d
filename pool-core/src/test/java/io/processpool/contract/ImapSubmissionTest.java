package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.processpool.Pool;
import io.processpool.ResultIterator;
import java.lang.Thread.State;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens while an imap's items are submitted, which may start a worker. */
@Timeout(120)
class ImapSubmissionTest {
  private final RecordingBackend backend = new RecordingBackend();

  @Test
  void theEndOfAPoolInterruptsNoSubmission() throws Exception {
    AtomicBoolean interrupted = new AtomicBoolean();
    try (Pool pool = backend.builder().workers(1).build()) {
      Thread ending = new Thread(pool::shutdown);
      backend.beforeSubmission(
          () -> {
            ending.start();
            awaitEndOrBlock(ending);
            interrupted.set(Thread.currentThread().isInterrupted());
          });
      try (ResultIterator<Integer> results = pool.imap(i -> i + 1, List.of(1, 2, 3))) {
        for (int expected = 2; expected <= 4; expected++) {
          assertThat(results.next(Results.BOUND)).isEqualTo(expected);
        }
      }
      ending.join();
    }
    assertThat(interrupted).isFalse();
  }

  private static void awaitEndOrBlock(Thread thread) {
    await(thread.getName())
        .atMost(Results.BOUND)
        .until(
            () ->
                Set.of(State.TERMINATED, State.BLOCKED, State.WAITING).contains(thread.getState()));
  }
}
