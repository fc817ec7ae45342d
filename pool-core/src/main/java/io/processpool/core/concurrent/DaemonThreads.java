package io.processpool.core.concurrent;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Makes threads that keep no program from ending. Safe for use by several threads. */
public final class DaemonThreads implements ThreadFactory {
  private static final int IDLE_SECONDS = 1;

  private final String name;

  /**
   * Creates a factory.
   *
   * @param name the name of its threads
   */
  public DaemonThreads(String name) {
    this.name = name;
  }

  @Override
  public Thread newThread(Runnable task) {
    return named(name, task);
  }

  /**
   * Makes one thread.
   *
   * @param name its name
   * @param task what it is to run
   * @return the thread, not started
   */
  public static Thread named(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Has a thread run its task; if the system has no more threads, the caller runs it.
   *
   * @param thread the thread, not started
   */
  @SuppressWarnings("DoNotCall") // there is no other thread
  public static void startOrRun(Thread thread) {
    if (!startIfPossible(thread)) {
      thread.run();
    }
  }

  /**
   * Has a thread run its task, unless the system has no more threads.
   *
   * @param thread the thread, not started
   * @return whether it runs
   */
  public static boolean startIfPossible(Thread thread) {
    try {
      thread.start();
      return true;
    } catch (OutOfMemoryError e) {
      return false;
    }
  }

  /**
   * Makes an executor whose threads end when they have had nothing to do for a second.
   *
   * @param name the name of its threads
   * @param threads how many it may have
   * @return the executor
   */
  public static ThreadPoolExecutor pool(String name, int threads) {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            new DaemonThreads(name));
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }
}
