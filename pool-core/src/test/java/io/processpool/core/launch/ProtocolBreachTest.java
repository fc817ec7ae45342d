package io.processpool.core.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.processpool.AsyncMapResult;
import io.processpool.Outcome;
import io.processpool.Pool;
import io.processpool.ProtocolException;
import io.processpool.TaskOptions;
import io.processpool.WorkerLoss;
import io.processpool.core.launch.Fault.Kind;
import io.processpool.worker.MemoryWorker;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is wrong on the channel fails the item that was running, and tells what was seen. */
@ExtendWith(QuietSlots.class)
@Timeout(60)
class ProtocolBreachTest {
  private static final int OUTCOMES = 2; // the first frame after HELLO and READY
  private static final int ENDLESS = 1;

  @Test
  void aFrameThatComesTwiceFailsTheRunningItemAlone() throws Exception {
    Fault fault = new Fault(Kind.REPEAT_FRAME, false, OUTCOMES);
    try (Pool pool = pool(fault)) {
      AsyncMapResult<Integer> result =
          pool.mapAsync(ProtocolBreachTest::wait, List.of(0, ENDLESS, 2, 3), 4);
      assertThat(onlyFailure(result))
          .isInstanceOfSatisfying(
              ProtocolException.class,
              breach -> {
                assertThat(breach.loss().reason()).isEqualTo(WorkerLoss.Reason.PROTOCOL);
                assertThat(breach).hasMessageContaining("expected was frame number 3, seen was 2");
              });
    }
  }

  @Test
  void aWorkerThatBreaksOffBeforeItsWorkHarmsNothing() throws Exception {
    Fault fault = new Fault(Kind.REPEAT_FRAME, false, 1);
    try (Pool pool = pool(fault)) {
      // It may have begun its first item when the breach is seen.
      Pool patient = pool.with(TaskOptions.attempts(2));
      assertThat(patient.map(ProtocolBreachTest::increment, List.of(1, 2, 3)))
          .containsExactly(2, 3, 4);
    }
  }

  @Test
  void whatAWorkerRefusesRunsElsewhere() throws Exception {
    Fault fault = new Fault(Kind.REPEAT_FRAME, true, 1); // its first function
    try (Pool pool = pool(fault)) {
      assertThat(pool.map(ProtocolBreachTest::increment, List.of(1, 2, 3), 1))
          .containsExactly(2, 3, 4);
    }
  }

  @Test
  void outcomesCountThoughWhatIsBehindThemDoesNot() throws Exception {
    Fault fault = new Fault(Kind.LENGTHEN_FRAME, false, OUTCOMES);
    try (Pool pool = pool(fault)) {
      AsyncMapResult<Integer> result =
          pool.mapAsync(ProtocolBreachTest::wait, List.of(0, ENDLESS, 2, 3), 4);
      assertThat(onlyFailure(result))
          .isInstanceOf(ProtocolException.class)
          .hasMessageContaining("totals");
      assertThat(result.metadata().get(0).worker()).hasValue(1);
    }
  }

  private static Throwable onlyFailure(AsyncMapResult<Integer> result) throws Exception {
    List<Outcome<Integer>> outcomes = result.outcomes();
    assertThat(outcomes).extracting(Outcome::successful).containsExactly(true, false, true, true);
    return ((Outcome.Failure<Integer>) outcomes.get(ENDLESS)).exception();
  }

  private static Pool pool(Fault fault) {
    return Pool.builder()
        .workers(1)
        .backend(
            settings -> new MemoryBackend(settings, Map.of(0, fault), MemoryBackend.noWorkers()))
        .build();
  }

  private static int increment(int i) {
    return i + 1;
  }

  /** Only the worker with the fault never finishes the endless item. */
  private static int wait(int i) throws InterruptedException {
    if (i == ENDLESS) {
      MemoryWorker.current().sleep(60_000);
    }
    return i;
  }
}
