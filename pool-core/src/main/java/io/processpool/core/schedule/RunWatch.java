package io.processpool.core.schedule;

import io.processpool.TaskOptions;
import io.processpool.core.concurrent.Nanos;
import io.processpool.spi.Slot;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that one worker gets on with what it holds. Guarded by the scheduler's monitor.
 *
 * <p>It looks at what runs ten times within a time limit, which costs the worker nothing. An item
 * that is over its soft limit is interrupted. For one over its hard limit the worker is suspended,
 * so that nothing else begins, and asked for a thread dump; if the item is still running when that
 * has come, or does not come, the worker is killed.
 *
 * <p>What comes before an item runs does not count, but must not take for ever: a worker that has a
 * chunk and does not begin with it may have been stopped, or be out of its mind. It is asked for a
 * dump too, as a sign of life, and killed if none comes.
 */
final class RunWatch {
  private static final int NOT_BEGUN = -1;
  private static final int LOOKS_PER_LIMIT = 10;
  private static final long SHORTEST_WAIT = Duration.ofMillis(1).toNanos();
  private static final long LONGEST_WAIT = Duration.ofMillis(100).toNanos();
  private static final long UNLIMITED_WAIT = Duration.ofSeconds(10).toNanos();
  private static final long LATE_BEGIN = Duration.ofSeconds(10).toNanos();
  private static final long UNLIMITED_BEGIN = Duration.ofSeconds(60).toNanos();
  private static final Duration DUMP_PATIENCE = Duration.ofSeconds(1);
  private static final Duration UNLIMITED_DUMP_PATIENCE = Duration.ofSeconds(30);

  private final Worker worker;
  private final Clock clock;
  private final Runnable afterKill;
  private boolean looking;
  private boolean limited;
  private int looks;
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

  /** Looks after the worker until it holds nothing more. */
  void wake() {
    QueuedChunk head = worker.head();
    boolean soonEnough = looking && (limited || head == null || !isLimited(head));
    if (!soonEnough && suspect == null) {
      look();
    }
  }

  private void look() {
    looks++;
    QueuedChunk chunk = worker.head();
    looking = chunk != null && worker.canBeKilled();
    if (!looking || chunk == null) {
      seen = null;
      return;
    }
    limited = isLimited(chunk);
    long now = clock.nanoTime();
    Slot.Running running = running(chunk);
    if (!isSame(running, seen)) {
      seen = running;
      since = now;
      interrupted = false;
    }
    enforce(chunk, running, now - since);
  }

  /** As equals() would tell, but at once: its first use in a program takes milliseconds to link. */
  private static boolean isSame(Slot.Running one, Slot.@Nullable Running other) {
    return other != null
        && one.chunkId() == other.chunkId()
        && one.item() == other.item()
        && one.begun() == other.begun();
  }

  private static boolean isLimited(QueuedChunk chunk) {
    TaskOptions options = chunk.options();
    return options.timeout().isPresent() || options.softTimeout().isPresent();
  }

  private Slot.Running running(QueuedChunk chunk) {
    Optional<Slot.Running> running = worker.running();
    return running.isPresent() && running.get().chunkId() == chunk.id()
        ? running.get()
        : unbegun(chunk);
  }

  private static Slot.Running unbegun(QueuedChunk chunk) {
    return new Slot.Running(chunk.id(), NOT_BEGUN, false);
  }

  private void enforce(QueuedChunk chunk, Slot.Running running, long elapsed) {
    long hard = nanos(chunk.options().timeout());
    long soft = nanos(chunk.options().softTimeout());
    if (isOverdue(chunk, running, elapsed, hard)) {
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

  private static boolean isOverdue(
      QueuedChunk chunk, Slot.Running running, long elapsed, long hard) {
    if (running.begun()) {
      return elapsed >= hard;
    }
    return mustEnd(chunk) ? elapsed - LATE_BEGIN >= hard : elapsed >= UNLIMITED_BEGIN;
  }

  private static boolean mustEnd(QueuedChunk chunk) {
    return chunk.options().timeout().isPresent();
  }

  private long untilDue(long elapsed, long hard, long soft) {
    return interrupted ? hard - elapsed : Math.min(hard, soft) - elapsed;
  }

  private void lookAgain(long limit, long untilDue) {
    long longest = limited ? LONGEST_WAIT : UNLIMITED_WAIT;
    long wait = Math.min(Math.min(limit / LOOKS_PER_LIMIT, longest), untilDue);
    clock.later(Duration.ofNanos(Math.max(SHORTEST_WAIT, wait)), new NextLook(looks));
  }

  /** Looks, if nobody has since. */
  private final class NextLook implements Runnable {
    private final int last;

    NextLook(int last) {
      this.last = last;
    }

    @Override
    public void run() {
      if (last == looks) {
        look();
      }
    }
  }

  private void accuse(Slot.Running item, QueuedChunk chunk) {
    looking = false;
    suspect = item;
    Duration patience = mustEnd(chunk) ? DUMP_PATIENCE : UNLIMITED_DUMP_PATIENCE;
    worker.suspend(dump -> clock.later(Duration.ZERO, () -> judge(item, chunk, dump)));
    clock.later(patience, () -> judge(item, chunk, ""));
  }

  @SuppressWarnings("ReferenceEquality") // an item may be suspected twice
  private void judge(Slot.Running item, QueuedChunk chunk, String threadDump) {
    if (suspect != item || !worker.canBeKilled()) {
      return;
    }
    boolean alive = !threadDump.isEmpty() && !mustEnd(chunk);
    if (!alive && isStillAt(item, chunk)) {
      looking = false;
      Duration limit = chunk.options().timeout().orElse(Duration.ofNanos(UNLIMITED_BEGIN));
      worker.kill(new Verdict(mustEnd(chunk) ? item : unbegun(chunk), limit, threadDump));
      afterKill.run();
    } else {
      suspect = null;
      seen = null;
      worker.resume();
      look();
    }
  }

  private boolean isStillAt(Slot.Running item, QueuedChunk chunk) {
    boolean notDone = item.item() == NOT_BEGUN || chunk.done() <= item.item();
    return worker.head() == chunk && notDone && running(chunk).equals(item);
  }

  private static long nanos(Optional<Duration> limit) {
    return limit.isPresent() ? Nanos.of(limit.get()) : Long.MAX_VALUE;
  }
}
