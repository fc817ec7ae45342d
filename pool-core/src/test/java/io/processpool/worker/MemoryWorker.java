package io.processpool.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A worker without a process: the same code, on threads of this JVM. As a process it has an id, and
 * ends suddenly. Threads cannot: those of a worker that is dead go on until the next thing that
 * anybody could notice, and wait there until {@link #release}.
 */
public final class MemoryWorker {
  private static final AtomicLong PIDS = new AtomicLong(1_000_000_000);
  private static final InheritableThreadLocal<@Nullable MemoryWorker> CURRENT =
      new InheritableThreadLocal<>();
  private static final long POLL_NANOS = 50_000;

  private final long pid = PIDS.incrementAndGet();
  private final Runnable onDeath;
  private final ThreadGroup threads = new Threads("worker " + pid);
  private @Nullable Thread main;
  private @Nullable ChunkRunner runner;
  private @Nullable Integer status;
  private boolean released;

  /**
   * Creates a worker that does not run.
   *
   * @param onDeath closes its ends of the channel
   */
  public MemoryWorker(Runnable onDeath) {
    this.onDeath = onDeath;
  }

  /** The worker to which this thread belongs. */
  public static MemoryWorker current() {
    MemoryWorker worker = CURRENT.get();
    if (worker == null) {
      throw new IllegalStateException("Not in a worker");
    }
    return worker;
  }

  public void start(InputStream in, OutputStream out) {
    Thread thread = new Thread(threads, () -> serve(in, out), "pool-main");
    synchronized (this) {
      main = thread;
    }
    thread.setDaemon(true);
    thread.start();
  }

  public long pid() {
    return pid;
  }

  /** Ends the worker, as a signal would. */
  public void die(int status) {
    synchronized (this) {
      if (this.status != null) {
        return;
      }
      this.status = status;
      notifyAll();
    }
    onDeath.run();
  }

  public synchronized boolean isDead() {
    return status != null;
  }

  /** Waits for some time, or for ever in a worker that is dead. */
  public synchronized void sleep(long millis) throws InterruptedException {
    long deadline = System.nanoTime() + millis * 1_000_000;
    long left = millis;
    while (status == null && left > 0) {
      wait(left);
      left = (deadline - System.nanoTime()) / 1_000_000;
    }
    checkpoint();
  }

  /** Goes no further in a worker that is dead. */
  public synchronized void checkpoint() {
    while (status != null) {
      if (released) {
        throw new Ended();
      }
      try {
        wait();
      } catch (InterruptedException e) {
        // What is dead is not interrupted.
      }
    }
  }

  /** Ends the worker, unless it ends by itself within some time. */
  public void dieWithin(long patienceMillis) {
    long deadline = System.nanoTime() + patienceMillis * 1_000_000;
    while (!isDead() && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(POLL_NANOS);
    }
    die(137);
  }

  /** Waits until the worker is dead and all of its threads have come to a halt. */
  public int awaitEnd() {
    int end = awaitDeath();
    while (!isAtHalt()) {
      LockSupport.parkNanos(POLL_NANOS);
    }
    return end;
  }

  private synchronized int awaitDeath() {
    while (status == null) {
      try {
        wait();
      } catch (InterruptedException e) {
        // Nobody interrupts who waits for this.
      }
    }
    return status;
  }

  /** Lets the threads of a worker that is dead end. */
  public void release() {
    ChunkRunner stopped;
    synchronized (this) {
      released = true;
      notifyAll();
      stopped = runner;
    }
    if (stopped != null) {
      stopped.stop();
    }
  }

  private boolean isAtHalt() {
    Thread[] all = new Thread[8];
    int count = threads.enumerate(all);
    for (int i = 0; i < count; i++) {
      Thread.State state = all[i].getState();
      boolean waits = state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
      if (all[i] == mainThread() ? !isAtRest(all[i]) : !waits) {
        return false;
      }
    }
    return true;
  }

  /** Whether a main thread has ended, or waits for others of this worker. */
  private static boolean isAtRest(Thread main) {
    return !main.isAlive() || LockSupport.getBlocker(main) instanceof Reception;
  }

  private synchronized @Nullable Thread mainThread() {
    return main;
  }

  private void serve(InputStream in, OutputStream out) {
    CURRENT.set(this);
    try {
      WorkerMain.serve(new WorkerChannel(in, out), new End());
    } catch (IOException e) {
      die(ExitStatus.BROKEN);
    }
  }

  /** What is left of the thread of a process that has ended. */
  private static final class Ended extends Error {
    private static final long serialVersionUID = 1L;

    Ended() {
      super("The worker has ended", null, false, false);
    }
  }

  private static final class Threads extends ThreadGroup {
    Threads(String name) {
      super(name);
    }

    @Override
    public void uncaughtException(Thread thread, Throwable e) {
      if (!(e instanceof Ended)) {
        super.uncaughtException(thread, e);
      }
    }
  }

  private final class End implements HostProcess {
    @Override
    public void exit(int status) {
      if (runner != null && !isDead()) {
        runner.flush();
      }
      die(status);
      throw new Ended();
    }

    @Override
    public void halt(int status, @Nullable Throwable reason) {
      if (reason != null && !(reason instanceof Ended)) {
        reason.printStackTrace();
      }
      die(status);
      throw new Ended();
    }

    @Override
    public void tell(FrameSender parent) {}

    @Override
    public void printTo(PrintStream out, PrintStream err) {
      // They are those of the whole JVM.
    }

    @Override
    public void flushBeforeExit(ChunkRunner created) {
      synchronized (MemoryWorker.this) {
        runner = created;
        if (released) {
          created.stop();
        }
      }
    }
  }
}
