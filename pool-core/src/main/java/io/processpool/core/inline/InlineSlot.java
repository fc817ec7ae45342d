package io.processpool.core.inline;

import io.processpool.PoolStartException;
import io.processpool.WorkerLoss;
import io.processpool.core.concurrent.DaemonThreads;
import io.processpool.core.nesting.Nesting;
import io.processpool.spi.Chunk;
import io.processpool.spi.Slot;
import io.processpool.spi.SlotEnd;
import io.processpool.spi.SlotListener;
import io.processpool.spi.SlotOutcomes;
import io.processpool.spi.SlotProcess;
import io.processpool.spi.SlotTotals;
import io.processpool.wire.Recorder;
import io.processpool.wire.Session;
import io.processpool.wire.WireException;
import io.processpool.worker.ChunkRunner;
import io.processpool.worker.OutcomeSink;
import io.processpool.worker.Supply;
import io.processpool.worker.ThreadDump;
import io.processpool.worker.Workplace;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A worker without a process: one thread runs the tasks, another tells the listener, as the reader
 * of a process's channel would.
 *
 * <p>A slot that is closed at once is gone at once. Its task is interrupted; if it goes on all the
 * same, it goes on unseen.
 */
final class InlineSlot implements Slot, OutcomeSink {
  private final int number;
  private final int depth;
  private final byte[] sessionBytes;
  private final SlotListener listener;
  private final ClassLoader loader;
  private final ExecutorService events =
      Executors.newSingleThreadExecutor(new DaemonThreads("pool-inline-events"));
  private final Recorder recorder = Recorder.inMemory();
  private @Nullable ChunkRunner runner;
  private @Nullable Thread tasks;
  private boolean draining;
  private boolean stopped;

  InlineSlot(
      int number, int depth, ClassLoader loader, byte[] sessionBytes, SlotListener listener) {
    this.number = number;
    this.depth = depth;
    this.loader = loader;
    this.sessionBytes = sessionBytes;
    this.listener = listener;
  }

  InlineSlot begin() {
    long pid = ProcessHandle.current().pid();
    tell(() -> listener.started(new SlotProcess(pid, 0)));
    Thread thread = DaemonThreads.named("pool-inline-tasks", this::runTasks);
    thread.setContextClassLoader(loader);
    synchronized (this) {
      tasks = thread;
    }
    thread.start();
    return this;
  }

  @Override
  public synchronized void submit(Chunk chunk) {
    if (runner != null) {
      try {
        runner.submit(chunk);
      } catch (WireException e) {
        throw new IllegalArgumentException(e);
      }
    }
  }

  @Override
  public void flush(boolean here) {} // nothing waits

  @Override
  public synchronized void cancel(long chunkId, Cancel mode) {
    if (runner != null) {
      runner.cancel(chunkId, mode);
    }
  }

  @Override
  public Optional<Running> running() {
    return recorder.current();
  }

  @Override
  public Optional<Activity> activity() {
    return recorder.activity();
  }

  @Override
  public synchronized void interrupt(Running item) {
    if (runner != null) {
      runner.interrupt(item);
    }
  }

  @Override
  public synchronized void disown(Running item) {
    if (runner != null) {
      runner.disown(item);
    }
  }

  @Override
  public synchronized void suspend(Consumer<String> whenSuspended) {
    if (runner != null) {
      runner.suspend();
      tell(() -> whenSuspended.accept(ThreadDump.ofThisProcess()));
    }
  }

  @Override
  public synchronized void resume() {
    if (runner != null) {
      runner.resume();
    }
  }

  @Override
  public synchronized void forget(int functionId) {
    if (runner != null) {
      runner.forget(functionId);
    }
  }

  @Override
  public synchronized void close(Close mode) {
    draining = true;
    if (mode == Close.NOW && !stopped) {
      stopped = true;
      end(new SlotEnd.Closed());
      if (tasks != null) {
        tasks.interrupt();
      }
    }
    if (runner != null) {
      if (mode == Close.NOW) {
        runner.stop();
      } else {
        runner.drain();
      }
    }
  }

  @Override
  public void outcomes(
      long chunkId, int first, int count, byte[] outcomes, @Nullable SlotTotals totals) {
    tell(
        () -> {
          if (totals != null) {
            listener.worked(totals);
          }
          listener.outcomes(List.of(new SlotOutcomes(chunkId, first, count, outcomes)));
        });
  }

  @Override
  public void flush() {} // neither way

  @Override
  public void returned(long chunkId) {
    tell(() -> listener.returned(chunkId));
  }

  private void runTasks() {
    Nesting.enter(depth);
    InlineDiagnostics diagnostics = new InlineDiagnostics(number);
    diagnostics.end();
    Session session;
    try {
      session = Session.decode(sessionBytes, loader);
      if (session.initializer() != null) {
        session.initializer().run();
      }
    } catch (Throwable e) {
      end(
          new SlotEnd.NotStarted(
              new PoolStartException("A worker's initialization failed: " + e, e)));
      return;
    }
    ChunkRunner created =
        new ChunkRunner(
            session,
            new Workplace(
                number, loader, Supply.NONE, recorder, this, diagnostics, () -> {}, () -> {}));
    try {
      if (publish(created)) {
        tell(listener::ready);
        created.run();
        finish(session);
      }
      end(new SlotEnd.Closed());
    } catch (Throwable e) {
      WorkerLoss lost =
          WorkerLoss.of(
                  WorkerLoss.Reason.UNKNOWN,
                  "a worker thread ended: " + e,
                  ProcessHandle.current().pid())
              .build();
      end(new SlotEnd.Lost(lost, recorder.current()));
    }
  }

  private synchronized boolean publish(ChunkRunner created) {
    runner = created;
    if (draining) {
      created.drain();
    }
    return !stopped;
  }

  private synchronized boolean isStopped() {
    return stopped;
  }

  private void finish(Session session) {
    if (session.finalizer() == null || isStopped()) {
      return;
    }
    try {
      session.finalizer().run();
    } catch (Throwable e) {
      LoggerFactory.getLogger(InlineSlot.class).error("The finalizer of a worker failed", e);
    }
  }

  private void tell(Runnable event) {
    try {
      events.execute(event);
    } catch (RejectedExecutionException e) {
      // The slot is gone, and nothing is told after that.
    }
  }

  private synchronized void end(SlotEnd end) {
    tell(() -> listener.gone(end));
    events.shutdown();
  }
}
