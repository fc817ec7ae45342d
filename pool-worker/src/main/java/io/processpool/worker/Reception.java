package io.processpool.worker;

import io.processpool.wire.Frame;
import io.processpool.wire.FrameReader;
import io.processpool.wire.WireException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Takes in what the parent sends, on two threads by turns. As long as the thread that runs tasks
 * has none, it reads itself, so that a short task costs a worker one wake-up. When it has run tasks
 * for {@value #PATIENCE_MILLIS} ms without reading, the main thread reads in its stead, so that a
 * cancel, and the end of the parent, are seen while a task runs. The main thread goes on until the
 * other one waits for work.
 *
 * <p>The main thread looks every {@value #PATIENCE_MILLIS} ms whether it is needed, but sleeps when
 * there has been no work for a while.
 */
final class Reception implements Supply {
  private static final int PATIENCE_MILLIS = 2;
  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
  private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final FrameReader reader;
  private final Desk desk;

  /** Held by the thread that reads. */
  private final ReentrantLock reading = new ReentrantLock();

  private volatile @Nullable Thread main;
  private volatile boolean mainSleeps;
  private volatile long lastFetch = System.nanoTime();
  private volatile boolean atRest;
  private volatile long restSince;
  private volatile @Nullable End end;

  /** Where frames go. */
  interface Desk {

    /** Takes a frame. */
    void accept(Frame frame) throws WireException;

    /** Whether the thread that runs tasks waits for work that is brought to it. */
    boolean isIdle();

    /** Has that thread look for work again, and fetch it if it may. */
    void wake();
  }

  /**
   * That nothing more is read, and why, if it is not the end of the channel. The main thread ends
   * this process then, in its way.
   */
  private record End(@Nullable Throwable why) {}

  Reception(FrameReader reader, Desk desk) {
    this.reader = reader;
    this.desk = desk;
  }

  /** Reads until the channel ends, with the thread that runs tasks to help. */
  void serve() throws IOException {
    main = Thread.currentThread();
    reading.lock();
    while (end == null) {
      Frame frame = reader.read();
      if (frame == null) {
        return;
      }
      boolean wasIdle = desk.isIdle();
      desk.accept(frame);
      if (wasIdle) {
        lastFetch = System.nanoTime();
        reading.unlock();
        desk.wake();
        awaitTurn();
      }
    }
    rethrow(end.why());
  }

  private static void rethrow(@Nullable Throwable why) throws IOException {
    if (why instanceof IOException failure) {
      throw failure;
    }
    if (why instanceof RuntimeException failure) {
      throw failure;
    }
    if (why instanceof Error failure) {
      throw failure;
    }
  }

  /** Waits until tasks have run for so long that this thread must read, and holds the lock then. */
  private void awaitTurn() {
    while (end == null) {
      long now = System.nanoTime();
      long since = now - lastFetch;
      if (atRest && now - restSince < REST_NANOS) {
        LockSupport.parkNanos(this, REST_NANOS);
      } else if (!reading.isLocked() && since >= PATIENCE_NANOS && reading.tryLock()) {
        return;
      } else if (since < LINGER_NANOS || !reading.isLocked()) {
        LockSupport.parkNanos(this, PATIENCE_NANOS);
      } else {
        sleep();
      }
      Thread.interrupted(); // some task's doing: it must not keep this thread from waiting
    }
    reading.lock();
  }

  /**
   * Has the main thread read no more for a while, for this process is about to exit: for a thread
   * that waits in native code, as one that reads does, a JVM would wait for 0.3 s then.
   */
  void rest() {
    restSince = System.nanoTime();
    atRest = true;
  }

  private void sleep() {
    mainSleeps = true;
    if (reading.isLocked() && end == null) { // else it may not be woken
      LockSupport.park(this);
    }
    mainSleeps = false;
  }

  @Override
  public boolean claim() {
    return end == null && reading.tryLock();
  }

  @Override
  public void fetch() {
    End found = null;
    try {
      do {
        Frame frame = reader.read();
        if (frame == null) {
          found = new End(null);
          break;
        }
        desk.accept(frame);
      } while (reader.hasNext());
    } catch (Throwable e) {
      found = new End(e);
    } finally {
      if (found != null) {
        end = found;
      }
      lastFetch = System.nanoTime();
      reading.unlock();
      if (mainSleeps || found != null) {
        LockSupport.unpark(main);
      }
    }
  }
}
