package io.processpool.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.processpool.wire.Frame;
import io.processpool.wire.FrameReader;
import io.processpool.wire.FrameType;
import io.processpool.wire.FrameWriter;
import io.processpool.wire.WireException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whichever thread reads: what comes is seen, whatever the other one does. */
@Timeout(60)
class ReceptionTest {
  private static final Duration BOUND = Duration.ofSeconds(30);

  private final List<Long> accepted = new CopyOnWriteArrayList<>();
  private final List<Thread> acceptors = new CopyOnWriteArrayList<>();
  private final AtomicReference<@Nullable Throwable> end = new AtomicReference<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Tasks tasks = new Tasks();
  private final LinkedBlockingQueue<byte[]> pieces = new LinkedBlockingQueue<>();
  private final OutputStream out = new Pieces();
  private FrameWriter writer;
  private Reception reception;
  private Thread main;

  @BeforeEach
  void start() {
    writer = new FrameWriter(out);
    reception = new Reception(new FrameReader(new Stream()), tasks);
    main = new Thread(this::serve, "main-of-worker");
    main.start();
    tasks.thread.start();
  }

  @AfterEach
  void stop() throws Exception {
    out.close();
    ended.await();
    main.join();
    tasks.thread.join();
  }

  private void serve() {
    try {
      reception.serve();
    } catch (Throwable e) {
      end.set(e);
    } finally {
      ended.countDown();
      tasks.end();
    }
  }

  private void send(long id) throws IOException {
    writer.write(Frame.of(FrameType.CHUNK, id));
    writer.flush();
  }

  private void awaitAccepted(int count) {
    await().atMost(BOUND).until(() -> accepted.size() == count);
  }

  @Test
  void theThreadForTasksReadsAsLongAsItHasNone() throws Exception {
    for (int i = 0; i < 200; i++) {
      send(i);
      awaitAccepted(i + 1);
      tasks.awaitIdle();
    }
    assertThat(accepted).isSorted();
    assertThat(acceptors).contains(tasks.thread);
  }

  @Test
  void theMainThreadReadsWhileATaskRuns() throws Exception {
    for (int round = 0; round < 20; round++) {
      accepted.clear();
      acceptors.clear();
      tasks.blockTheNext();
      send(0);
      awaitAccepted(1);
      send(1);
      send(2);
      awaitAccepted(3);
      assertThat(acceptors.subList(1, 3)).containsOnly(main);
      tasks.goOn();
      tasks.awaitIdle();
    }
  }

  @Test
  void anInterruptOfTheMainThreadDoesNotKeepItFromReading() throws Exception {
    send(0);
    awaitAccepted(1);
    tasks.awaitIdle();
    main.interrupt();
    tasks.blockTheNext();
    send(1);
    awaitAccepted(2);
    main.interrupt();
    send(2);
    awaitAccepted(3);
    tasks.goOn();
  }

  @Test
  void theEndIsSeenByWhoeverReads() throws Exception {
    send(0);
    awaitAccepted(1);
    tasks.awaitIdle();
    out.close();
    ended.await();
    assertThat(end.get()).isNull();
  }

  @Test
  void theEndIsSeenWhileATaskRuns() throws Exception {
    tasks.blockTheNext();
    send(0);
    awaitAccepted(1);
    out.close();
    ended.await();
    assertThat(end.get()).isNull();
    tasks.goOn();
  }

  @Test
  void whatCannotBeUnderstoodEndsTheMainThread() throws Exception {
    send(0);
    awaitAccepted(1);
    tasks.awaitIdle();
    out.write(new byte[100]);
    ended.await();
    assertThat(end.get()).isInstanceOf(WireException.class);
  }

  /** Takes what is written, as a pipe does. */
  private final class Pieces extends OutputStream {
    @Override
    public void write(int b) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void write(byte[] source, int offset, int length) {
      pieces.add(Arrays.copyOfRange(source, offset, offset + length));
    }

    @Override
    public void close() {
      pieces.add(new byte[0]);
    }
  }

  /** Brings what was written, and like a pipe's end knows nothing of interrupts. */
  private final class Stream extends InputStream {
    private byte[] piece = {};
    private int position;

    @Override
    public int read() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (position == piece.length) {
        piece = take();
        position = 0;
      }
      int count = Math.min(length, piece.length - position);
      System.arraycopy(piece, position, target, offset, count);
      position += count;
      return piece.length == 0 ? -1 : count;
    }

    private byte[] take() {
      boolean interrupted = false;
      try {
        while (true) {
          try {
            return pieces.take();
          } catch (InterruptedException e) {
            interrupted = true;
          }
        }
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  /** A thread that has a task for each frame, and else fetches or waits, as that of a worker. */
  private final class Tasks implements Reception.Desk {
    private final Thread thread = new Thread(this::run, "tasks-of-worker");
    private CountDownLatch gate = new CountDownLatch(0);
    private int waiting;
    private boolean idle;
    private boolean resting;
    private boolean over;

    private void run() {
      while (true) {
        boolean claimed = false;
        CountDownLatch task = null;
        synchronized (this) {
          while (task == null && !claimed) {
            if (over) {
              return;
            }
            if (waiting > 0) {
              waiting--;
              task = gate;
            } else {
              claimed = reception.claim();
              resting = true;
              if (!claimed) {
                idle = true;
                awaitQuietly();
                idle = false;
              }
            }
          }
          resting = claimed;
        }
        if (claimed) {
          reception.fetch();
        } else {
          passQuietly(task);
        }
      }
    }

    @SuppressWarnings("WaitNotInLoop") // the caller's
    private void awaitQuietly() {
      try {
        wait();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    private void passQuietly(CountDownLatch task) {
      try {
        task.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    synchronized void blockTheNext() {
      gate = new CountDownLatch(1);
    }

    synchronized void goOn() {
      gate.countDown();
    }

    void awaitIdle() {
      await().atMost(BOUND).until(this::hasNothing);
    }

    private synchronized boolean hasNothing() {
      return waiting == 0 && resting;
    }

    synchronized void end() {
      over = true;
      notifyAll();
    }

    @Override
    public synchronized void accept(Frame frame) {
      acceptors.add(Thread.currentThread());
      accepted.add(frame.id());
      waiting++;
      resting = false;
      notifyAll();
    }

    @Override
    public synchronized boolean isIdle() {
      return idle;
    }

    @Override
    public synchronized void wake() {
      notifyAll();
    }
  }
}
