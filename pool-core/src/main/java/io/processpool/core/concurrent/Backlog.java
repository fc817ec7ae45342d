package io.processpool.core.concurrent;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done apart from who brings it, in its order, and the thread that does it. Whatever
 * that is may be slow, or never return, and holds up nobody: what finds no room is dropped, and
 * counted. Safe for use by several threads.
 */
public abstract class Backlog {

  /** How many bytes wait at most. */
  private static final int ROOM = 16 << 20;

  /** What an entry costs beside its bytes. */
  private static final int OVERHEAD = 256;

  private static final long TURN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final String name;
  private final Deque<Entry> entries = new ArrayDeque<>();
  private long waiting;
  private long dropped;
  private long lastTold = System.nanoTime() - TURN_NANOS;
  private long lastRound = System.nanoTime();
  private boolean working;
  private boolean closed;
  private @Nullable Thread thread;

  private record Entry(long size, Runnable action) {}

  /**
   * Creates one without a thread, which starts when there is something to do.
   *
   * @param name the name of the thread
   */
  protected Backlog(String name) {
    this.name = name;
  }

  /**
   * Says that actions were dropped. Called by the thread, once a second at most.
   *
   * @param count how many
   */
  protected abstract void tellDropped(long count);

  /**
   * Says that an action has failed. Called by the thread.
   *
   * @param failure what it threw
   */
  protected abstract void tellFailure(Throwable failure);

  /**
   * Whether there is something to look after. Asked by the thread.
   *
   * @return whether {@link #goRound} is to be called
   */
  protected boolean needsRounds() {
    return false;
  }

  /** Looks after something. Called by the thread, about once a second. */
  protected void goRound() {}

  /**
   * Adds an action, if there is room for it.
   *
   * @param bytes how much it holds
   * @param action the action
   */
  public final synchronized void add(long bytes, Runnable action) {
    long size = bytes + OVERHEAD;
    if (waiting + size > ROOM) {
      dropped++;
    } else {
      enqueue(new Entry(size, action));
    }
  }

  /**
   * Adds what there is little of.
   *
   * @param action the action
   */
  public final synchronized void addAlways(Runnable action) {
    enqueue(new Entry(0, action));
  }

  private void enqueue(Entry entry) {
    entries.addLast(entry);
    waiting += entry.size();
    if (thread == null) {
      Thread started = DaemonThreads.named(name, this::work);
      thread = DaemonThreads.startIfPossible(started) ? started : null; // the next one tries again
    }
    notifyAll();
  }

  /** Has the thread end once nothing is left. */
  public final synchronized void close() {
    closed = true;
    notifyAll();
  }

  /**
   * Waits until nothing is left; not at all if called by the thread itself.
   *
   * @param limit how long to wait
   * @throws InterruptedException if the waiting thread is interrupted
   */
  public final synchronized void awaitEmpty(Duration limit) throws InterruptedException {
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
        tellFailureIfPossible(e);
      }
    }
  }

  private void tellFailureIfPossible(Throwable failure) {
    try {
      tellFailure(failure);
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
        wait(TimeUnit.NANOSECONDS.toMillis(needsRounds() || dropped > 0 ? TURN_NANOS : 0));
      } catch (InterruptedException e) {
        // Some action's doing; this thread ends with close() alone.
      }
    }
  }

  private @Nullable Runnable due(long now) {
    if (!closed && needsRounds() && now - lastRound >= TURN_NANOS) {
      lastRound = now;
      return this::goRound;
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
}
