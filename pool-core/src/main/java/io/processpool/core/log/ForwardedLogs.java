package io.processpool.core.log;

import io.processpool.WorkerLogs;
import io.processpool.spi.Backend;
import io.processpool.spi.Slot;
import io.processpool.spi.SlotListener;
import java.time.Duration;
import java.util.Set;

/**
 * What the workers of a pool log, on its way to the logging of this JVM.
 *
 * <p>Events and questions for levels are taken from the readers of the workers' channels, which
 * never wait, and are dealt with by one thread. That thread alone calls the logging backend, which
 * may run anybody's code.
 */
public final class ForwardedLogs {
  private final KnownLoggers loggers = new KnownLoggers();
  private final LogQueue queue = new LogQueue(loggers);

  /** Creates it for one pool. */
  public ForwardedLogs() {}

  /**
   * What is possible of what a user has chosen.
   *
   * @param chosen the choice
   * @return the same, but not to log where nothing is logged
   */
  public static WorkerLogs inEffect(WorkerLogs chosen) {
    return chosen == WorkerLogs.FORWARD && !DiagnosticContext.exists() ? WorkerLogs.STDERR : chosen;
  }

  /**
   * Takes what the slots of a backend log.
   *
   * @param backend the backend
   * @return what to use in its place
   */
  public Backend tap(Backend backend) {
    return DiagnosticContext.exists() ? new Tapped(backend) : backend;
  }

  /** Nothing more comes. */
  public void close() {
    queue.close();
  }

  /**
   * Waits until all is logged that has come; not at all if called by who logs it.
   *
   * @param limit how long to wait
   * @throws InterruptedException if the waiting thread is interrupted
   */
  public void awaitAll(Duration limit) throws InterruptedException {
    queue.awaitEmpty(limit);
  }

  /** A backend whose slots are listened to. */
  private final class Tapped implements Backend {
    private final Backend backend;

    Tapped(Backend backend) {
      this.backend = backend;
    }

    @Override
    public Set<Capability> capabilities() {
      return backend.capabilities();
    }

    @Override
    public Slot start(int number, SlotListener listener) {
      LogTap tap = new LogTap(number, listener, queue, loggers);
      Slot slot = backend.start(number, tap);
      tap.attach(slot);
      return slot;
    }

    @Override
    public void terminate() {
      backend.terminate();
    }

    @Override
    public void close() {
      backend.close();
    }
  }
}
