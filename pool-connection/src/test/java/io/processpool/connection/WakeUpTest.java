package io.processpool.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.processpool.connection.ConnectionTest.Act;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Threads that wait are woken up by an interrupt, and by the closing of what they wait for. */
@Timeout(60)
class WakeUpTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Native methods that threads are in while they wait, for a channel, a lock or a listener. */
  private static final Set<String> WAITING = Set.of("wait", "wait0", "park", "connect0");

  /** A thread that waits in some call. */
  private static final class Waiter {
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final Thread thread;

    Waiter(Act call) {
      this.thread =
          new Thread(
              () -> {
                try {
                  call.run();
                  done.complete(null);
                } catch (Throwable e) {
                  done.completeExceptionally(e);
                }
              });
      thread.setDaemon(true);
      thread.start();
      Awaitility.await().atMost(PATIENCE).until(this::waits);
    }

    private boolean waits() {
      return Stream.of(thread.getStackTrace())
          .filter(StackTraceElement::isNativeMethod)
          .map(StackTraceElement::getMethodName)
          .anyMatch(WAITING::contains);
    }

    Throwable end() throws InterruptedException, TimeoutException {
      try {
        done.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return null;
      } catch (ExecutionException e) {
        return e.getCause();
      }
    }

    void interrupt() {
      thread.interrupt();
    }
  }

  /** The calls of a connection that wait. */
  enum Call {
    RECV {
      @Override
      void run(Connection connection) throws Exception {
        connection.recvBytes();
      }
    },
    RECV_INTO {
      @Override
      void run(Connection connection) throws Exception {
        connection.recvBytesInto(new byte[10]);
      }
    },
    POLL {
      @Override
      void run(Connection connection) throws Exception {
        connection.poll(null);
      }
    },
    POLL_FOR_LONG {
      @Override
      void run(Connection connection) throws Exception {
        connection.poll(Duration.ofDays(1));
      }
    },
    WAIT {
      @Override
      void run(Connection connection) throws Exception {
        Connection.wait(List.of(connection, ProcessHandle.of(1).orElseThrow()), null);
      }
    },
    SEND {
      @Override
      void run(Connection connection) throws Exception {
        connection.sendBytes(new byte[1 << 26]);
      }
    };

    abstract void run(Connection connection) throws Exception;
  }

  @ParameterizedTest
  @EnumSource
  void closingWakesUp(Call call) throws Exception {
    for (Ends.Kind kind : Ends.Kind.values()) {
      try (Ends ends = Ends.of(kind)) {
        Waiter waiter = new Waiter(() -> call.run(ends.first()));
        ends.first().close();
        assertThat(waiter.end())
            .isInstanceOf(IOException.class)
            .hasMessage("the connection is closed");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void interruptingWakesUp(Call call) throws Exception {
    for (Ends.Kind kind : Ends.Kind.values()) {
      try (Ends ends = Ends.of(kind)) {
        Waiter waiter = new Waiter(() -> call.run(ends.first()));
        waiter.interrupt();
        assertThat(waiter.end()).isInstanceOf(InterruptedException.class);
        assertThat(ends.first().isClosed()).isFalse();
        ends.second().sendBytes(new byte[] {1});
        assertThat(ends.first().recvBytes()).isEqualTo(new byte[] {1});
        if (call == Call.SEND) {
          assertThat(ends.first().isWritable()).isFalse();
          assertThatThrownBy(ends.second()::recvBytes).hasMessage("got end of file during message");
        } else {
          ends.first().sendBytes(new byte[] {2});
          assertThat(ends.second().recvBytes()).isEqualTo(new byte[] {2});
        }
      }
    }
  }

  @Test
  void closingWakesUpAllWhoWaitForTheirTurn() throws Exception {
    try (Ends ends = Ends.of(Ends.Kind.UNIX)) {
      Waiter first = new Waiter(() -> ends.first().recvBytes());
      Waiter second = new Waiter(() -> ends.first().recvBytes());
      Waiter poller = new Waiter(() -> ends.first().poll(null));
      ends.first().close();
      for (Waiter waiter : List.of(first, second, poller)) {
        assertThat(waiter.end()).hasMessage("the connection is closed");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatAnInterruptedReceiverHasIsTheNextOnes(Ends.Kind kind) throws Exception {
    byte[] message = new byte[3_000_000];
    new Random(3).nextBytes(message);
    try (Ends ends = Ends.of(kind)) {
      PipedOutputStream supply = new PipedOutputStream();
      PipedInputStream source = new PipedInputStream(supply, message.length);
      CompletableFuture<Void> sent =
          ConnectionTest.inBackground(() -> ends.second().sendFrom(source, message.length));
      supply.write(message, 0, 1_000_000);
      assertThat(ends.first().poll(PATIENCE)).isTrue();
      Waiter array = new Waiter(() -> ends.first().recvBytes());
      array.interrupt();
      assertThat(array.end()).isInstanceOf(InterruptedException.class);
      Waiter room = new Waiter(() -> ends.first().recvBytesInto(new byte[message.length]));
      room.interrupt();
      assertThat(room.end()).isInstanceOf(InterruptedException.class);
      assertThat(ends.first().poll()).isTrue();
      supply.write(message, 1_000_000, 2_000_000);
      supply.close();
      byte[] received = new byte[message.length + 1];
      assertThat(ends.first().recvBytesInto(received, 1)).isEqualTo(message.length);
      assertThat(Arrays.copyOfRange(received, 1, received.length)).isEqualTo(message);
      sent.get();
    }
  }

  @Test
  void closingAListenerWakesUpAccept() throws Exception {
    Listener listener = Listener.open();
    Waiter forEver = new Waiter(listener::accept);
    Waiter forLong = new Waiter(() -> listener.accept(Duration.ofDays(1)));
    listener.close();
    assertThat(forEver.end()).isInstanceOf(IOException.class).hasMessage("the listener is closed");
    assertThat(forLong.end()).isInstanceOf(IOException.class).hasMessage("the listener is closed");
    assertThatThrownBy(listener::accept).hasMessage("the listener is closed");
    listener.close();
  }

  @Test
  void interruptingWakesUpAccept() throws Exception {
    try (Listener listener = Listener.open()) {
      Waiter waiter = new Waiter(listener::accept);
      waiter.interrupt();
      assertThat(waiter.end()).isInstanceOf(InterruptedException.class);
      try (Connection client = Client.connect(listener.address());
          Connection accepted = listener.accept(PATIENCE)) {
        client.sendBytes(new byte[] {1});
        assertThat(accepted.recvBytes()).hasSize(1);
      }
    }
  }

  @Test
  void anInterruptFromBeforeLosesNoClientAndNoMessage() throws Exception {
    try (Listener listener = Listener.open();
        Connection client = Client.connect(listener.address())) {
      assertIsInterrupted(() -> listener.accept(PATIENCE));
      try (Connection served = listener.accept(PATIENCE)) {
        assertIsInterrupted(() -> client.sendBytes(new byte[] {1}));
        client.sendBytes(new byte[] {2});
        assertThat(served.poll(PATIENCE)).isTrue();
        assertIsInterrupted(served::recvBytes);
        assertThat(served.recvBytes()).isEqualTo(new byte[] {2});
      }
    }
  }

  private static void assertIsInterrupted(ThrowingCallable call) {
    Thread.currentThread().interrupt();
    assertThatThrownBy(call).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void interruptingWakesUpAClientThatWaitsForAHandshake() throws Exception {
    try (Listener listener = Listener.open()) {
      ConnectionOptions options = ConnectionOptions.authKey(new byte[] {1});
      Waiter waiter = new Waiter(() -> Client.connect(listener.address(), options));
      waiter.interrupt();
      assertThat(waiter.end()).isInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void aListenerThatAcceptsNobodyHoldsNoClientUp(@TempDir Path directory) throws Exception {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("full"));
    try (ServerSocketChannel full = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      full.bind(address, 1);
      SocketChannel first = SocketChannel.open(address);
      SocketChannel second = SocketChannel.open(address);
      Waiter waiter = new Waiter(() -> Client.connect(address));
      waiter.interrupt();
      assertThat(waiter.end()).isInstanceOf(InterruptedException.class);
      ConnectionOptions hasty =
          ConnectionOptions.defaults().withHandshakeTimeout(Duration.ofMillis(100));
      assertThatThrownBy(() -> Client.connect(address, hasty))
          .isInstanceOf(ConnectException.class)
          .hasMessage("no connection to " + address + " within PT0.1S");
      first.close();
      second.close();
    }
  }

  @Test
  void closingWakesUpThoseBehindASlowStream() throws Exception {
    try (Ends ends = Ends.of(Ends.Kind.UNIX);
        PipedInputStream silent = new PipedInputStream(new PipedOutputStream())) {
      CompletableFuture<Void> sending =
          ConnectionTest.inBackground(() -> ends.first().sendFrom(silent, 10));
      Waiter behind =
          new Waiter(
              () -> {
                while (!sending.isDone()) {
                  ends.first().sendBytes(new byte[1]);
                }
              });
      ends.first().close();
      assertThat(behind.end()).hasMessage("the connection is closed");
    }
  }
}
