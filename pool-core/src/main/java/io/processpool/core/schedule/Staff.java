package io.processpool.core.schedule;

import io.processpool.core.concurrent.Nanos;
import io.processpool.spi.PoolSettings.Sizing;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The workers of a pool: how many there are to be, who is next, and who has served long enough.
 * Guarded by the scheduler's monitor.
 *
 * <p>Spare workers are like all others, but that no more than the maximum work at the same time.
 */
final class Staff implements Iterable<Worker> {
  private static final long NEVER = Long.MAX_VALUE;

  private final Sizing sizing;
  private final List<Worker> workers = new ArrayList<>();

  Staff(Sizing sizing) {
    this.sizing = sizing;
  }

  void add(Worker worker) {
    workers.add(worker);
  }

  void remove(Worker worker) {
    workers.remove(worker);
  }

  boolean isEmpty() {
    return workers.isEmpty();
  }

  /** All of them as they are now, so that they may come and go meanwhile. */
  @Override
  public Iterator<Worker> iterator() {
    return List.copyOf(workers).iterator();
  }

  /** Whether any of them takes work. */
  boolean isServing() {
    return workers.stream().anyMatch(worker -> worker.is(WorkerState.READY) || worker.isBusy());
  }

  /** Whether there should be more of them before there is any work. */
  boolean isShortAtStart() {
    return present() < (long) Math.max(1, sizing.min()) + sizing.spares();
  }

  /** Whether there should be more of them, given so many chunks in the queue. */
  boolean isShort(int queued) {
    return isShortOf((long) Math.max(sizing.min(), needed(queued)) + sizing.spares());
  }

  /** Whether there should be more of them, given so many chunks in the queue, the last ones. */
  boolean isShortForTheRest(int queued) {
    return isShortOf(needed(queued));
  }

  private boolean isShortOf(long wanted) {
    return present() < wanted && !isCrowded();
  }

  /** Whether so many are about to end, and take their time, that no others may come meanwhile. */
  private boolean isCrowded() {
    return workers.size() >= 2L * sizing.max() + 2L * sizing.spares();
  }

  private int needed(int queued) {
    return queued >= sizing.max()
        ? sizing.max()
        : (int) Math.min(sizing.max(), (long) busy() + queued);
  }

  private int present() {
    return count(Worker::isOnStaff);
  }

  private int busy() {
    return count(Worker::isBusy);
  }

  private int count(Predicate<Worker> predicate) {
    int count = 0;
    for (Worker worker : workers) {
      count += predicate.test(worker) ? 1 : 0;
    }
    return count;
  }

  /**
   * An idle worker, or else one that can take work ahead, unless others are about to be ready;
   * {@code null} if there is none.
   *
   * @param longRun from how many nanoseconds on a run is too long to wait for its end
   * @param bytes how long it is that is to be run
   */
  @Nullable Worker nextToWork(long now, long longRun, int bytes) {
    Worker idle = null;
    Worker ahead = null;
    int busy = 0;
    boolean starting = false;
    for (Worker worker : workers) {
      if (idle == null && worker.isIdle()) {
        idle = worker;
      }
      if (isLighter(worker, ahead) && worker.canTakeAhead(now, longRun, bytes)) {
        ahead = worker;
      }
      busy += worker.isBusy() ? 1 : 0;
      starting |= worker.is(WorkerState.STARTING);
    }
    if (busy >= sizing.max()) {
      return ahead;
    }
    return idle != null || starting ? idle : ahead;
  }

  private static boolean isLighter(Worker worker, @Nullable Worker other) {
    return other == null || worker.load() < other.load();
  }

  /**
   * Who has most to do of what others could take over; {@code null} if nobody has, or nobody is
   * idle who may take it.
   */
  @Nullable Worker nextToHelp(long now) {
    boolean isAnyIdle = false;
    int busy = 0;
    Worker busiest = null;
    for (Worker worker : workers) {
      isAnyIdle |= worker.isIdle();
      busy += worker.isBusy() ? 1 : 0;
      if (worker.canGiveAway() && (busiest == null || worker.backlog(now) > busiest.backlog(now))) {
        busiest = worker;
      }
    }
    return isAnyIdle && busy < sizing.max() ? busiest : null;
  }

  /**
   * Retires those that are too old or have been idle for too long. One that is too old stays while
   * another one starts, so that they do not all leave together.
   *
   * @param now the time
   * @return in how many nanoseconds to call again; {@link Long#MAX_VALUE} if nobody is due
   */
  long retireWhoIsDue(long now) {
    long next = NEVER;
    if (sizing.maxAge() == null && sizing.min() == sizing.max()) {
      return next;
    }
    for (Worker worker : this) {
      long tooOld = untilTooOld(worker, now);
      long idleTooLong = untilIdleTooLong(worker, now);
      if (tooOld <= 0) {
        worker.retire("it had reached its maximum age");
      } else if (idleTooLong <= 0) {
        worker.retire("it had been idle for long");
      } else {
        next = Math.min(next, Math.min(tooOld, idleTooLong));
      }
    }
    return next;
  }

  private long untilTooOld(Worker worker, long now) {
    if (sizing.maxAge() == null || !worker.is(WorkerState.READY)) {
      return NEVER;
    }
    long left = Nanos.of(sizing.maxAge()) - worker.age(now);
    return left <= 0 && isAnyStarting() ? NEVER : left;
  }

  private long untilIdleTooLong(Worker worker, long now) {
    if (!worker.isIdle() || present() <= (long) sizing.min() + sizing.spares()) {
      return NEVER;
    }
    return Nanos.of(sizing.idleTimeout()) - worker.idleTime(now);
  }

  private boolean isAnyStarting() {
    return workers.stream().anyMatch(worker -> worker.is(WorkerState.STARTING));
  }
}
