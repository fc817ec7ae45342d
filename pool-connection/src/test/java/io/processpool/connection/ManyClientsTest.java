package io.processpool.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A thousand clients at a time, each with a thread, and one thread that serves them all. */
@Timeout(120)
class ManyClientsTest {
  private static final int CLIENTS = 1000;
  private static final int MESSAGES = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ConnectionOptions OPTIONS =
      ConnectionOptions.authKey("the key".getBytes(UTF_8)).withHandshakeTimeout(PATIENCE);

  @ParameterizedTest
  @EnumSource
  void areAllServed(Transport transport) throws Exception {
    CountDownLatch together = new CountDownLatch(CLIENTS);
    List<CompletableFuture<Void>> clients = new ArrayList<>();
    try (Listener listener = transport.listen(OPTIONS)) {
      for (int i = 0; i < CLIENTS; i++) {
        int number = i;
        clients.add(ConnectionTest.inBackground(() -> ask(listener, number, together)));
      }
      assertThat(serve(listener)).isEqualTo(CLIENTS * MESSAGES);
      for (CompletableFuture<Void> client : clients) {
        client.get();
      }
      assertThat(listener.rejected()).isZero();
    }
  }

  private static void ask(Listener listener, int number, CountDownLatch together) throws Exception {
    try (Connection connection = Client.connect(listener.address(), OPTIONS)) {
      together.countDown();
      together.await();
      for (int i = 0; i < MESSAGES; i++) {
        byte[] message = (number + " " + i).getBytes(UTF_8);
        connection.sendBytes(message);
        assertThat(connection.poll(PATIENCE)).isTrue();
        assertThat(connection.recvBytes()).isEqualTo(message);
      }
    }
  }

  private static int serve(Listener listener) throws Exception {
    List<Connection> connections = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      connections.add(listener.accept(PATIENCE));
    }
    int served = 0;
    while (!connections.isEmpty()) {
      List<Connection> ready = Connection.wait(connections, PATIENCE);
      assertThat(ready).isNotEmpty();
      for (Connection connection : ready) {
        try {
          connection.sendBytes(connection.recvBytes());
          served++;
        } catch (EOFException e) {
          connection.close();
          connections.remove(connection);
        }
      }
    }
    return served;
  }
}
