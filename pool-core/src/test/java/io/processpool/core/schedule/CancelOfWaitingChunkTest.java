package io.processpool.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.processpool.PoolException;
import io.processpool.PoolStartException;
import io.processpool.TaskOptions;
import io.processpool.WorkerLoss;
import io.processpool.spi.Backend;
import io.processpool.spi.Chunk;
import io.processpool.spi.PoolSettings.Sizing;
import io.processpool.spi.Slot;
import io.processpool.spi.SlotListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A cancelled chunk that a worker only holds ahead is no reason to kill what the worker runs. */
class CancelOfWaitingChunkTest {
  private static final Duration LONG_AFTER = Duration.ofSeconds(50);

  private final ManualClock clock = new ManualClock();
  private final DeafSlots backend = new DeafSlots();
  private final CancellableJob running = new CancellableJob();
  private final CancellableJob waiting = new CancellableJob();
  private final Scheduler scheduler =
      new Scheduler(
          backend,
          new SchedulerSettings(
              new Sizing(1, 1, 0, Duration.ofMinutes(1), 0, null),
              3,
              Duration.ofMillis(10),
              Duration.ofSeconds(30)),
          Runnable::run,
          clock,
          new NoWatcher());

  @Test
  void whatRunsGoesOnHoweverLongTheWorkerDoesNotAnswer() {
    holdTwoChunks();
    cancelWaiting();
    clock.advance(LONG_AFTER);
    assertThat(backend.closed).isEmpty();
    endRunning();
    assertThat(running.told).isEqualTo(1);
  }

  @Test
  void itIsAReasonOnceItIsItsTurn() {
    holdTwoChunks();
    cancelWaiting();
    clock.advance(LONG_AFTER);
    endRunning();
    clock.advance(LONG_AFTER);
    assertThat(backend.closed).containsExactly(Slot.Close.NOW);
  }

  private void holdTwoChunks() {
    scheduler.start();
    backend.listener().started();
    backend.listener().ready();
    submit(running);
    submit(waiting);
    assertThat(backend.submitted).hasSize(2);
  }

  private void submit(Job job) {
    scheduler.submit(
        job,
        TaskOptions.defaults(),
        new Chunk.Function(1, new byte[0]),
        List.of(new ItemBlock(0, 1, new byte[0])));
  }

  private void cancelWaiting() {
    waiting.complete = true;
    scheduler.cancel(waiting, true);
  }

  private void endRunning() {
    long id = backend.submitted.get(0).id();
    backend.listener().outcomes(id, 0, 1, new byte[0]);
    backend.listener().ended(id);
  }

  /** Workers that take what they are given, and never answer of themselves. */
  private static final class DeafSlots implements Backend, Slot {
    private final List<Chunk> submitted = new ArrayList<>();
    private final List<Close> closed = new ArrayList<>();
    private @Nullable SlotListener listener;

    SlotListener listener() {
      return Objects.requireNonNull(listener, "nothing was started");
    }

    @Override
    public Set<Capability> capabilities() {
      return Set.of(Capability.KILL);
    }

    @Override
    public Slot start(SlotListener listener) {
      this.listener = listener;
      return this;
    }

    @Override
    public void submit(Chunk chunk) {
      submitted.add(chunk);
    }

    @Override
    public void cancel(long chunkId, Cancel mode) {}

    @Override
    public Optional<Running> running() {
      return Optional.empty();
    }

    @Override
    public void interrupt(Running item) {}

    @Override
    public void suspend(Consumer<String> whenSuspended) {}

    @Override
    public void resume() {}

    @Override
    public void forget(int functionId) {}

    @Override
    public void close(Close mode) {
      closed.add(mode);
    }

    @Override
    public void close() {}
  }

  private static final class CancellableJob implements Job {
    private int told;
    private boolean complete;

    @Override
    public void outcomes(int first, int count, byte[] outcomes) {
      told += count;
    }

    @Override
    public void lostAttempt(int index, int attempt, WorkerLoss loss) {}

    @Override
    public void lost(int index, int attempt, WorkerLoss loss) {}

    @Override
    public void timedOut(int index, Duration limit, String threadDump) {}

    @Override
    public void end(PoolException cause) {}

    @Override
    public boolean isComplete() {
      return complete;
    }
  }

  private static final class NoWatcher implements PoolWatcher {
    @Override
    public void workerStarted() {}

    @Override
    public void startFailed(PoolStartException cause) {}

    @Override
    public void startsKeepFailing(PoolStartException first) {}

    @Override
    public void workersAreGone() {}
  }
}
