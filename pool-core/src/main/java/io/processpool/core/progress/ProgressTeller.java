package io.processpool.core.progress;

import io.processpool.Progress;
import io.processpool.ProgressListener;
import io.processpool.TaskMetadata;
import io.processpool.TaskProgress;
import io.processpool.core.concurrent.DaemonThreads;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Tells one listener of the progress of one handle. It looks now and then, on a thread that all
 * share and that ends when there is nothing to look at; the listener is called elsewhere, perhaps
 * by several threads, but by one at a time, and not any more once it was told of the end.
 */
public final class ProgressTeller {
  private static final long PERIOD_MILLIS = 100;
  private static final ScheduledThreadPoolExecutor TICKER = ticker();

  private final Supplier<Progress> source;
  private final ProgressListener listener;
  private final Executor executor;
  private final Lock calls = new ReentrantLock();
  private boolean toldOfTheEnd;
  private @Nullable ScheduledFuture<?> ticking;
  private @Nullable State told;
  private boolean telling;
  private boolean ended;

  /** What makes a difference. */
  private record State(int done, int failed, List<TaskProgress> running) {

    static State of(Progress progress) {
      return new State(
          progress.done(),
          progress.failed(),
          progress.running().stream()
              .map(TaskMetadata::progress)
              .flatMap(inner -> inner.stream())
              .toList());
    }
  }

  /**
   * Creates a teller that does not tell yet.
   *
   * @param source the progress of now
   * @param listener whom to tell
   * @param executor calls the listener, and logs what that throws
   */
  public ProgressTeller(Supplier<Progress> source, ProgressListener listener, Executor executor) {
    this.source = source;
    this.listener = listener;
    this.executor = executor;
  }

  private static ScheduledThreadPoolExecutor ticker() {
    ScheduledThreadPoolExecutor ticker =
        new ScheduledThreadPoolExecutor(1, new DaemonThreads("pool-progress"));
    ticker.setRemoveOnCancelPolicy(true);
    ticker.setKeepAliveTime(1, TimeUnit.SECONDS);
    ticker.allowCoreThreadTimeOut(true);
    return ticker;
  }

  /** Begins to tell. */
  public synchronized void start() {
    if (!ended) {
      ticking =
          TICKER.scheduleWithFixedDelay(
              this::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** Tells a last time: it is complete. */
  public void end() {
    synchronized (this) {
      ended = true;
      if (ticking != null) {
        ticking.cancel(false);
      }
    }
    executor.execute(this::tellOfTheEnd);
  }

  private void tellOfTheEnd() {
    calls.lock();
    try {
      toldOfTheEnd = true;
      listener.progressed(source.get());
    } finally {
      calls.unlock();
    }
  }

  private void look() {
    try {
      Progress progress = source.get();
      State state = State.of(progress);
      synchronized (this) {
        if (telling || ended || state.equals(told)) {
          return;
        }
        told = state;
        telling = true;
      }
      executor.execute(() -> tell(progress));
    } catch (RuntimeException | Error e) {
      LoggerFactory.getLogger(ProgressTeller.class).warn("Progress could not be told", e);
    }
  }

  private void tell(Progress progress) {
    calls.lock();
    try {
      if (!toldOfTheEnd) {
        listener.progressed(progress);
      }
    } finally {
      calls.unlock();
      synchronized (this) {
        telling = false;
      }
    }
  }
}
