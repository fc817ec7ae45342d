package io.processpool.core.launch;

import io.processpool.core.concurrent.DaemonThreads;
import io.processpool.core.nesting.Nesting;
import io.processpool.spi.Backend;
import io.processpool.spi.BackendFactory;
import io.processpool.spi.BackendSettings;
import io.processpool.spi.PoolSettings.Sizing;
import io.processpool.spi.ProcessSettings;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * The first processes of a pool, which start beside the calling thread: it has the rest of the pool
 * to make meanwhile, of which a process that has just started needs nothing. Makes the backend that
 * they are for.
 *
 * <p>Whatever goes wrong is thrown where the process is asked for, or the backend. What nobody has
 * asked for by the {@linkplain #close end} is killed.
 */
public final class HeadStart implements BackendFactory, AutoCloseable {
  private final FutureTask<WorkerLauncher> launcher;
  private final Queue<FutureTask<WorkerProcess>> starts = new ConcurrentLinkedQueue<>();
  private volatile boolean over;

  private HeadStart(Preparation preparation, int processes) {
    this.launcher = new FutureTask<>(preparation);
    for (int i = 0; i < processes; i++) {
      starts.add(new FutureTask<>(new Start()));
    }
  }

  /** Finds out how processes are started. */
  private record Preparation(ProcessSettings settings, int slots, int depth)
      implements Callable<WorkerLauncher> {
    @Override
    public WorkerLauncher call() {
      return new WorkerLauncher(WorkerCommand.of(settings, slots, depth));
    }
  }

  /** Starts one process. */
  private final class Start implements Callable<WorkerProcess> {
    @Override
    public WorkerProcess call() throws IOException {
      if (over) {
        throw new IOException("It is not wanted any more");
      }
      return launcher().start();
    }
  }

  /**
   * Begins to start the processes of a pool.
   *
   * @param settings how they are started
   * @param sizing how many there are to be
   * @return the processes, to be closed once the pool has taken those that it wants
   * @throws IllegalStateException if the calling thread is too deep in workers within workers
   */
  public static HeadStart begin(ProcessSettings settings, Sizing sizing) {
    Nesting.check();
    int depth = Nesting.depth() + 1;
    HeadStart begun =
        new HeadStart(new Preparation(settings, sizing.most(), depth), sizing.first());
    DaemonThreads.startIfPossible(DaemonThreads.named("pool-head-start", begun::startAll));
    return begun;
  }

  /** Starts all of them, as far as nobody else has. */
  private void startAll() {
    launcher.run();
    for (FutureTask<WorkerProcess> start : starts) {
      start.run();
    }
  }

  @Override
  public Backend create(BackendSettings settings) {
    return new ProcessBackend(settings, this);
  }

  /** What starts all further processes. */
  WorkerLauncher launcher() {
    launcher.run();
    try {
      return result(launcher);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A process that is started by now; {@code null} if there are no more. */
  @Nullable WorkerProcess next() throws IOException {
    FutureTask<WorkerProcess> next = starts.poll();
    if (next == null) {
      return null;
    }
    next.run();
    return result(next);
  }

  private static <T> T result(Future<T> done) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return done.get();
        } catch (InterruptedException e) {
          interrupted = true; // it does not take long
        }
      }
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static IOException rethrown(Throwable why) {
    if (why instanceof RuntimeException failure) {
      throw failure;
    }
    if (why instanceof Error failure) {
      throw failure;
    }
    return why instanceof IOException failure ? failure : new IOException(why);
  }

  /** Kills what nobody has asked for. */
  @Override
  public void close() {
    over = true;
    while (!starts.isEmpty()) {
      try {
        WorkerProcess unwanted = next();
        if (unwanted != null) {
          unwanted.kill();
        }
      } catch (IOException | RuntimeException | Error e) {
        // There is no such process, but perhaps others behind it.
      }
    }
  }
}
