package io.processpool.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Conversations with every Python of this machine, at both ends, in both families. */
@Timeout(120)
class PythonTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final byte[] KEY = "the key".getBytes(UTF_8);
  private static final byte[] WRONG = "another key".getBytes(UTF_8);
  private static final byte[] EMPTY = {};
  private static final byte[] LONG = "long ".repeat(100).getBytes(UTF_8);
  private static final String[] SIZES = {
    "0", "1", "0", "255", "16380", "16384", "16385", "65536", "1000001"
  };
  private static final int LARGE = 1 << 24;
  private static final long HUGE = (1L << 31) + 12345;

  static Stream<Arguments> pairs() {
    return Python.all().stream()
        .flatMap(
            python ->
                Stream.of(Transport.values()).map(transport -> Arguments.of(python, transport)));
  }

  /** Every Python, and all transports with one of them. */
  static Stream<Arguments> samples() {
    return pairs()
        .filter(
            pair ->
                List.of(pair.get()).contains(Transport.TCP) || pair.get()[0] == Python.latest());
  }

  static List<Python> pythons() {
    return Python.all();
  }

  private static Connection accept(Listener listener)
      throws IOException, InterruptedException, TimeoutException {
    return listener.accept(PATIENCE);
  }

  private static String[] ask(Listener listener, String key) {
    return Stream.concat(
            Stream.of("client", PythonPeer.address(listener.address()), key, "ask"),
            Stream.of(SIZES))
        .toArray(String[]::new);
  }

  private static void servesClient(Python python, Transport transport, byte[] key)
      throws Exception {
    try (Listener listener = transport.listen(python.options(key));
        PythonPeer peer = python.start(ask(listener, PythonPeer.key(key)));
        Connection connection = accept(listener)) {
      assertThat(Echo.untilClosed(connection)).isEqualTo(SIZES.length);
      assertThat(peer.line()).isEqualTo("answered " + SIZES.length);
    }
  }

  private static void asksListener(Python python, Transport transport, byte[] key)
      throws Exception {
    try (PythonPeer peer =
        python.start("listener", transport.family(), PythonPeer.key(key), "echo")) {
      try (Connection connection = Client.connect(peer.listeningAt(), python.options(key))) {
        for (String size : SIZES) {
          byte[] message = new byte[Integer.parseInt(size)];
          Arrays.fill(message, (byte) 200);
          connection.sendBytes(message);
          assertThat(connection.recvBytes()).isEqualTo(message);
        }
      }
      assertThat(peer.line()).isEqualTo("echoed " + SIZES.length);
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void aClientWithTheKeyIsServed(Python python, Transport transport) throws Exception {
    servesClient(python, transport, KEY);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void aListenerWithTheKeyServes(Python python, Transport transport) throws Exception {
    asksListener(python, transport, KEY);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void anEmptyKeyIsOne(Python python, Transport transport) throws Exception {
    servesClient(python, transport, EMPTY);
    if (python.listensWithEmptyKey()) {
      asksListener(python, transport, EMPTY);
    }
  }

  @ParameterizedTest
  @MethodSource("pythons")
  void aKeyMayBeLongerThanABlockOfTheDigest(Python python) throws Exception {
    servesClient(python, Transport.UNIX, LONG);
    asksListener(python, Transport.UNIX, LONG);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void nobodyNeedsAKey(Python python, Transport transport) throws Exception {
    try (Listener listener = transport.listen(ConnectionOptions.defaults());
        PythonPeer peer = python.start(ask(listener, "-"));
        Connection connection = accept(listener)) {
      assertThat(Echo.untilClosed(connection)).isEqualTo(SIZES.length);
      assertThat(peer.line()).isEqualTo("answered " + SIZES.length);
    }
    try (PythonPeer peer = python.start("listener", transport.family(), "-", "ask", "3");
        Connection connection = Client.connect(peer.listeningAt())) {
      assertThat(Echo.untilClosed(connection)).isEqualTo(1);
      assertThat(peer.line()).isEqualTo("answered 1");
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void aClientWithAnotherKeyIsRejected(Python python, Transport transport) throws Exception {
    try (Listener listener = transport.listen(python.options(KEY));
        PythonPeer peer = python.start(ask(listener, PythonPeer.key(WRONG)));
        PythonPeer other = python.start(ask(listener, PythonPeer.key(EMPTY)))) {
      assertThat(peer.line()).startsWith("AuthenticationError");
      assertThat(other.line()).startsWith("AuthenticationError");
      assertThatThrownBy(() -> listener.accept(Duration.ZERO)).isInstanceOf(TimeoutException.class);
      Awaitility.await().atMost(PATIENCE).until(() -> listener.rejected() == 2);
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void aListenerWithAnotherKeyRejects(Python python, Transport transport) throws Exception {
    for (byte[] key : python.listensWithEmptyKey() ? List.of(WRONG, EMPTY) : List.of(WRONG)) {
      try (PythonPeer peer =
          python.start("listener", transport.family(), PythonPeer.key(key), "echo")) {
        SocketAddress address = peer.listeningAt();
        assertThatThrownBy(() -> Client.connect(address, python.options(KEY)))
            .isInstanceOf(AuthenticationException.class)
            .hasMessage("the other end does not accept the proof: do both have the same key?");
        assertThat(peer.line()).startsWith("AuthenticationError");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pythons")
  void aListenerWithoutAKeyDoesNotHoldUpAClientWithOne(Python python) throws Exception {
    try (PythonPeer peer = python.start("listener", "AF_UNIX", "-", "wait_for_end")) {
      SocketAddress address = peer.listeningAt();
      ConnectionOptions options = python.options(KEY).withHandshakeTimeout(Duration.ofMillis(300));
      assertThatThrownBy(() -> Client.connect(address, options))
          .isInstanceOf(AuthenticationException.class)
          .hasMessageContaining("has it no key?");
      assertThat(peer.line()).isEqualTo("ended");
    }
  }

  @ParameterizedTest
  @MethodSource("pythons")
  void md5IsRefusedUnlessItIsAllowed(Python python) throws Exception {
    if (python.isModern()) {
      return;
    }
    ConnectionOptions modern = ConnectionOptions.authKey(KEY);
    try (PythonPeer peer = python.start("listener", "AF_UNIX", PythonPeer.key(KEY), "echo")) {
      SocketAddress address = peer.listeningAt();
      assertThatThrownBy(() -> Client.connect(address, modern))
          .isInstanceOf(AuthenticationException.class)
          .hasMessageContaining("needs allowLegacyDigest");
    }
    try (Listener listener = Transport.UNIX.listen(modern);
        PythonPeer peer = python.start(ask(listener, PythonPeer.key(KEY)))) {
      assertThat(peer.line()).startsWith("AuthenticationError");
      Awaitility.await().atMost(PATIENCE).until(() -> listener.rejected() == 1);
    }
  }

  @ParameterizedTest
  @MethodSource("pythons")
  void everyDigestIsUnderstood(Python python) throws Exception {
    python.require(12);
    for (Digest digest : Digest.values()) {
      try (PythonPeer peer =
          python.start("listener", "AF_UNIX", PythonPeer.key(KEY), "deliver", digest.wireName())) {
        ConnectionOptions options = ConnectionOptions.authKey(KEY).allowLegacyDigest();
        Client.connect(peer.listeningAt(), options).close();
        assertThat(peer.line()).as(digest::toString).isEqualTo("echoed 0");
      }
      if (digest != Digest.MD5) {
        try (Listener listener =
                Transport.UNIX.listen(ConnectionOptions.authKey(KEY).withDigest(digest));
            PythonPeer peer = python.start(ask(listener, PythonPeer.key(KEY)));
            Connection connection = accept(listener)) {
          assertThat(Echo.untilClosed(connection)).isEqualTo(SIZES.length);
          assertThat(peer.line()).isEqualTo("answered " + SIZES.length);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void partsOfBuffersTravel(Python python, Transport transport) throws Exception {
    try (Listener listener = transport.listen(python.options(KEY));
        PythonPeer peer =
            python.start(
                "client", PythonPeer.address(listener.address()), PythonPeer.key(KEY), "ask_into");
        Connection connection = accept(listener)) {
      assertThat(Echo.untilClosed(connection)).isEqualTo(3);
      assertThat(peer.line()).isEqualTo("too short");
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void sixteenMebibytesComeBack(Python python, Transport transport) throws Exception {
    try (Listener listener = transport.listen(python.options(KEY));
        PythonPeer peer =
            python.start(
                "client",
                PythonPeer.address(listener.address()),
                PythonPeer.key(KEY),
                "ask",
                "" + LARGE);
        Connection connection = accept(listener)) {
      assertThat(Echo.untilClosed(connection)).isEqualTo(1);
      assertThat(peer.line()).isEqualTo("answered 1");
    }
    try (PythonPeer peer =
            python.start("listener", transport.family(), PythonPeer.key(KEY), "echo");
        Connection connection = Client.connect(peer.listeningAt(), python.options(KEY))) {
      byte[] message = new byte[LARGE];
      new Random(LARGE).nextBytes(message);
      connection.sendBytes(message);
      assertThat(connection.recvBytes()).isEqualTo(message);
    }
  }

  @ParameterizedTest
  @EnumSource
  void messagesBeyondTwoGibibytesTravel(Transport transport) throws Exception {
    Python python = Python.latest();
    python.require(8); // those before cannot
    try (Listener listener = transport.listen(python.options(KEY));
        PythonPeer peer =
            python.start(
                "client",
                PythonPeer.address(listener.address()),
                PythonPeer.key(KEY),
                "give_huge",
                "" + HUGE);
        Connection connection = accept(listener)) {
      assertThatThrownBy(connection::recvBytes)
          .hasMessageContaining(HUGE + " bytes does not fit an array: receive it with recvTo");
      assertThat(connection.recvTo(OutputStream.nullOutputStream())).isEqualTo(HUGE);
      assertThat(peer.line()).isEqualTo("gave " + HUGE);
    }
    try (PythonPeer peer =
            python.start("listener", transport.family(), PythonPeer.key(KEY), "take_huge");
        Connection connection = Client.connect(peer.listeningAt(), python.options(KEY))) {
      connection.sendFrom(new Sevens(HUGE), HUGE);
      assertThat(peer.line()).isEqualTo("took " + HUGE + " " + HUGE);
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aClientMayVanishAnywhere(Python python, Transport transport) throws Exception {
    int handshake = handshakeBytes(python);
    int end = handshake + 9; // of a message of five bytes
    try (Listener listener = transport.listen(python.options(KEY));
        PythonPeer peer =
            python.start(
                "client",
                PythonPeer.address(listener.address()),
                PythonPeer.key(KEY),
                "vanish",
                "0",
                "" + (end + 1))) {
      for (int sent = handshake; sent <= end; sent++) {
        try (Connection connection = accept(listener)) {
          checkCut(connection, sent - handshake);
        }
      }
      assertThat(peer.exitStatus()).isZero();
      Awaitility.await().atMost(PATIENCE).until(() -> listener.rejected() == handshake);
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aListenerMayVanishAnywhere(Python python, Transport transport) throws Exception {
    int handshake = handshakeBytes(python);
    int end = handshake + 9;
    try (PythonPeer peer =
        python.start(
            "listener", transport.family(), PythonPeer.key(KEY), "vanish", "0", "" + (end + 1))) {
      SocketAddress address = peer.listeningAt();
      // when it has sent its part of the handshake, it may be gone before it is sent the rest
      for (int sent = 0; sent <= handshake; sent++) {
        assertThatThrownBy(() -> connectAndReceive(address, python.options(KEY)))
            .as("after %d bytes", sent)
            .isInstanceOf(IOException.class);
      }
      for (int sent = handshake + 1; sent <= end; sent++) {
        try (Connection connection = Client.connect(address, python.options(KEY))) {
          checkCut(connection, sent - handshake);
        }
      }
      assertThat(peer.exitStatus()).isZero();
    }
  }

  private static void connectAndReceive(SocketAddress address, ConnectionOptions options)
      throws IOException, InterruptedException {
    try (Connection connection = Client.connect(address, options)) {
      connection.recvBytes();
    }
  }

  /** How many bytes a Python sends in a handshake. */
  private static int handshakeBytes(Python python) {
    int welcome = 4 + "#WELCOME#".length();
    int challenge = 4 + "#CHALLENGE#".length() + (python.isModern() ? 48 : 20);
    int response = 4 + (python.isModern() ? "{sha256}".length() + 32 : 16);
    return welcome + challenge + response;
  }

  private static void checkCut(Connection connection, int sent) throws Exception {
    if (sent == 0) {
      assertThatThrownBy(connection::recvBytes).isInstanceOf(EOFException.class);
    } else if (sent < 9) {
      assertThatThrownBy(connection::recvBytes)
          .as("after %d bytes", sent)
          .isNotInstanceOf(EOFException.class)
          .isInstanceOf(IOException.class);
    } else {
      assertThat(connection.recvBytes()).isEqualTo("hello".getBytes(UTF_8));
      assertThatThrownBy(connection::recvBytes).isInstanceOf(EOFException.class);
    }
  }
}
