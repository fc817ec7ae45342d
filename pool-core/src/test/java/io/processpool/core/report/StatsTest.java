package io.processpool.core.report;

import static io.processpool.core.report.SampleTask.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.processpool.PoolStats;
import io.processpool.WorkerStats;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The figures of pools and workers. */
class StatsTest {

  @Test
  void aWorkerStartsUntilItIsReady() {
    assertThat(worker(Optional.of(at(300)), Optional.empty(), 0).startUp())
        .contains(Duration.ofNanos(200_000));
    assertThat(worker(Optional.empty(), Optional.empty(), 0).startUp()).isEmpty();
  }

  @Test
  void aWorkerIsIdleFromWhenItIsReadyUntilNowWhenItIsNotBusy() {
    assertThat(worker(Optional.of(at(300)), Optional.empty(), 500).idle(at(1_000)))
        .isEqualTo(Duration.ofNanos(200_000));
  }

  @Test
  void aWorkerThatHasEndedIsIdleNoMore() {
    assertThat(worker(Optional.of(at(300)), Optional.of(at(900)), 500).idle(at(5_000)))
        .isEqualTo(Duration.ofNanos(100_000));
  }

  @Test
  void idleTimeIsNeverNegative() {
    assertThat(worker(Optional.of(at(300)), Optional.empty(), 5_000).idle(at(1_000))).isZero();
    assertThat(worker(Optional.empty(), Optional.empty(), 0).idle(at(1_000))).isZero();
  }

  @Test
  void nonsenseIsRefused() {
    assertThatThrownBy(() -> share(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("serialisationShare must be from 0 to 1: NaN");
    assertThatThrownBy(() -> share(1.1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> worker(Optional.empty(), Optional.empty(), -1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> pool(at(1), -1, 0, 0, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("submitted must be 0 or more: -1");
  }

  @Test
  void whatNeitherRunsNorIsOverIsQueued() {
    assertThat(pool(at(1), 10, 4, 2, List.of()).queued()).isEqualTo(4);
    assertThat(pool(at(1), 10, 9, 2, List.of()).queued()).isZero();
  }

  @Test
  void throughputIsPerSecond() {
    assertThat(pool(at(2_000_000), 10, 5, 0, List.of()).throughput()).isEqualTo(2.5, within(1e-9));
    assertThat(pool(at(0), 10, 5, 0, List.of()).throughput()).isZero();
  }

  @Test
  void thoseThatEndedForAReasonWereReplaced() {
    WorkerStats lives = worker(Optional.of(at(200)), Optional.empty(), 0);
    WorkerStats ended = worker(Optional.of(at(200)), Optional.of(at(300)), 0);
    WorkerStats lost =
        new WorkerStats(
            2,
            OptionalLong.empty(),
            at(100),
            Optional.empty(),
            Optional.of(at(300)),
            Optional.of("crashed"),
            0,
            Duration.ZERO,
            0);
    assertThat(pool(at(1), 0, 0, 0, List.of(lives, ended, lost)).restarts()).containsExactly(lost);
  }

  @Test
  void theListOfWorkersIsCopied() {
    List<WorkerStats> workers = new ArrayList<>();
    PoolStats stats = pool(at(1), 0, 0, 0, workers);
    workers.add(worker(Optional.empty(), Optional.empty(), 0));
    assertThat(stats.workers()).isEmpty();
  }

  @Test
  void theTextIsCompact() {
    List<WorkerStats> workers = List.of(worker(Optional.of(at(200)), Optional.of(at(300)), 0));
    assertThat(pool(at(2_000_000), 10, 5, 3, workers))
        .hasToString(
            "10 submitted, 5 completed (1 failed), 3 running, 2 queued; 2.5 tasks/s;"
                + " 0 workers, 1 ended, 0 restarts");
  }

  private static PoolStats pool(
      Instant time, long submitted, long completed, long running, List<WorkerStats> workers) {
    return new PoolStats(at(0), time, submitted, completed, 1, running, workers);
  }

  private static WorkerStats worker(
      Optional<Instant> ready, Optional<Instant> ended, long busyMicros) {
    return new WorkerStats(
        1,
        OptionalLong.of(17),
        at(100),
        ready,
        ended,
        Optional.empty(),
        3,
        Duration.ofNanos(busyMicros * 1_000),
        0.5);
  }

  private static WorkerStats share(double share) {
    return new WorkerStats(
        1,
        OptionalLong.empty(),
        at(0),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        Duration.ZERO,
        share);
  }
}
