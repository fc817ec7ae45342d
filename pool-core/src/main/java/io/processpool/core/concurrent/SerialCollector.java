package io.processpool.core.concurrent;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Runs actions so that none waits for a thread to wake if it need not: whoever brings one to {@link
 * #executeHere} while nothing is under way runs it, and some of what comes meanwhile. The rest a
 * thread of its own runs. Safe for use by several threads.
 */
public final class SerialCollector implements Collector {
  /** So many actions of others a thread may run that has come with its own. */
  private static final int MOST_FOR_OTHERS = 32;

  /** Guarded by the monitor; one that is whole again after an addition for which memory lacked. */
  private final Queue<Runnable> actions = new ConcurrentLinkedQueue<>();

  private boolean underWay;
  private boolean closed;

  /**
   * Creates a collector, and starts its thread.
   *
   * @param name the name of the thread
   */
  public SerialCollector(String name) {
    DaemonThreads.named(name, this::runActions).start();
  }

  /**
   * Runs an action on another thread, unless a caller of {@link #executeHere} happens to be about
   * it.
   *
   * @param action the action
   * @throws RejectedExecutionException if this is closed
   */
  @Override
  public synchronized void execute(Runnable action) {
    if (closed) {
      throw new RejectedExecutionException("The pool has ended");
    }
    actions.add(action);
    if (!underWay) {
      notifyAll();
    }
  }

  /**
   * Runs an action, on this thread if nothing else is under way or waits.
   *
   * @throws RejectedExecutionException if this is closed
   */
  @Override
  public void executeHere(Runnable action) {
    synchronized (this) {
      if (closed || underWay || !actions.isEmpty()) {
        execute(action);
        return;
      }
      underWay = true;
    }
    @Nullable Runnable next = action;
    for (int others = 0; next != null; others++) {
      run(next);
      next = next(others < MOST_FOR_OTHERS);
    }
  }

  /** The next action to run on this thread; without one, nothing is under way any more. */
  private synchronized @Nullable Runnable next(boolean more) {
    Runnable next = more ? actions.poll() : null;
    if (next == null) {
      underWay = false;
      if (closed || !actions.isEmpty()) {
        notifyAll();
      }
    }
    return next;
  }

  /** Ends the thread when all is run that has come. */
  public synchronized void close() {
    closed = true;
    notifyAll();
  }

  private void runActions() {
    while (awaitTurn()) {
      for (Runnable next = next(true); next != null; next = next(true)) {
        run(next);
      }
    }
  }

  /** Waits until something is to be run here. Returns whether there is. */
  private synchronized boolean awaitTurn() {
    while (underWay || actions.isEmpty()) {
      if (closed && actions.isEmpty() && !underWay) {
        return false;
      }
      try {
        wait();
      } catch (InterruptedException e) {
        // This thread ends with close() alone.
      }
    }
    underWay = true;
    return true;
  }

  /** Whatever becomes of an action, the next one has its turn. */
  private static void run(Runnable action) {
    try {
      action.run();
    } catch (Throwable e) {
      tell(e);
    }
  }

  private static void tell(Throwable failure) {
    try {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
    } catch (Throwable e) {
      // The handler is the user's, or there is no memory to tell with.
    }
  }
}
