package io.processpool.core.schedule;

import io.processpool.core.concurrent.Nanos;
import io.processpool.spi.PoolSettings.Sizing;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The workers of a pool: how many there are to be, who is next, and who has served long enough.
 * Guarded by the scheduler's monitor.
 *
 * <p>Spare workers are like all others, but that no more than the maximum work at the same time.
 */
final class Staff implements Iterable<Worker>, Worker.Team {
  private static final long NEVER = Long.MAX_VALUE;

  private final Sizing sizing;
  private final int processors;
  private final List<Worker> workers = new ArrayList<>();

  /** How many of those that have something to run shared a processor when last counted. */
  private int takingTurns = 1;

  /** Who alone was found to be open when it was last asked who is next to work. */
  private @Nullable Worker onlyOpen;

  Staff(Sizing sizing, int processors) {
    this.sizing = sizing;
    this.processors = processors;
  }

  void add(Worker worker) {
    workers.add(worker);
  }

  void remove(Worker worker) {
    workers.remove(worker);
  }

  @Override
  public int takingTurns() {
    return takingTurns;
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
    for (Worker worker : workers) {
      Standing standing = worker.standing();
      if (standing.isOnStaff() && standing != Standing.STARTING) {
        return true;
      }
    }
    return false;
  }

  /** Whether there should be more of them before there is any work. */
  boolean isShortAtStart() {
    return present() < sizing.first();
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
        : (int) Math.min(sizing.max(), (long) working() + queued);
  }

  private int present() {
    int present = 0;
    for (Worker worker : workers) {
      present += worker.standing().isOnStaff() ? 1 : 0;
    }
    return present;
  }

  private int working() {
    int working = 0;
    for (Worker worker : workers) {
      working += worker.standing().isWorking() ? 1 : 0;
    }
    return counted(working);
  }

  private int counted(int working) {
    takingTurns = Math.max(1, working / processors);
    return working;
  }

  private @Nullable Worker first(Standing standing) {
    for (Worker worker : workers) {
      if (worker.standing() == standing) {
        return worker;
      }
    }
    return null;
  }

  /**
   * An idle worker, or else one that can take work ahead, unless others are about to be ready;
   * {@code null} if there is none.
   *
   * @param last who was given something in the same step, with the same time; or {@code null}
   * @param longRun from how many nanoseconds on a run is too long to wait for its end
   * @param bytes how long it is that is to be run
   */
  @Nullable Worker nextToWork(@Nullable Worker last, long now, long longRun, int bytes) {
    if (last != null && last == onlyOpen && canTakeMore(last, now, longRun, bytes)) {
      return last; // for nothing has changed with the others
    }
    onlyOpen = null;
    Worker next = null;
    Worker anyOpen = null;
    int working = 0;
    int open = 0;
    boolean starting = false;
    for (Worker worker : workers) {
      Standing standing = worker.standing();
      next = next == null && standing == Standing.IDLE ? worker : next;
      working += standing.isWorking() ? 1 : 0;
      starting |= standing == Standing.STARTING;
      if (standing == Standing.OPEN) {
        anyOpen = worker;
        open++;
      }
    }
    boolean mayBegin = counted(working) < sizing.max();
    if (mayBegin && (next != null || starting)) {
      return next;
    }
    onlyOpen = open == 1 ? anyOpen : null;
    return open > 0 ? lightest(now, longRun, bytes) : null;
  }

  private static boolean canTakeMore(Worker worker, long now, long longRun, int bytes) {
    return worker.standing() == Standing.OPEN && worker.canTakeAhead(now, longRun, bytes);
  }

  private @Nullable Worker lightest(long now, long longRun, int bytes) {
    Worker lightest = null;
    for (Worker worker : workers) {
      if (isLighter(worker, lightest) && canTakeMore(worker, now, longRun, bytes)) {
        lightest = worker;
      }
    }
    return lightest;
  }

  private static boolean isLighter(Worker worker, @Nullable Worker other) {
    return other == null || worker.load() < other.load();
  }

  /**
   * Who has most to do of what others could take over; {@code null} if nobody has, or nobody is
   * idle who may take it.
   */
  @Nullable Worker nextToHelp(long now) {
    if (first(Standing.IDLE) == null || working() >= sizing.max()) {
      return null;
    }
    Worker busiest = null;
    for (Worker worker : workers) {
      if (worker.canGiveAway() && (busiest == null || worker.backlog(now) > busiest.backlog(now))) {
        busiest = worker;
      }
    }
    return busiest;
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
    return left <= 0 && first(Standing.STARTING) != null ? NEVER : left;
  }

  private long untilIdleTooLong(Worker worker, long now) {
    if (worker.standing() != Standing.IDLE || present() <= (long) sizing.min() + sizing.spares()) {
      return NEVER;
    }
    return Nanos.of(sizing.idleTimeout()) - worker.idleTime(now);
  }
}
