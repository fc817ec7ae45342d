package io.processpool.core.schedule;

import io.processpool.TaskOptions;
import io.processpool.core.concurrent.Nanos;
import io.processpool.spi.Slot;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds the items that one worker runs to their time limits. Guarded by the scheduler's monitor.
 *
 * <p>It looks at what runs ten times within a limit, which costs the worker nothing. An item that
 * is over its soft limit is interrupted. For one over its hard limit the worker is suspended, so
 * that nothing else begins, and asked for a thread dump; if the item is still running when that has
 * come, or does not come, the worker is killed. What comes before an item runs does not count, but
 * must not take for ever.
 */
final class RunWatch {
  private static final int NOT_BEGUN = -1;
  private static final int LOOKS_PER_LIMIT = 10;
  private static final long SHORTEST_WAIT = Duration.ofMillis(1).toNanos();
  private static final long LONGEST_WAIT = Duration.ofMillis(100).toNanos();
  private static final long STALL_PATIENCE = Duration.ofSeconds(10).toNanos();
  private static final Duration DUMP_PATIENCE = Duration.ofSeconds(1);

  private final Worker worker;
  private final Clock clock;
  private final Runnable afterKill;
  private boolean looking;
  private Slot.@Nullable Running seen;
  private long since;
  private boolean interrupted;
  private Slot.@Nullable Running suspect;

  /**
   * Creates a watch that sleeps.
   *
   * @param clock runs what is due with the scheduler's monitor held
   * @param afterKill called when the worker is being killed
   */
  RunWatch(Worker worker, Clock clock, Runnable afterKill) {
    this.worker = worker;
    this.clock = clock;
    this.afterKill = afterKill;
  }

  /** Looks after the worker, if what it runs has limits, until it has run that. */
  void wake() {
    if (!looking && suspect == null) {
      look();
    }
  }

  private void look() {
    QueuedChunk chunk = worker.head();
    looking = chunk != null && isLimited(chunk.options()) && worker.canBeKilled();
    if (!looking || chunk == null) {
      seen = null;
      return;
    }
    long now = clock.nanoTime();
    Slot.Running running = running(chunk);
    if (!running.equals(seen)) {
      seen = running;
      since = now;
      interrupted = false;
    }
    enforce(chunk, running, now - since);
  }

  private static boolean isLimited(TaskOptions options) {
    return options.timeout().isPresent() || options.softTimeout().isPresent();
  }

  private Slot.Running running(QueuedChunk chunk) {
    return worker
        .running()
        .filter(running -> running.chunkId() == chunk.id())
        .orElseGet(() -> new Slot.Running(chunk.id(), NOT_BEGUN, false));
  }

  private void enforce(QueuedChunk chunk, Slot.Running running, long elapsed) {
    long hard = nanos(chunk.options().timeout());
    long soft = nanos(chunk.options().softTimeout());
    if (elapsed - (running.begun() ? 0 : STALL_PATIENCE) >= hard) {
      accuse(running, chunk);
      return;
    }
    if (!running.begun()) {
      lookAgain(Math.min(hard, soft), Long.MAX_VALUE);
      return;
    }
    if (elapsed >= soft && !interrupted) {
      interrupted = true;
      worker.interrupt(running);
    }
    lookAgain(Math.min(hard, soft), untilDue(elapsed, hard, soft));
  }

  private long untilDue(long elapsed, long hard, long soft) {
    return interrupted ? hard - elapsed : Math.min(hard, soft) - elapsed;
  }

  private void lookAgain(long limit, long untilDue) {
    long wait = Math.min(Math.min(limit / LOOKS_PER_LIMIT, LONGEST_WAIT), untilDue);
    clock.later(Duration.ofNanos(Math.max(SHORTEST_WAIT, wait)), this::look);
  }

  private void accuse(Slot.Running item, QueuedChunk chunk) {
    if (item.item() == NOT_BEGUN) {
      kill(item, chunk, "");
      return;
    }
    looking = false;
    suspect = item;
    worker.suspend(dump -> clock.later(Duration.ZERO, () -> judge(item, chunk, dump)));
    clock.later(DUMP_PATIENCE, () -> judge(item, chunk, ""));
  }

  @SuppressWarnings("ReferenceEquality") // an item may be suspected twice
  private void judge(Slot.Running item, QueuedChunk chunk, String threadDump) {
    if (suspect != item || !worker.canBeKilled()) {
      return;
    }
    if (worker.head() == chunk && chunk.done() <= item.item() && running(chunk).equals(item)) {
      kill(item, chunk, threadDump);
    } else {
      suspect = null;
      worker.resume();
      look();
    }
  }

  private void kill(Slot.Running item, QueuedChunk chunk, String threadDump) {
    looking = false;
    Duration limit = chunk.options().timeout().orElseThrow();
    worker.kill(new Verdict(item, limit, threadDump));
    afterKill.run();
  }

  private static long nanos(Optional<Duration> limit) {
    return limit.map(Nanos::of).orElse(Long.MAX_VALUE);
  }
}
