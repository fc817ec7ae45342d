package io.processpool.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a connection does with messages, of whatever kind it is. */
@Timeout(60)
class ConnectionTest {
  private static final byte[] HELLO = "hello".getBytes(UTF_8);

  @ParameterizedTest
  @EnumSource
  void messagesArriveWholeAndInOrder(Ends.Kind kind) throws Exception {
    try (Ends ends = Ends.of(kind)) {
      Random random = new Random(1);
      byte[][] messages = new byte[300][];
      for (int i = 0; i < messages.length; i++) {
        messages[i] = new byte[i % 10 == 0 ? random.nextInt(1_000_000) : random.nextInt(100)];
        random.nextBytes(messages[i]);
      }
      CompletableFuture<Void> sent =
          inBackground(
              () -> {
                for (byte[] message : messages) {
                  ends.first().sendBytes(message);
                }
              });
      for (byte[] message : messages) {
        assertThat(ends.second().recvBytes()).isEqualTo(message);
      }
      sent.get();
    }
  }

  @ParameterizedTest
  @EnumSource
  void emptyMessagesCount(Ends.Kind kind) throws Exception {
    try (Ends ends = Ends.of(kind)) {
      assertThat(ends.second().poll()).isFalse();
      ends.first().sendBytes(new byte[0]);
      assertThat(ends.second().poll(null)).isTrue();
      assertThat(ends.second().poll()).isTrue();
      assertThat(ends.second().recvBytes(0)).isEmpty();
      assertThat(ends.second().poll()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void partsOfArraysAreSentAndFilled(Ends.Kind kind) throws Exception {
    try (Ends ends = Ends.of(kind)) {
      ends.first().sendBytes(HELLO, 1);
      ends.first().sendBytes(HELLO, 1, 2);
      ends.first().sendBytes(HELLO, 5);
      byte[] room = new byte[6];
      assertThat(ends.second().recvBytesInto(room, 2)).isEqualTo(4);
      assertThat(room).isEqualTo("\0\0ello".getBytes(UTF_8));
      assertThat(ends.second().recvBytesInto(room)).isEqualTo(2);
      assertThat(room).isEqualTo("elello".getBytes(UTF_8));
      assertThat(ends.second().recvBytesInto(room, 6)).isZero();
    }
  }

  @Test
  void partsThatAreNoneAreRefused() throws Exception {
    try (Ends ends = Ends.of(Ends.Kind.PIPE)) {
      Connection connection = ends.first();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> connection.sendBytes(HELLO, -1))
          .withMessage("offset must be from 0 to 5, the length of the array: -1");
      assertThatIllegalArgumentException().isThrownBy(() -> connection.sendBytes(HELLO, 6));
      assertThatIllegalArgumentException().isThrownBy(() -> connection.sendBytes(HELLO, 6, 0));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> connection.sendBytes(HELLO, 2, 4))
          .withMessage("size must be from 0 to 3, which are left from offset 2: 4");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> connection.sendBytes(HELLO, 2, Integer.MAX_VALUE));
      assertThatIllegalArgumentException().isThrownBy(() -> connection.sendBytes(HELLO, 2, -1));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> connection.recvBytes(-1))
          .withMessage("maxLength must be 0 or more: -1");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> connection.recvTo(OutputStream.nullOutputStream(), -1));
      assertThatIllegalArgumentException().isThrownBy(() -> connection.recvBytesInto(HELLO, -1));
      assertThatIllegalArgumentException().isThrownBy(() -> connection.recvBytesInto(HELLO, 6));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> connection.sendFrom(InputStream.nullInputStream(), -1));
      connection.sendBytes(HELLO);
      assertThat(ends.second().recvBytes()).isEqualTo(HELLO);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatDoesNotFitIsInTheException(Ends.Kind kind) throws Exception {
    try (Ends ends = Ends.of(kind)) {
      ends.first().sendBytes(HELLO);
      ends.first().sendBytes(HELLO);
      assertThatThrownBy(() -> ends.second().recvBytesInto(new byte[6], 2))
          .isInstanceOfSatisfying(
              BufferTooShortException.class, e -> assertThat(e.receivedMessage()).isEqualTo(HELLO))
          .hasMessage("a message of 5 bytes does not fit the room for 4");
      assertThat(ends.second().recvBytes()).isEqualTo(HELLO);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMessageThatIsTooLongEndsReceivingButNotSending(Ends.Kind kind) throws Exception {
    try (Ends ends = Ends.of(kind)) {
      ends.first().sendBytes(HELLO);
      assertThatThrownBy(() -> ends.second().recvBytes(4))
          .isInstanceOf(IOException.class)
          .hasMessage("bad message length: 5 bytes, and at most 4 are allowed");
      assertThat(ends.second().isReadable()).isFalse();
      assertThatThrownBy(ends.second()::recvBytes)
          .hasMessage("the connection is not readable: a message was longer than allowed");
      assertThatThrownBy(ends.second()::poll).isInstanceOf(IOException.class);
      ends.second().sendBytes(HELLO);
      assertThat(ends.first().recvBytes(5)).isEqualTo(HELLO);
    }
  }

  @Test
  void aMessageThatIsTooLongClosesAPipeOfOneWay() throws Exception {
    try (Pipe pipe = Pipe.oneWay()) {
      pipe.second().sendBytes(HELLO);
      assertThatThrownBy(() -> pipe.first().recvBytes(4))
          .hasMessageContaining("bad message length");
      assertThat(pipe.first().isClosed()).isTrue();
      assertThatThrownBy(pipe.first()::recvBytes).hasMessage("the connection is closed");
    }
  }

  @Test
  void aPipeOfOneWayHasOneWay() throws Exception {
    try (Pipe pipe = Pipe.oneWay()) {
      assertThat(pipe.first().isReadable()).isTrue();
      assertThat(pipe.first().isWritable()).isFalse();
      assertThat(pipe.second().isReadable()).isFalse();
      assertThat(pipe.second().isWritable()).isTrue();
      assertThatThrownBy(() -> pipe.first().sendBytes(HELLO))
          .isInstanceOf(IOException.class)
          .hasMessage("the connection is not writable: it is the receiving end of a pipe");
      assertThatThrownBy(pipe.second()::poll)
          .isInstanceOf(IOException.class)
          .hasMessage("the connection is not readable: it is the sending end of a pipe");
      pipe.second().sendBytes(HELLO);
      assertThat(pipe.first().recvBytes()).isEqualTo(HELLO);
      pipe.second().close();
      assertThatThrownBy(pipe.first()::recvBytes).isInstanceOf(EOFException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theEndComesAfterWhatWasSent(Ends.Kind kind) throws Exception {
    try (Ends ends = Ends.of(kind)) {
      ends.first().sendBytes(HELLO);
      ends.first().close();
      assertThat(ends.second().recvBytes()).isEqualTo(HELLO);
      assertThat(ends.second().poll()).isTrue();
      assertThatThrownBy(ends.second()::recvBytes).isInstanceOf(EOFException.class);
      assertThatThrownBy(ends.second()::recvBytes).isInstanceOf(EOFException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aClosedConnectionDoesNothing(Ends.Kind kind) throws Exception {
    try (Ends ends = Ends.of(kind)) {
      ends.first().close();
      ends.first().close();
      assertThat(ends.first().isClosed()).isTrue();
      for (Act act :
          new Act[] {
            () -> ends.first().sendBytes(HELLO),
            () -> ends.first().recvBytes(),
            () -> ends.first().poll(null),
            () -> ends.first().recvTo(OutputStream.nullOutputStream()),
            () -> ends.first().send("hello"),
          }) {
        assertThatThrownBy(act::run)
            .isInstanceOf(IOException.class)
            .hasMessage("the connection is closed");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void streamsCarryMessagesOfAllSizes(Ends.Kind kind) throws Exception {
    byte[] large = new byte[3_000_000];
    new Random(2).nextBytes(large);
    try (Ends ends = Ends.of(kind)) {
      for (byte[] message : new byte[][] {{}, HELLO, large}) {
        CompletableFuture<Void> sent =
            inBackground(
                () -> ends.first().sendFrom(new ByteArrayInputStream(message), message.length));
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        assertThat(ends.second().recvTo(received, message.length)).isEqualTo(message.length);
        assertThat(received.toByteArray()).isEqualTo(message);
        sent.get();
      }
    }
  }

  @Test
  void aMessageMayHaveFiveGibibytes() throws Exception {
    long size = 5L << 30;
    try (Ends ends = Ends.of(Ends.Kind.UNIX)) {
      CompletableFuture<Void> sent =
          inBackground(() -> ends.first().sendFrom(new Sevens(size), size));
      assertThatThrownBy(() -> ends.second().recvBytesInto(new byte[10]))
          .hasMessageContaining("does not fit an array");
      assertThat(ends.second().recvTo(OutputStream.nullOutputStream(), size)).isEqualTo(size);
      sent.get();
      assertThat(ends.second().poll()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSourceThatEndsEarlyBreaksTheMessageOff(Ends.Kind kind) throws Exception {
    try (Ends ends = Ends.of(kind)) {
      assertThatThrownBy(() -> ends.first().sendFrom(new Sevens(10), 20))
          .isInstanceOf(EOFException.class)
          .hasMessage("the source ended after 10 of 20 bytes");
      ends.first().sendBytes(HELLO); // for nothing had been sent
      assertThat(ends.second().recvBytes()).isEqualTo(HELLO);

      CompletableFuture<Void> received =
          inBackground(() -> ends.second().recvTo(OutputStream.nullOutputStream()));
      assertThatThrownBy(() -> ends.first().sendFrom(new Sevens(1_000_000), 2_000_000))
          .isInstanceOf(EOFException.class);
      assertThatThrownBy(received::get).hasMessageContaining("got end of file during message");
      assertThat(ends.first().isWritable()).isFalse();
      assertThatThrownBy(() -> ends.first().sendBytes(HELLO))
          .hasMessage("the connection is not writable: a message was sent in part");
      ends.second().sendBytes(HELLO);
      assertThat(ends.first().recvBytes()).isEqualTo(HELLO);
    }
  }

  @Test
  void aSinkThatFailsEndsReceiving() throws Exception {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("full");
          }
        };
    try (Ends ends = Ends.of(Ends.Kind.UNIX)) {
      ends.first().sendBytes(HELLO);
      assertThatThrownBy(() -> ends.second().recvTo(full)).hasMessage("full");
      assertThatThrownBy(ends.second()::recvBytes)
          .hasMessage("the connection is not readable: a message was taken in part");
    }
  }

  @Test
  void severalThreadsMaySendAndReceive() throws Exception {
    int each = 500;
    try (Ends ends = Ends.of(Ends.Kind.TCP)) {
      CompletableFuture<?>[] senders = new CompletableFuture<?>[4];
      for (int i = 0; i < senders.length; i++) {
        byte[] message = new byte[i * 10_000 + 1];
        Arrays.fill(message, (byte) i);
        senders[i] =
            inBackground(
                () -> {
                  for (int n = 0; n < each; n++) {
                    ends.first().sendBytes(message);
                  }
                });
      }
      CompletableFuture<?>[] receivers = new CompletableFuture<?>[2];
      for (int i = 0; i < receivers.length; i++) {
        receivers[i] =
            inBackground(
                () -> {
                  for (int n = 0; n < senders.length * each / 2; n++) {
                    byte[] message = ends.second().recvBytes();
                    byte[] expected = new byte[message[0] * 10_000 + 1];
                    Arrays.fill(expected, message[0]);
                    assertThat(message).isEqualTo(expected);
                  }
                });
      }
      CompletableFuture.allOf(senders).get();
      CompletableFuture.allOf(receivers).get();
      assertThat(ends.second().poll()).isFalse();
    }
  }

  /** A connection, and the bytes that the other end writes itself. */
  private record Raw(Connection connection, SocketChannel socket) implements AutoCloseable {
    static Raw open(Path directory) throws IOException {
      UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("raw"));
      try (ServerSocketChannel server =
          ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
        server.bind(address);
        SocketChannel client = SocketChannel.open(address);
        return new Raw(Connection.of(server.accept(), ConnectionOptions.defaults()), client);
      }
    }

    void write(int... bytes) throws IOException {
      ByteBuffer buffer = ByteBuffer.allocate(bytes.length);
      for (int b : bytes) {
        buffer.put((byte) b);
      }
      socket.write(buffer.flip());
    }

    @Override
    public void close() throws IOException {
      connection.close();
      socket.close();
    }
  }

  @Test
  void aSocketMadeElsewhereDoesNotWaitForMoreToSend() throws Exception {
    try (ServerSocketChannel server = ServerSocketChannel.open().bind(Ends.loopback());
        SocketChannel socket = SocketChannel.open(server.getLocalAddress());
        Connection connection = Connection.of(socket, ConnectionOptions.defaults())) {
      assertThat(socket.getOption(StandardSocketOptions.TCP_NODELAY)).isTrue();
      assertThat(connection.remoteAddress()).hasValue(server.getLocalAddress());
    }
  }

  @Test
  void theLongFormIsTakenForAnySize(@TempDir Path directory) throws Exception {
    try (Raw raw = Raw.open(directory)) {
      raw.write(-1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 2, 'h', 'i');
      assertThat(raw.connection().recvBytes()).isEqualTo("hi".getBytes(UTF_8));
      raw.write(-1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0);
      assertThat(raw.connection().recvBytes()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-2, Integer.MIN_VALUE, -1})
  void aLengthThatIsNoneIsAProtocolError(int length, @TempDir Path directory) throws Exception {
    try (Raw raw = Raw.open(directory)) {
      raw.socket().write(ByteBuffer.allocate(12).putInt(length).putLong(-5).flip());
      assertThatThrownBy(raw.connection()::recvBytes)
          .isInstanceOf(ProtocolException.class)
          .hasMessageContaining(length == -1 ? "-1 and -5" : "bad message length: " + length);
      assertThat(raw.connection().isReadable()).isFalse();
    }
  }

  @Test
  void alsoAPartOfAHeaderIsSomethingToReceive(@TempDir Path directory) throws Exception {
    try (Raw raw = Raw.open(directory)) {
      raw.write(0, 0);
      assertThat(raw.connection().poll(null)).isTrue();
      raw.write(0, 1);
      raw.write('x');
      assertThat(raw.connection().recvBytes()).isEqualTo(new byte[] {'x'});
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 5})
  void theEndWithinAMessageIsAnError(int sent, @TempDir Path directory) throws Exception {
    try (Raw raw = Raw.open(directory)) {
      raw.socket().write(ByteBuffer.wrap(new byte[] {0, 0, 0, 2, 'h', 'i'}, 0, sent));
      raw.socket().close();
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(raw.connection()::recvBytes)
            .isNotInstanceOf(EOFException.class)
            .hasMessage("got end of file during message");
      }
    }
  }

  @Test
  void aLengthAloneTakesNoMemory(@TempDir Path directory) throws Exception {
    try (Raw raw = Raw.open(directory)) {
      CountDownLatch begun = new CountDownLatch(1);
      CompletableFuture<Long> allocated = new CompletableFuture<>();
      Thread receiver =
          new Thread(
              () -> {
                begun.countDown();
                try {
                  raw.connection().recvBytes();
                } catch (IOException | InterruptedException e) {
                  allocated.complete(Allocation.ofThisThread());
                }
              });
      receiver.start();
      begun.await();
      raw.socket().write(ByteBuffer.allocate(5).putInt(Integer.MAX_VALUE - 8).put((byte) 1).flip());
      raw.socket().close();
      assertThat(allocated.get()).isLessThan(10_000_000);
    }
  }

  @ParameterizedTest
  @EnumSource
  void thePeerThatIsGoneIsNotSentTo(Ends.Kind kind) throws Exception {
    try (Ends ends = Ends.of(kind)) {
      ends.second().close();
      assertThatThrownBy(
              () -> {
                while (true) {
                  ends.first().sendBytes(new byte[100_000]);
                }
              })
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void pollWaitsForTheTimeItIsGiven() throws Exception {
    try (Ends ends = Ends.of(Ends.Kind.UNIX)) {
      long start = System.nanoTime();
      assertThat(ends.first().poll(Duration.ofMillis(50))).isFalse();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(45));
      assertThat(ends.first().poll(Duration.ofSeconds(-1))).isFalse();
      ends.second().sendBytes(HELLO);
      assertThat(ends.first().poll(Duration.ofSeconds(Long.MAX_VALUE))).isTrue();
    }
  }

  /** Something that may fail. */
  interface Act {
    void run() throws Exception;
  }

  static CompletableFuture<Void> inBackground(Act act) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                act.run();
                done.complete(null);
              } catch (Throwable e) {
                done.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return done;
  }

  @Test
  void theLongestTimesAreNotTooLong() throws Exception {
    try (Ends ends = Ends.of(Ends.Kind.PIPE)) {
      for (long nanos : new long[] {Long.MAX_VALUE, Long.MAX_VALUE - 1}) {
        CompletableFuture<Void> polling =
            inBackground(() -> ends.first().poll(Duration.ofNanos(nanos)));
        ends.second().sendBytes(HELLO);
        polling.get();
        assertThat(ends.first().recvBytes()).isEqualTo(HELLO);
      }
    }
  }
}
