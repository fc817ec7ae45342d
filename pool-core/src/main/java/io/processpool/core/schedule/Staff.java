package io.processpool.core.schedule;

import io.processpool.core.concurrent.Nanos;
import io.processpool.spi.PoolSettings.Sizing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
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
  private final Map<Standing, NavigableSet<Worker>> byStanding = new EnumMap<>(Standing.class);

  Staff(Sizing sizing, int processors) {
    this.sizing = sizing;
    this.processors = processors;
    for (Standing standing : Standing.values()) {
      byStanding.put(standing, new TreeSet<>(Comparator.comparingInt(Worker::number)));
    }
  }

  void add(Worker worker) {
    workers.add(worker);
    which(worker.standing()).add(worker);
  }

  void remove(Worker worker) {
    workers.remove(worker);
    which(worker.standing()).remove(worker);
  }

  @Override
  public void moved(Worker worker, Standing from, Standing to) {
    if (which(from).contains(worker)) {
      which(to).add(worker);
      which(from).remove(worker);
    }
  }

  @Override
  public int takingTurns() {
    return Math.max(1, working() / processors);
  }

  private NavigableSet<Worker> which(Standing standing) {
    return Objects.requireNonNull(byStanding.get(standing));
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
    return serving() > 0;
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
    return starting() + serving();
  }

  private int starting() {
    return which(Standing.STARTING).size();
  }

  private int serving() {
    return which(Standing.IDLE).size() + which(Standing.SPENT).size() + working();
  }

  private int working() {
    return which(Standing.OPEN).size() + which(Standing.BUSY).size();
  }

  /**
   * An idle worker, or else one that can take work ahead, unless others are about to be ready;
   * {@code null} if there is none.
   *
   * @param longRun from how many nanoseconds on a run is too long to wait for its end
   * @param bytes how long it is that is to be run
   */
  @Nullable Worker nextToWork(long now, long longRun, int bytes) {
    boolean mayBegin = working() < sizing.max();
    NavigableSet<Worker> idle = which(Standing.IDLE);
    if (mayBegin && !idle.isEmpty()) {
      return idle.first();
    }
    return mayBegin && starting() > 0 ? null : lightest(now, longRun, bytes);
  }

  private @Nullable Worker lightest(long now, long longRun, int bytes) {
    Worker lightest = null;
    for (Worker worker : which(Standing.OPEN)) {
      if (isLighter(worker, lightest) && worker.canTakeAhead(now, longRun, bytes)) {
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
    if (which(Standing.IDLE).isEmpty() || working() >= sizing.max()) {
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
    return left <= 0 && starting() > 0 ? NEVER : left;
  }

  private long untilIdleTooLong(Worker worker, long now) {
    if (worker.standing() != Standing.IDLE || present() <= (long) sizing.min() + sizing.spares()) {
      return NEVER;
    }
    return Nanos.of(sizing.idleTimeout()) - worker.idleTime(now);
  }
}
