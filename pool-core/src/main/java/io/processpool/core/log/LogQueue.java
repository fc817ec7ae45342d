package io.processpool.core.log;

import io.processpool.core.concurrent.DaemonThreads;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * What is to be logged, in its order, and the thread that does it. A logging backend that is slow,
 * or takes nothing more, holds up nobody: what finds no room is dropped, and counted. Safe for use
 * by several threads.
 */
final class LogQueue {

  /** How many bytes wait at most. */
  static final int ROOM = 16 << 20;

  /** What an event costs beside its bytes. */
  private static final int OVERHEAD = 256;

  private static final long TURN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final KnownLoggers loggers;
  private final Deque<Entry> entries = new ArrayDeque<>();
  private long waiting;
  private long dropped;
  private long lastTold = System.nanoTime() - TURN_NANOS;
  private long lastLook = System.nanoTime();
  private boolean working;
  private boolean closed;
  private @Nullable Thread thread;

  private record Entry(long size, Runnable action) {}

  /** Creates a queue without a thread, which starts when there is something to do. */
  LogQueue(KnownLoggers loggers) {
    this.loggers = loggers;
  }

  synchronized void add(int bytes, Runnable action) {
    long size = (long) bytes + OVERHEAD;
    if (waiting + size > ROOM) {
      dropped++;
    } else {
      enqueue(new Entry(size, action));
    }
  }

  /** Adds what there is little of. */
  synchronized void addAlways(Runnable action) {
    enqueue(new Entry(0, action));
  }

  private void enqueue(Entry entry) {
    entries.addLast(entry);
    waiting += entry.size();
    if (thread == null) {
      Thread started = DaemonThreads.named("pool-logs", this::work);
      thread = DaemonThreads.startIfPossible(started) ? started : null; // the next one tries again
    }
    notifyAll();
  }

  /** Has the thread end once nothing is left. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  synchronized void awaitEmpty(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while ((working || !entries.isEmpty() || dropped > 0) && Thread.currentThread() != thread) {
      long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (millis <= 0) {
        return;
      }
      wait(millis);
    }
  }

  private void work() {
    for (Runnable next = next(); next != null; next = next()) {
      try {
        next.run();
      } catch (Throwable e) {
        tellFailure(e);
      }
    }
  }

  private static void tellFailure(Throwable failure) {
    try {
      LoggerFactory.getLogger(LogQueue.class)
          .warn("What a worker has logged cannot be logged here", failure);
    } catch (Throwable e) {
      // It is the logging that fails: there is no place to say so.
    }
  }

  /** Waits for the next thing to do; {@code null} if there will be none. */
  private synchronized @Nullable Runnable next() {
    working = false;
    notifyAll();
    while (true) {
      Runnable due = due(System.nanoTime());
      if (due != null) {
        working = true;
        return due;
      }
      if (closed) {
        thread = null;
        return null;
      }
      try {
        wait(TimeUnit.NANOSECONDS.toMillis(loggers.isEmpty() && dropped == 0 ? 0 : TURN_NANOS));
      } catch (InterruptedException e) {
        // Some appender's doing; this thread ends with close() alone.
      }
    }
  }

  private @Nullable Runnable due(long now) {
    if (!closed && !loggers.isEmpty() && now - lastLook >= TURN_NANOS) {
      lastLook = now;
      return loggers::lookAgain;
    }
    if (dropped > 0 && (now - lastTold >= TURN_NANOS || (closed && entries.isEmpty()))) {
      long count = dropped;
      dropped = 0;
      lastTold = now;
      return () -> tellDropped(count);
    }
    Entry entry = entries.pollFirst();
    if (entry == null) {
      return null;
    }
    waiting -= entry.size();
    return entry.action();
  }

  private static void tellDropped(long count) {
    LoggerFactory.getLogger(LogQueue.class)
        .warn("Dropped {} events of workers, which log faster than is logged here", count);
  }
}
