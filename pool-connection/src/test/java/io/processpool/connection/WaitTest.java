package io.processpool.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several connections and processes at a time. */
@Timeout(60)
class WaitTest {
  private static final byte[] HELLO = {1, 2, 3};
  private static final List<String> CAT = List.of("cat");

  @Test
  void thoseThatAreReadyComeInTheirOrder() throws Exception {
    try (Ends pipe = Ends.of(Ends.Kind.PIPE);
        Ends tcp = Ends.of(Ends.Kind.TCP);
        Ends unix = Ends.of(Ends.Kind.UNIX)) {
      List<Connection> all = List.of(pipe.first(), tcp.first(), unix.first());
      assertThat(Connection.wait(all, Duration.ZERO)).isEmpty();
      assertThat(Connection.wait(all, Duration.ofMillis(20))).isEmpty();
      unix.second().sendBytes(new byte[0]);
      assertThat(Connection.wait(all, null)).containsExactly(unix.first());
      pipe.second().sendBytes(HELLO);
      pipe.second().sendBytes(HELLO);
      pipe.first().recvBytes(); // the other message has been read with it
      assertThat(Connection.wait(all, null)).containsExactly(pipe.first(), unix.first());
      pipe.first().recvBytes();
      unix.first().recvBytes();
      tcp.second().close();
      assertThat(Connection.wait(all, null)).containsExactly(tcp.first());
    }
  }

  @Test
  void whatComesLaterIsWaitedFor() throws Exception {
    try (Ends one = Ends.of(Ends.Kind.PIPE);
        Ends other = Ends.of(Ends.Kind.UNIX)) {
      CompletableFuture<List<Connection>> ready = new CompletableFuture<>();
      CompletableFuture<Void> waiting =
          ConnectionTest.inBackground(
              () -> ready.complete(Connection.wait(List.of(one.first(), other.first()), null)));
      other.second().sendBytes(HELLO);
      waiting.get();
      assertThat(ready.get()).containsExactly(other.first());
    }
  }

  @Test
  void theEndOfAProcessIsOneToWaitFor() throws Exception {
    Process process = new ProcessBuilder(CAT).start();
    try (Ends ends = Ends.of(Ends.Kind.PIPE)) {
      List<Object> objects = List.of(ends.first(), process, process.toHandle());
      for (int i = 0; i < 100; i++) {
        assertThat(Connection.wait(objects, Duration.ZERO)).isEmpty();
      }
      CompletableFuture<List<Object>> ready = new CompletableFuture<>();
      CompletableFuture<Void> waiting =
          ConnectionTest.inBackground(() -> ready.complete(Connection.wait(objects, null)));
      process.destroyForcibly();
      waiting.get();
      assertThat(ready.get()).isNotEmpty().isSubsetOf(process, process.toHandle());
      process.waitFor();
      assertThat(Connection.wait(objects, null)).containsExactly(process, process.toHandle());
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void nothingIsNotWaitedFor() throws Exception {
    assertThat(Connection.wait(List.of(), null)).isEmpty();
  }

  @Test
  void otherObjectsAreRefused() throws Exception {
    try (Ends ends = Ends.of(Ends.Kind.PIPE)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Connection.wait(List.of(ends.first(), "text"), null))
          .withMessage("objects must be of Connection, Process or ProcessHandle: text");
    }
  }

  @Test
  void closedConnectionsAreRefused() throws Exception {
    try (Ends ends = Ends.of(Ends.Kind.PIPE)) {
      ends.second().close();
      assertThatThrownBy(() -> Connection.wait(List.of(ends.first(), ends.second()), null))
          .isInstanceOf(IOException.class)
          .hasMessage("the connection is closed");
      assertThat(Connection.wait(List.of(ends.first()), null)).containsExactly(ends.first());
    }
  }

  @Test
  void whatAnotherThreadHasReadAndNotTakenIsThere() throws Exception {
    for (int i = 0; i < 300; i++) {
      try (Ends ends = Ends.of(Ends.Kind.PIPE)) {
        CompletableFuture<Void> waiting =
            ConnectionTest.inBackground(() -> Connection.wait(List.of(ends.first()), null));
        CompletableFuture<Void> receiving =
            ConnectionTest.inBackground(() -> ends.first().recvBytes());
        ends.second().sendBytes(HELLO);
        ends.second().sendBytes(HELLO);
        receiving.get();
        waiting.get();
        assertThat(ends.first().recvBytes()).isEqualTo(HELLO);
      }
    }
  }
}
