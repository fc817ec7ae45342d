package io.processpool.wire.kryo;

import com.esotericsoftware.kryo.kryo5.KryoException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Runs what nests too deeply for an ordinary stack on a short-lived thread with a very large one.
 * The memory is only reserved; what is used of it goes with the thread.
 *
 * <p>Kryo is stopped at {@link #ORDINARY_DEPTH} before the stack overflows, because an overflow in
 * the middle of loading a class makes that class unusable for good.
 */
final class DeepStack {
  /** How many objects deep Kryo may go on an ordinary stack. */
  static final int ORDINARY_DEPTH = 400;

  /** The largest stack, and how far it may shrink where so much is not to be had. */
  static final long LARGEST = 1L << 29;

  private static final long SMALLEST = 1L << 25;
  private static final int LONGEST_CAUSE_CHAIN = 100;

  private DeepStack() {}

  /** The thread, known by its class. */
  private static final class DeepThread extends Thread {
    DeepThread(Runnable task, long stackSize) {
      super(null, task, "process-pool-deep-graph", stackSize);
      setDaemon(true);
    }
  }

  static boolean isHere() {
    return Thread.currentThread() instanceof DeepThread;
  }

  /** Whether a failure is due to the depth of the graph. */
  static boolean isNeededAfter(Throwable failure) {
    Throwable t = failure;
    for (int i = 0; t != null && i < LONGEST_CAUSE_CHAIN; i++, t = t.getCause()) {
      if (t instanceof StackOverflowError || isMaxDepth(t)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isMaxDepth(Throwable t) {
    return t instanceof KryoException
        && String.valueOf(t.getMessage()).startsWith("Max depth exceeded");
  }

  /**
   * How much stack it can take to read so many bytes: every object takes some of them. What needs
   * more is a recursion without end, which ends the sooner the smaller the stack is.
   */
  static long sizeFor(int bytes) {
    return Math.min(LARGEST, Math.max(SMALLEST, bytes * 4096L));
  }

  /** Runs the task to its end, passing on interrupts; throws what it throws. */
  static <T> T call(long stackSize, Callable<T> task) throws Throwable {
    FutureTask<T> future = new FutureTask<>(task);
    DeepThread thread = start(future, stackSize);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException stopping) {
          interrupted = true;
          thread.interrupt();
        } catch (ExecutionException failed) {
          throw failed.getCause();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static DeepThread start(Runnable task, long stackSize) {
    OutOfMemoryError refused = new OutOfMemoryError("no thread");
    for (long size = stackSize; size >= SMALLEST; size /= 4) {
      try {
        DeepThread thread = new DeepThread(task, size);
        thread.start();
        return thread;
      } catch (OutOfMemoryError tooLarge) {
        refused = tooLarge;
      }
    }
    throw refused;
  }
}
