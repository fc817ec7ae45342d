package io.processpool.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.processpool.connection.ConnectionTest.Act;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A call that finds too little stack fails before it has done anything. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StackEndTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int ROUNDS = 5;
  private static final int SMALL_STACK = 256 << 10;

  private int overflows;

  /**
   * Calls where the stack has ended, and once more from each frame on the way back until the call
   * succeeds.
   */
  @SuppressWarnings("InfiniteRecursion") // until the stack ends
  private void atTheEnd(Act call) throws Exception {
    try {
      atTheEnd(call);
    } catch (StackOverflowError e) {
      overflows++;
      call.run();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aConnectionIsWholeAfterIt(Ends.Kind kind) throws Exception {
    byte[] message = {1, 2, 3};
    try (Ends ends = Ends.of(kind)) {
      ends.first().sendBytes(message); // so that all classes are there
      assertThat(ends.second().recvBytes()).isEqualTo(message);
      CompletableFuture<Void> done = new CompletableFuture<>();
      Runnable talk =
          () -> {
            try {
              for (int i = 0; i < ROUNDS; i++) {
                atTheEnd(() -> ends.first().sendBytes(message));
                byte[][] received = new byte[1][];
                atTheEnd(() -> received[0] = ends.second().recvBytes());
                assertThat(received[0]).isEqualTo(message);
              }
              done.complete(null);
            } catch (Throwable e) {
              done.completeExceptionally(e);
            }
          };
      Thread talker = new Thread(null, talk, "talker", SMALL_STACK);
      talker.setDaemon(true);
      talker.start();
      done.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(overflows).isGreaterThan(2 * ROUNDS); // some calls had too little
      assertThat(ends.second().poll()).isFalse();
    }
  }
}
