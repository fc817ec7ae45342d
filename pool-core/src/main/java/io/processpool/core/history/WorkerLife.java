package io.processpool.core.history;

import io.processpool.WorkerStats;
import io.processpool.core.schedule.WorkerIdentity;
import io.processpool.core.schedule.WorkerLog;
import io.processpool.spi.SlotTotals;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What is known of one worker. Safe for use by several threads. */
final class WorkerLife implements WorkerLog {
  private final int number;
  private final long started;
  private @Nullable WorkerIdentity identity;
  private OptionalLong ready = OptionalLong.empty();
  private OptionalLong ended = OptionalLong.empty();
  private String whyEnded = "";
  private SlotTotals totals = SlotTotals.NONE;

  WorkerLife(int number, long started) {
    this.number = number;
    this.started = started;
  }

  @Override
  public synchronized void isUp(WorkerIdentity worker) {
    identity = worker;
  }

  @Override
  public synchronized void ready(long time) {
    ready = OptionalLong.of(time);
  }

  @Override
  public synchronized void worked(SlotTotals done) {
    totals = done;
  }

  @Override
  public synchronized void gone(long time, String why) {
    ended = OptionalLong.of(time);
    whyEnded = why;
  }

  synchronized boolean hasEnded() {
    return ended.isPresent();
  }

  synchronized WorkerStats stats(Timeline timeline) {
    long measured = totals.measured();
    double share = measured == 0 ? 0 : (double) (totals.reading() + totals.writing()) / measured;
    return new WorkerStats(
        number,
        identity == null ? OptionalLong.empty() : OptionalLong.of(identity.pid()),
        timeline.at(started),
        ready.stream().mapToObj(timeline::at).findAny(),
        ended.stream().mapToObj(timeline::at).findAny(),
        whyEnded.isEmpty() ? Optional.empty() : Optional.of(whyEnded),
        totals.items(),
        Duration.ofNanos(totals.busy()),
        Math.min(1, share));
  }
}
