package io.processpool.core.result;

import io.processpool.core.concurrent.DaemonThreads;
import io.processpool.core.concurrent.Nanos;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Threads for reading what runs user code as it is read, which may take for ever: as many as there
 * are processors, and others in place of those that are slow.
 *
 * <p>A reading that takes longer than the timeout is given up: its thread is interrupted and left
 * to itself, and the rest of its batch is read by another. Such a thread ends when the reading
 * does, and what it has read is dropped. No thread outlives the pool but those that a reading holds
 * although they were interrupted. At most {@value #MOST_SLOW} slow readings go on at a time; more
 * wait until others end or are given up.
 *
 * <p>The monitor guards the queue and what is known of the threads. It is taken before that of a
 * reader, never after, and not held while results are delivered.
 */
public final class Decoders implements AutoCloseable {
  private static final int MOST_SLOW = 64;
  private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long IDLE_MILLIS = 1000;
  private static final long SHORTEST_TICK_MILLIS = 5;
  private static final long LONGEST_TICK_MILLIS = 250;

  private final int processors = Runtime.getRuntime().availableProcessors();
  private final Duration timeout;
  private final long timeoutNanos;
  private final Deque<Batch> waiting = new ArrayDeque<>();
  private final Set<Reader> readers = new LinkedHashSet<>();
  private @Nullable Thread watch;
  private int idle;
  private int slow;
  private volatile boolean closed;

  /** Items to be read one after the other. One thread at a time has to do with it. */
  interface Batch {

    /** Whether there are more items. */
    boolean hasNext();

    /** Moves to the next item, without reading it. */
    void next();

    /** Reads the item, which may take any time, and returns what delivers it. */
    Runnable read();

    /** Returns what delivers that the item cannot be read. */
    Runnable fail(Throwable failure);

    /** Returns what delivers that the item could not be read in time, but was somewhere. */
    Runnable giveUp(Duration timeout, StackTraceElement[] where);

    /** Nothing more of it will be read. */
    void drop();
  }

  /**
   * Creates decoders without a thread.
   *
   * @param timeout how long the reading of one item may take
   */
  public Decoders(Duration timeout) {
    this.timeout = timeout;
    this.timeoutNanos = Nanos.of(timeout);
  }

  /** Has a batch read. It is dropped after the end of the pool, when nobody waits for it. */
  synchronized void submit(Batch batch) {
    if (closed) {
      batch.drop();
      return;
    }
    waiting.addLast(batch);
    try {
      provideReader();
    } catch (RuntimeException | Error e) {
      if (readers.isEmpty()) {
        waiting.remove(batch);
        throw e;
      }
    }
  }

  private void provideReader() {
    if (waiting.size() > idle && readers.size() - slow < processors) {
      Reader reader = new Reader();
      reader.thread.start();
      readers.add(reader);
    } else {
      notify();
    }
    if (watch == null) {
      Thread thread = DaemonThreads.named("pool-decoder-watch", this::watch);
      thread.start();
      watch = thread;
    }
  }

  /** Waits for a batch; {@code null} for a reader that is not needed. */
  private synchronized @Nullable Batch take(Reader reader) {
    setSlow(reader, false);
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(IDLE_MILLIS);
    while (!closed && waiting.isEmpty() && System.nanoTime() - end < 0) {
      idle++;
      try {
        wait(IDLE_MILLIS);
      } catch (InterruptedException e) {
        // By what was read last, or by the end of the pool.
      } finally {
        idle--;
      }
    }
    boolean needed = !closed && !waiting.isEmpty() && readers.size() - slow <= processors;
    if (!needed) {
      readers.remove(reader);
      return null;
    }
    return waiting.pollFirst();
  }

  private void setSlow(Reader reader, boolean isSlow) {
    if (reader.slow != isSlow && readers.contains(reader)) {
      reader.slow = isSlow;
      slow += isSlow ? 1 : -1;
    }
  }

  private void watch() {
    long quarter = TimeUnit.NANOSECONDS.toMillis(timeoutNanos / 4);
    long tick = Math.min(LONGEST_TICK_MILLIS, Math.max(SHORTEST_TICK_MILLIS, quarter));
    while (isNeeded()) {
      try {
        TimeUnit.MILLISECONDS.sleep(tick);
      } catch (InterruptedException e) {
        continue; // the pool has ended
      }
      for (Reader reader : busyForTooLong()) {
        giveUp(reader);
      }
    }
  }

  private synchronized boolean isNeeded() {
    if (closed || (readers.isEmpty() && waiting.isEmpty())) {
      watch = null;
      return false;
    }
    return true;
  }

  /** Also has others take the place of those that are only slow. */
  private synchronized List<Reader> busyForTooLong() {
    long now = System.nanoTime();
    if (readers.isEmpty() && !waiting.isEmpty()) {
      tryToProvideReader(); // there was no thread to be had before
    }
    for (Reader reader : List.copyOf(readers)) {
      if (!reader.slow && slow < MOST_SLOW && reader.isBusy(now, SLOW_NANOS)) {
        setSlow(reader, true);
        if (!waiting.isEmpty()) {
          tryToProvideReader();
        }
      }
    }
    return readers.stream().filter(reader -> reader.isBusy(now, timeoutNanos)).toList();
  }

  private void tryToProvideReader() {
    try {
      provideReader();
    } catch (OutOfMemoryError e) {
      // No thread to be had; those that there are go on.
    }
  }

  private void giveUp(Reader reader) {
    StackTraceElement[] where = reader.thread.getStackTrace();
    Batch batch = reader.giveUp();
    if (batch == null) {
      return;
    }
    synchronized (this) {
      setSlow(reader, false);
      readers.remove(reader);
    }
    reader.thread.interrupt();
    deliver(batch.giveUp(timeout, where));
    synchronized (this) {
      if (!closed && batch.hasNext()) {
        waiting.addFirst(batch);
      }
      if (!waiting.isEmpty()) {
        tryToProvideReader();
      }
    }
  }

  private static void deliver(Runnable delivery) {
    try {
      delivery.run();
    } catch (RuntimeException | Error e) {
      LoggerFactory.getLogger(Decoders.class).error("A result could not be delivered", e);
    }
  }

  /** Drops what is not read and interrupts what is being read: nobody waits for it any more. */
  @Override
  public synchronized void close() {
    closed = true;
    waiting.forEach(Batch::drop);
    waiting.clear();
    readers.forEach(Reader::interruptReading);
    if (watch != null) {
      watch.interrupt();
    }
    notifyAll();
  }

  /** One thread, and what it is reading. Its own monitor guards that. */
  private final class Reader implements Runnable {
    final Thread thread = DaemonThreads.named("pool-decoder", this);

    /** Guarded by the monitor of the decoders. */
    boolean slow;

    private @Nullable Batch reading;
    private boolean delivering;
    private boolean givenUp;
    private long since;

    @Override
    public void run() {
      Batch batch = take(this);
      while (batch != null) {
        while (batch.hasNext() && !closed) {
          begin(batch);
          Runnable delivery = read(batch);
          if (!beginDelivery()) {
            return;
          }
          deliver(delivery);
          end();
        }
        batch = take(this);
      }
    }

    private static Runnable read(Batch batch) {
      try {
        return batch.read();
      } catch (Throwable e) {
        return batch.fail(e);
      }
    }

    private synchronized void begin(Batch batch) {
      batch.next();
      reading = batch;
      delivering = false;
      since = System.nanoTime();
    }

    /** Returns whether what was read is still wanted. */
    private synchronized boolean beginDelivery() {
      delivering = true;
      var unused = Thread.interrupted(); // by what was read
      return !givenUp;
    }

    synchronized void interruptReading() {
      if (reading != null && !delivering) {
        thread.interrupt();
      }
    }

    private synchronized void end() {
      reading = null;
    }

    synchronized boolean isBusy(long now, long nanos) {
      return reading != null && now - since >= nanos;
    }

    /** Returns the batch, from now on without this reader; {@code null} if it has been read. */
    synchronized @Nullable Batch giveUp() {
      if (reading == null || delivering || givenUp) {
        return null;
      }
      givenUp = true;
      return reading;
    }
  }
}
