package io.processpool.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Bytes that nobody should send, in a handshake and as messages: 60,000 and 60,000 inputs, the same
 * in each run. Each is a conversation that was good, with something changed; whatever comes of it
 * is an exception or a message, at once, and takes no more memory than was sent.
 */
@Timeout(120)
class FuzzTest {
  private static final int INPUTS = 60_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final byte[] KEY = "the key".getBytes(US_ASCII);
  private static final ConnectionOptions OPTIONS =
      ConnectionOptions.authKey(KEY).allowLegacyDigest();

  private static byte[] frame(byte[] message) {
    return ByteBuffer.allocate(4 + message.length).putInt(message.length).put(message).array();
  }

  private static byte[] longFrame(byte[] message) {
    return ByteBuffer.allocate(12 + message.length)
        .putInt(-1)
        .putLong(message.length)
        .put(message)
        .array();
  }

  private static byte[] text(String start, int more, Random random) {
    byte[] rest = new byte[more];
    random.nextBytes(rest);
    byte[] bytes = Arrays.copyOf(start.getBytes(US_ASCII), start.length() + more);
    System.arraycopy(rest, 0, bytes, start.length(), more);
    return bytes;
  }

  /** What a client may send in a handshake, but for the proof, which it cannot have. */
  private static byte[] handshake(Random random) {
    String[] starts = {
      "{sha256}", "{md5}", "{sha384}", "{sha3_256}", "{", "", "#CHALLENGE#{sha256}", "#WELCOME#"
    };
    byte[] proof = text(starts[random.nextInt(starts.length)], random.nextInt(60), random);
    byte[] all = random.nextInt(4) == 0 ? longFrame(proof) : frame(proof);
    for (int i = random.nextInt(3); i > 0; i--) {
      byte[] more = frame(text(starts[random.nextInt(starts.length)], random.nextInt(300), random));
      int end = all.length;
      all = Arrays.copyOf(all, end + more.length);
      System.arraycopy(more, 0, all, end, more.length);
    }
    return changed(all, random);
  }

  private static byte[] messages(Random random) {
    ByteBuffer all = ByteBuffer.allocate(4000);
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      byte[] message = text("", random.nextInt(8) == 0 ? 800 : random.nextInt(20), random);
      all.put(random.nextInt(4) == 0 ? longFrame(message) : frame(message));
    }
    return changed(Arrays.copyOf(all.array(), all.position()), random);
  }

  /** Cuts, flips, sets and inserts. */
  private static byte[] changed(byte[] bytes, Random random) {
    byte[] changed = bytes.clone();
    for (int i = random.nextInt(4); i > 0 && changed.length > 0; i--) {
      int at = random.nextInt(changed.length);
      switch (random.nextInt(5)) {
        case 0 -> changed = Arrays.copyOf(changed, at);
        case 1 -> changed[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> changed[at] = (byte) (random.nextBoolean() ? 0xff : 0x7f);
        case 3 -> Arrays.fill(changed, at, Math.min(changed.length, at + 4), (byte) -1);
        default -> changed[random.nextInt(Math.min(12, changed.length))] = (byte) random.nextInt();
      }
    }
    return changed;
  }

  @Test
  void noHandshakeStopsAListenerOrLetsAStrangerIn() throws Exception {
    Random random = new Random(42);
    try (Listener listener = Listener.open(OPTIONS.withHandshakeTimeout(Duration.ofSeconds(20)))) {
      long thread = Threads.listener();
      long before = Allocation.of(thread);
      ByteBuffer answer = ByteBuffer.allocate(1000);
      for (int i = 0; i < INPUTS; i++) {
        try (SocketChannel stranger = SocketChannel.open(listener.address())) {
          stranger.write(ByteBuffer.wrap(handshake(random)));
          if (random.nextInt(8) == 0) {
            stranger.shutdownOutput();
            while (stranger.read(answer.clear()) >= 0) {}
          }
        } catch (IOException e) {
          assertThat(e).hasMessageMatching("Connection reset|Broken pipe");
        }
        if (i % 5000 == 0) {
          ListenerTest.serves(listener, OPTIONS);
        }
      }
      ListenerTest.serves(listener, OPTIONS);
      try {
        assertThat(listener.accept(Duration.ZERO)).as("a stranger").isNull();
      } catch (TimeoutException e) {
        assertThat(listener.rejected()).isEqualTo(INPUTS);
      }
      assertThat((Allocation.of(thread) - before) / INPUTS).isLessThan(16_000);
    }
  }

  @Test
  void noBytesHangAReceiver() throws Exception {
    Random random = new Random(43);
    long[] counts = new long[2];
    try (Listener listener = Listener.open()) {
      CompletableFuture<Long> allocated = new CompletableFuture<>();
      CompletableFuture<Void> receiving =
          ConnectionTest.inBackground(
              () -> {
                long before = Allocation.ofThisThread();
                for (int i = 0; i < INPUTS; i++) {
                  try (Connection connection = listener.accept(PATIENCE)) {
                    receive(connection, i, counts);
                  }
                }
                allocated.complete(Allocation.ofThisThread() - before);
              });
      for (int i = 0; i < INPUTS; i++) {
        try (SocketChannel peer = SocketChannel.open(listener.address())) {
          peer.write(ByteBuffer.wrap(messages(random)));
        } catch (IOException e) {
          assertThat(e).hasMessageMatching("Connection reset|Broken pipe");
        }
      }
      receiving.get();
      assertThat(counts[0]).as("messages").isGreaterThan(INPUTS);
      assertThat(counts[1]).as("errors").isGreaterThan(INPUTS / 4).isLessThan(INPUTS);
      // a length may claim 1 MiB before any of it comes
      assertThat(allocated.get() / INPUTS).isLessThan(1_100_000);
    }
  }

  private static void receive(Connection connection, int kind, long[] counts)
      throws InterruptedException {
    byte[] room = new byte[1000];
    try {
      while (true) {
        switch (kind % 4) {
          case 0 -> connection.recvBytes();
          case 1 -> connection.recvBytes(500);
          case 2 -> connection.recvBytesInto(room);
          default -> connection.recvTo(OutputStream.nullOutputStream());
        }
        counts[0]++;
      }
    } catch (EOFException e) {
      assertThat(e).hasMessage("the other end has closed the connection");
    } catch (IOException e) {
      counts[1]++;
    }
  }
}
