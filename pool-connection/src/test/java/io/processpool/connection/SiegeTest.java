package io.processpool.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A listener in a process of its own, whose strangers take more than there is. */
@Timeout(120)
class SiegeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ConnectionOptions OPTIONS = ConnectionOptions.authKey(BesiegedServer.KEY);

  /** The process of a server. */
  private record Server(Process process, BufferedReader output, InetSocketAddress address)
      implements AutoCloseable {

    static Server start(String limits, String flags) throws IOException {
      String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      String command =
          limits + "exec \"$0\" " + flags + " -cp \"$1\" " + BesiegedServer.class.getName();
      Process process =
          new ProcessBuilder("sh", "-c", command, java, System.getProperty("java.class.path"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
      return new Server(process, output, (InetSocketAddress) PythonPeer.parse(output.readLine()));
    }

    void send(char command) throws IOException {
      process.outputWriter().append(command).flush();
    }

    boolean hasAnswered() throws IOException {
      return output.ready();
    }

    long rejected() throws IOException {
      send(BesiegedServer.COUNT);
      return Long.parseLong(output.readLine());
    }

    @Override
    public void close() {
      process.destroyForcibly().onExit().join();
    }
  }

  private static boolean isServed(InetSocketAddress address) throws InterruptedException {
    ConnectionOptions hasty = OPTIONS.withHandshakeTimeout(Duration.ofSeconds(2));
    try (Connection connection = Client.connect(address, hasty)) {
      connection.sendBytes(BesiegedServer.KEY);
      return connection.poll(Duration.ofSeconds(2)) && connection.recvBytes().length > 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void strangersDoNotTakeAllFileDescriptors() throws Exception {
    Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/limits")), "This is not Linux");
    List<SocketChannel> strangers = new ArrayList<>();
    try (Server server = Server.start("ulimit -n 100; ", "")) {
      for (int i = 0; i < 400; i++) {
        strangers.add(SocketChannel.open(server.address()));
      }
      assertThat(isServed(server.address())).isTrue();
      Path descriptors = Path.of("/proc", "" + server.process().pid(), "fd");
      try (var open = Files.list(descriptors)) {
        assertThat(open.count()).isLessThan(90);
      }
    } finally {
      for (SocketChannel stranger : strangers) {
        stranger.close();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true, false, true})
  void aWantOfMemoryEndsNoListener(boolean withCalls) throws Exception {
    try (Server server = Server.start("", "-Xmx24m -XX:+UseSerialGC")) {
      for (int i = 0; i < 2; i++) { // the first time before it has had any client
        server.send(BesiegedServer.FILL);
        while (!server.hasAnswered()) {
          assertThat(server.process().isAlive()).isTrue();
          probe(server.address());
          if (withCalls) {
            call(server.address());
          }
        }
        server.output().readLine();
        Awaitility.await().atMost(PATIENCE).until(() -> isServed(server.address()));
        Awaitility.await()
            .atMost(PATIENCE)
            .untilAsserted(() -> assertThat(server.rejected()).isEqualTo(server.rejected()));
      }
    }
  }

  /** A client that may be served or not. */
  @SuppressWarnings("EmptyCatch")
  private static void call(InetSocketAddress address) throws InterruptedException {
    ConnectionOptions hasty = OPTIONS.withHandshakeTimeout(Duration.ofMillis(20));
    try (Connection connection = Client.connect(address, hasty)) {
      connection.sendBytes(BesiegedServer.KEY);
    } catch (IOException e) {
    }
  }

  /** A client that does not know what it talks to, and may be sent away before it has written. */
  @SuppressWarnings("EmptyCatch")
  private static void probe(InetSocketAddress address) throws ClosedByInterruptException {
    try (SocketChannel stranger = SocketChannel.open(address)) {
      stranger.write(ByteBuffer.wrap("GET / HTTP/1.1".getBytes(StandardCharsets.US_ASCII)));
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
    }
  }
}
