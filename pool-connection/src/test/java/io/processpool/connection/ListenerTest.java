package io.processpool.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where listeners listen, and what they do with those who come. */
@Timeout(60)
class ListenerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final byte[] KEY = "the key".getBytes(UTF_8);
  private static final ConnectionOptions WITH_KEY = ConnectionOptions.authKey(KEY);

  @Test
  void byItselfItListensWhereOnlyThisUserCanCome() throws Exception {
    Path socket;
    try (Listener listener = Listener.open()) {
      socket = ((UnixDomainSocketAddress) listener.address()).getPath();
      Path directory = socket.getParent();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
          .isEqualTo("rwx------");
      assertThat(socket).exists();
    }
    assertThat(socket).doesNotExist();
    assertThat(socket.getParent()).doesNotExist();
  }

  @Test
  void closingRemovesTheFileButNoOther(@TempDir Path directory) throws Exception {
    Path path = directory.resolve("socket");
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(path);
    Listener.open(address, WITH_KEY).close();
    assertThat(path).doesNotExist();
    Listener first = Listener.open(address, WITH_KEY);
    Files.delete(path);
    try (Listener second = Listener.open(address, WITH_KEY)) {
      first.close();
      assertThat(path).exists();
      Client.connect(second.address(), WITH_KEY).close();
    }
    assertThat(path).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource
  void anAddressIsForOne(Transport transport) throws Exception {
    try (Listener listener = transport.listen(WITH_KEY)) {
      SocketAddress address = listener.address();
      assertThatThrownBy(() -> Listener.open(address, WITH_KEY))
          .isInstanceOf(BindException.class)
          .hasMessageContaining("cannot listen at " + address);
      Client.connect(address, WITH_KEY).close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::"})
  void otherMachinesNeedAKey(String host) throws Exception {
    InetSocketAddress everywhere = new InetSocketAddress(host, 0);
    for (ConnectionOptions options :
        List.of(
            ConnectionOptions.defaults(),
            ConnectionOptions.authKey(new byte[0]),
            ConnectionOptions.authKey(new byte[64]))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Listener.open(everywhere, options))
          .withMessageContaining("allowUnauthenticated")
          .withMessageContaining(everywhere.toString());
      Listener.open(everywhere, options.allowUnauthenticated()).close();
    }
    Listener.open(everywhere, WITH_KEY).close();
  }

  @Test
  void addressesThatAreNoneAreRefused() {
    assertThatThrownBy(
            () -> Listener.open(InetSocketAddress.createUnresolved("nowhere", 1), WITH_KEY))
        .isInstanceOf(UnknownHostException.class)
        .hasMessageContaining("nowhere");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Listener.open(UnixDomainSocketAddress.of(""), WITH_KEY));
    SocketAddress other =
        new SocketAddress() {
          @Override
          public String toString() {
            return "other";
          }
        };
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Client.connect(other))
        .withMessage("address must be an InetSocketAddress or a UnixDomainSocketAddress: other");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Listener.open(Ends.loopback(), WITH_KEY, 0))
        .withMessage("backlog must be 1 or more: 0");
  }

  @ParameterizedTest
  @EnumSource
  void whereNobodyListensNobodyConnects(Transport transport) throws Exception {
    Listener closed = transport.listen(WITH_KEY);
    closed.close();
    assertThatThrownBy(() -> Client.connect(closed.address(), WITH_KEY))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining(closed.address().toString());
  }

  @Test
  void itTellsWhoWasAcceptedLast() throws Exception {
    try (Listener listener = Listener.open(Ends.loopback(), WITH_KEY)) {
      assertThat(listener.lastAccepted()).isEmpty();
      try (Connection client = Client.connect(listener.address(), WITH_KEY);
          Connection accepted = listener.accept(PATIENCE)) {
        assertThat(client.remoteAddress()).contains(listener.address());
        assertThat(listener.lastAccepted()).isEqualTo(accepted.remoteAddress()).isNotEmpty();
      }
    }
  }

  @Test
  void acceptHasATimeout() throws Exception {
    try (Listener listener = Listener.open()) {
      assertThatThrownBy(() -> listener.accept(Duration.ofMillis(20)))
          .isInstanceOf(TimeoutException.class);
      assertThatThrownBy(() -> listener.accept(Duration.ofMillis(-20)))
          .isInstanceOf(TimeoutException.class);
    }
  }

  @Test
  void whoIsNotAcceptedYetIsSentAwayAtTheEnd() throws Exception {
    Listener listener = Listener.open(WITH_KEY);
    try (Connection client = Client.connect(listener.address(), WITH_KEY)) {
      listener.close();
      assertThatThrownBy(client::recvBytes).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void whatIsSentRightAfterTheHandshakeIsThere() throws Exception {
    try (Listener listener = Listener.open(WITH_KEY);
        Connection client = Client.connect(listener.address(), WITH_KEY)) {
      for (int i = 0; i < 200; i++) {
        client.sendBytes(new byte[i]);
      }
      try (Connection accepted = listener.accept(PATIENCE)) {
        for (int i = 0; i < 200; i++) {
          assertThat(accepted.recvBytes()).hasSize(i);
        }
      }
    }
  }

  @Test
  void aFullLobbyHoldsUpButLosesNobody() throws Exception {
    try (Listener listener = Listener.open(Ends.loopback(), ConnectionOptions.defaults(), 2)) {
      List<Connection> clients = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        clients.add(Client.connect(listener.address()));
        clients.get(i).sendBytes(new byte[i]);
      }
      for (int i = 0; i < 4; i++) {
        try (Connection accepted = listener.accept(PATIENCE)) {
          assertThat(accepted.recvBytes()).hasSize(i);
        }
      }
      clients.forEach(Connection::close);
    }
  }

  private static SocketChannel raw(Listener listener) throws IOException {
    return SocketChannel.open(listener.address());
  }

  private static void serves(Listener listener) throws Exception {
    serves(listener, WITH_KEY);
  }

  /** Checks that a client with the key is served. */
  static void serves(Listener listener, ConnectionOptions options) throws Exception {
    try (Connection client = Client.connect(listener.address(), options);
        Connection accepted = listener.accept(PATIENCE)) {
      client.sendBytes(KEY);
      assertThat(accepted.recvBytes()).isEqualTo(KEY);
    }
  }

  @ParameterizedTest
  @EnumSource
  void silentClientsHoldNobodyUp(Transport transport) throws Exception {
    ConnectionOptions options = WITH_KEY.withHandshakeTimeout(Duration.ofSeconds(1));
    try (Listener listener = transport.listen(options)) {
      List<SocketChannel> silent = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        silent.add(raw(listener));
      }
      serves(listener);
      Awaitility.await().atMost(PATIENCE).until(() -> listener.rejected() == 300);
      for (SocketChannel client : silent) {
        client.close();
      }
      serves(listener);
    }
  }

  @Test
  void aClientThatSendsByteAfterByteHasNoMoreTime() throws Exception {
    ConnectionOptions options = WITH_KEY.withHandshakeTimeout(Duration.ofMillis(500));
    try (Listener listener = Listener.open(options);
        SocketChannel slow = raw(listener)) {
      slow.write(ByteBuffer.wrap(new byte[] {0, 0, 0, (byte) 200}));
      assertThatThrownBy(
              () -> {
                while (true) {
                  slow.write(ByteBuffer.wrap(new byte[] {'x'}));
                  Thread.sleep(20);
                }
              })
          .isInstanceOf(IOException.class);
      assertThat(listener.rejected()).isEqualTo(1);
      serves(listener);
    }
  }

  @ParameterizedTest
  @EnumSource
  void probesOfThePortAreNotHeardOf(Transport transport) throws Exception {
    try (Listener listener = transport.listen(WITH_KEY)) {
      for (int i = 0; i < 200; i++) {
        SocketChannel probe = raw(listener);
        if (transport == Transport.TCP && i % 2 == 0) {
          probe.setOption(java.net.StandardSocketOptions.SO_LINGER, 0); // a reset
        }
        probe.close();
      }
      serves(listener);
      Awaitility.await().atMost(PATIENCE).until(() -> listener.rejected() == 200);
      assertThatThrownBy(() -> listener.accept(Duration.ZERO)).isInstanceOf(TimeoutException.class);
    }
  }

  @Test
  void strangersTakeNoMoreThanAFixedAmountOfMemory() throws Exception {
    int strangers = 500;
    try (Listener listener = Listener.open(WITH_KEY)) {
      serves(listener);
      long thread = Threads.listener();
      long before = Allocation.of(thread);
      for (int i = 0; i < strangers; i++) {
        try (SocketChannel stranger = raw(listener)) {
          ByteBuffer bytes = ByteBuffer.allocate(4000);
          switch (i % 4) {
            case 0 -> bytes.putInt(Integer.MAX_VALUE);
            case 1 -> bytes.putInt(-1).putLong(Long.MAX_VALUE);
            case 2 -> bytes.putInt(257);
            default -> bytes.putInt(256);
          }
          stranger.write(bytes.clear());
          // until it is sent away
          ByteBuffer end = ByteBuffer.allocate(1000);
          try {
            while (stranger.read(end) >= 0) {}
          } catch (IOException e) {
            assertThat(e).hasMessageContaining("reset");
          }
        }
      }
      Awaitility.await().atMost(PATIENCE).until(() -> listener.rejected() == strangers);
      long each = (Allocation.of(thread) - before) / strangers;
      assertThat(each).isLessThan(16_000);
      serves(listener);
    }
  }

  @Test
  void aListenerThatIsClosedLeavesNoThread() throws Exception {
    Listener listener = Listener.open(Ends.loopback(), WITH_KEY);
    assertThat(Threads.listeners()).hasSize(1);
    listener.close();
    assertThat(Threads.listeners()).isEmpty();
  }

  @Test
  void closingAgainRemovesNothingOfAnother(@TempDir Path directory) throws Exception {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("socket"));
    for (int i = 0; i < 20; i++) {
      Listener first = Listener.open(address, WITH_KEY);
      first.close();
      try (Listener second = Listener.open(address, WITH_KEY)) {
        first.close();
        Client.connect(second.address(), WITH_KEY).close();
      }
    }
  }
}
