package io.processpool.core.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.processpool.wire.Frame;
import io.processpool.wire.FrameReader;
import io.processpool.wire.FrameType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FramePumpTest {
  private static final Duration BOUND = Duration.ofSeconds(30);

  private final Pipe pipe = new Pipe();
  private final AtomicInteger failures = new AtomicInteger();
  private final FramePump pump = new FramePump(pipe, failures::incrementAndGet);

  @AfterEach
  void stop() {
    pipe.open.countDown();
    pump.stop();
    await().atMost(BOUND).until(() -> pipe.closed);
  }

  @Test
  void whoHasTimeWritesHimself() {
    pump.start(1);
    pump.add(frame(1, 100));
    pump.add(frame(2, 100));
    pump.flushHere();
    assertThat(pipe.ids()).containsExactly(1L, 2L);
    assertThat(pipe.writers).containsOnly(Thread.currentThread().getName());
  }

  @Test
  void nobodyWaitsForAWorkerThatMayNotHaveReadWhatItWasSent() {
    pump.start(1);
    pipe.blocked = true;
    long first = pump.add(frame(1, 5000));
    pump.flushHere();
    pump.send(frame(2, 10));
    pump.add(frame(3, 10));
    pump.flushHere();
    pipe.open.countDown();
    await().atMost(BOUND).until(() -> pipe.ids().size() == 3);
    assertThat(pipe.ids()).containsExactly(1L, 2L, 3L);
    assertThat(pipe.writers).containsOnly("pool-worker-writer-1");
    pump.hasRead(first + 100);
    pump.add(frame(4, 10));
    pump.flushHere();
    assertThat(pipe.ids()).containsExactly(1L, 2L, 3L, 4L);
    assertThat(pipe.writers).contains(Thread.currentThread().getName());
  }

  @Test
  void whatCouldNotLeaveBeforeTheStartLeavesThen() {
    pump.add(frame(1, 10));
    pump.flushHere();
    assertThat(pipe.ids()).isEmpty();
    pump.start(1);
    await().atMost(BOUND).until(() -> pipe.ids().equals(List.of(1L)));
  }

  @Test
  void framesOfManyThreadsAreWrittenWholeAndInOrder() throws Exception {
    pump.start(1);
    int each = 2000;
    List<Thread> senders = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      int sender = t;
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < each; i++) {
                  pump.hasRead(pump.add(frame(sender * each + i, 20)));
                  if (sender % 2 == 0) {
                    pump.flushHere();
                  } else {
                    pump.flush();
                  }
                }
              });
      thread.start();
      senders.add(thread);
    }
    for (Thread sender : senders) {
      sender.join();
    }
    await().atMost(BOUND).until(() -> pipe.ids().size() == 4 * each);
    for (int t = 0; t < 4; t++) {
      int sender = t;
      assertThat(pipe.ids().stream().filter(id -> id / each == sender).toList()).isSorted();
    }
  }

  @Test
  void aWorkerThatIsGoneIsNobodysFailure() {
    pump.start(1);
    pipe.failure = new IOException("Broken pipe");
    pump.add(frame(1, 10));
    pump.flushHere();
    pump.send(frame(2, 10));
    pump.add(frame(3, 10));
    pump.flushHere();
    assertThat(failures).hasValue(0);
  }

  @Test
  void aFailureOfThisProcessIsTold() {
    pump.start(1);
    pipe.failure = new OutOfMemoryError("by intent");
    pump.send(frame(1, 10));
    await().atMost(BOUND).until(() -> failures.get() == 1);
  }

  @Test
  void aFailureOfThisProcessIsNotTheCallers() {
    pump.start(1);
    pipe.failure = new OutOfMemoryError("by intent");
    pump.add(frame(1, 10));
    pump.flushHere();
    assertThat(failures).hasValue(1);
  }

  /** However little stack a caller has: frames go on to leave, or the worker is given up. */
  @Test
  void aCallerWithoutStackDoesNotStopThePump() throws Exception {
    pump.start(1);
    for (int round = 0; round < 40; round++) {
      Pipe out = new Pipe();
      AtomicInteger givenUp = new AtomicInteger();
      FramePump other = new FramePump(out, givenUp::incrementAndGet);
      other.start(2);
      Thread deep = new Thread(null, () -> fall(other), "deep", 256 * 1024 + round * 64L);
      deep.start();
      deep.join();
      other.send(frame(-1, 10));
      await().atMost(BOUND).until(() -> givenUp.get() > 0 || out.ids().contains(-1L));
      other.stop();
      await().atMost(BOUND).until(() -> out.closed);
    }
  }

  private static void fall(FramePump pump) {
    try {
      deeper(pump);
    } catch (StackOverflowError e) {
      // As intended.
    }
  }

  @SuppressWarnings("InfiniteRecursion") // by intent
  private static void deeper(FramePump pump) {
    pump.hasRead(Long.MAX_VALUE);
    pump.add(frame(1, 1));
    pump.flushHere();
    deeper(pump);
  }

  private static Frame frame(long id, int bytes) {
    return new Frame(FrameType.CHUNK, id, 0, 0, new byte[bytes]);
  }

  /** Takes everything, unless it is blocked or fails. */
  private static final class Pipe extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<String> writers = new ArrayList<>();
    private final CountDownLatch open = new CountDownLatch(1);
    private volatile boolean blocked;
    private volatile boolean closed;
    private volatile @Nullable Throwable failure;

    @Override
    public void write(int b) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      if (failure instanceof IOException broken) {
        throw broken;
      }
      if (failure instanceof Error error) {
        throw error;
      }
      if (blocked) {
        awaitOpen();
      }
      synchronized (this) {
        writers.add(Thread.currentThread().getName());
        bytes.write(source, offset, length);
      }
    }

    private void awaitOpen() throws IOException {
      try {
        open.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }

    /** The ids of the whole frames that were written. */
    synchronized List<Long> ids() {
      FrameReader reader = new FrameReader(new ByteArrayInputStream(bytes.toByteArray()));
      List<Long> ids = new ArrayList<>();
      try {
        for (Frame frame = reader.read(); frame != null; frame = reader.read()) {
          ids.add(frame.id());
        }
      } catch (IOException e) {
        // The rest is on its way.
      }
      return ids;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
