package io.processpool.core.result;

import io.processpool.core.concurrent.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Runs the users' callbacks, apart from everything else, and knows how many are still to run. Safe
 * for use by several threads.
 */
public final class Callbacks {
  private final Executor ownThread = DaemonThreads.pool("pool-callbacks", 1);
  private final @Nullable Executor chosen;
  private final ThreadLocal<Boolean> inCallback = new ThreadLocal<>();
  private int pending;

  /**
   * Creates callbacks that none was given to.
   *
   * @param chosen what runs them; {@code null} for a thread of its own, which ends when it is idle
   */
  public Callbacks(@Nullable Executor chosen) {
    this.chosen = chosen;
  }

  void run(Runnable callback) {
    synchronized (this) {
      pending++;
    }
    ownThread.execute(
        chosen == null ? () -> runLogged(callback) : () -> handOver(chosen, callback));
  }

  /** By the thread of its own, for an executor may run what it is given at once, or wait. */
  private void handOver(Executor executor, Runnable callback) {
    try {
      executor.execute(() -> runLogged(callback));
    } catch (Throwable e) {
      done();
      log("The callback executor did not take a callback", e);
    }
  }

  /**
   * Waits until no callback is left to run; not at all if called by one.
   *
   * @param limit how long to wait
   * @throws InterruptedException if the waiting thread is interrupted
   */
  public synchronized void awaitAll(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (pending > 0 && inCallback.get() == null) {
      long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (millis <= 0) {
        return;
      }
      wait(millis);
    }
  }

  private void runLogged(Runnable callback) {
    inCallback.set(true);
    try {
      callback.run();
    } catch (Throwable e) {
      log("A callback failed", e);
    } finally {
      inCallback.remove();
      done();
    }
  }

  private synchronized void done() {
    pending--;
    notifyAll();
  }

  private static void log(String message, Throwable failure) {
    LoggerFactory.getLogger(Callbacks.class).warn(message, failure);
  }
}
