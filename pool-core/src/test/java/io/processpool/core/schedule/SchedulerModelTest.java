package io.processpool.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.processpool.TaskOptions;
import io.processpool.core.schedule.ModelWorld.Limits;
import io.processpool.core.schedule.ModelWorld.Scenario;
import io.processpool.core.schedule.ModelWorld.Withdrawal;
import io.processpool.spi.PoolSettings.Sizing;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The life of workers and the hand-over of chunks, in every order in which small things can happen:
 * each test goes all the ways through a small world, and in each of them every item comes to one
 * end, is run once unless its worker died, and the pool comes to its end.
 */
@Timeout(120)
class SchedulerModelTest {
  private static final TaskOptions PLAIN = TaskOptions.defaults();
  private static final int MOST_WAYS = 1_000_000;

  @Test
  void twoWorkersAndADeath() {
    explore(workers(2), chunks(2, 1), PLAIN, -1, new Limits(1, 0, false, false, 0));
  }

  @Test
  void oneWorkerWithWorkAheadAndADeath() {
    explore(workers(1), chunks(1, 1, 1), PLAIN, -1, new Limits(1, 0, false, false, 2));
  }

  @Test
  void oneWorkerAndTwoDeathsWithTwoAttempts() {
    explore(
        workers(1), chunks(2, 1), TaskOptions.attempts(2), -1, new Limits(2, 0, false, false, 0));
  }

  @Test
  void aBackoffThatEndsAtAnyMoment() {
    TaskOptions patient = TaskOptions.attempts(2).withBackoff(Duration.ofMillis(5));
    explore(workers(1), chunks(1, 1), patient, -1, new Limits(2, 0, false, false, 1));
  }

  @Test
  void startsThatFail() {
    explore(workers(2), chunks(1, 1), PLAIN, -1, new Limits(0, 3, false, false, 0));
  }

  @Test
  void aCancelAtAnyMoment() {
    explore(workers(2), chunks(1, 1), PLAIN, -1, new Limits(0, 0, true, false, 0));
  }

  @Test
  void aCancelAtAnyMomentOfAnItemThatNeverEnds() {
    explore(workers(1), chunks(2, 1), PLAIN, 1, new Limits(1, 0, true, false, 0));
  }

  @Test
  void anEndAtAnyMoment() {
    explore(workers(2), chunks(2, 1), PLAIN, -1, new Limits(1, 0, false, true, 0));
  }

  @Test
  void aWorkerThatStopsBeforeItsWork() {
    explore(workers(2), chunks(1, 1), PLAIN, -1, new Limits(0, 0, false, false, 0, 1, 0));
  }

  @Test
  void anItemThatTakesTooLong() {
    TaskOptions limited = TaskOptions.timeout(Duration.ofMillis(2));
    explore(workers(1), chunks(3, 1), limited, 1, new Limits(0, 0, false, false, 0));
  }

  @Test
  void aTimeLimitThatIsReachedAtAnyMoment() {
    TaskOptions limited = TaskOptions.timeout(Duration.ofNanos(1));
    explore(workers(1), chunks(2), limited, 1, new Limits(0, 0, false, false, 4));
  }

  @Test
  void aKilledWorkerThatDoesMoreBeforeItEnds() {
    TaskOptions limited = TaskOptions.timeout(Duration.ofNanos(1));
    explore(workers(1), chunks(2), limited, -1, new Limits(0, 0, false, false, 4, 0, 2));
  }

  @Test
  void aWorkerThatIsReplacedAfterEachItemAndADeath() {
    Sizing sizing = new Sizing(1, 1, 0, Duration.ofMinutes(1), 1, null);
    explore(sizing, chunks(2), PLAIN, -1, new Limits(1, 0, false, false, 0));
  }

  @Test
  void workersThatAreReplacedForTheirAgeAtAnyMoment() {
    Sizing sizing = new Sizing(1, 1, 0, Duration.ofMinutes(1), 0, Duration.ofMillis(3));
    explore(sizing, chunks(1, 1), PLAIN, -1, new Limits(0, 0, false, false, 2));
  }

  @Test
  void aPoolThatGrowsAndShrinks() {
    Sizing sizing = new Sizing(2, 0, 0, Duration.ofMillis(3), 0, null);
    explore(sizing, chunks(1, 1), PLAIN, -1, new Limits(1, 0, false, false, 0));
  }

  @Test
  void aSpareAndADeath() {
    Sizing sizing = new Sizing(1, 1, 1, Duration.ofMinutes(1), 0, null);
    explore(sizing, chunks(1, 1), PLAIN, -1, new Limits(1, 0, false, false, 0));
  }

  @Test
  void anAbortAtAnyMomentAndADeath() {
    explore(workers(1), chunks(2, 1), PLAIN, -1, new Limits(1, 0, Withdrawal.ALL));
  }

  @Test
  void anAbortAtAnyMomentOfWhatTwoWorkersHold() {
    explore(workers(2), chunks(2), PLAIN, -1, new Limits(1, 0, Withdrawal.ALL));
  }

  @Test
  void anAbortAtAnyMomentOfABackoff() {
    TaskOptions patient = TaskOptions.attempts(2).withBackoff(Duration.ofMillis(5));
    explore(workers(1), chunks(2), patient, -1, new Limits(1, 1, Withdrawal.ALL));
  }

  @Test
  void anItemThatIsCancelledAtAnyMoment() {
    explore(workers(1), chunks(3, 1), PLAIN, -1, new Limits(0, 1, Withdrawal.ONE));
  }

  @Test
  void anItemThatIsCancelledAtAnyMomentAndADeath() {
    explore(workers(1), chunks(3), TaskOptions.attempts(2), -1, new Limits(1, 0, Withdrawal.ONE));
  }

  @Test
  void anItemThatIsCancelledAtAnyMomentAndNeverEnds() {
    explore(workers(2), chunks(3), PLAIN, 1, new Limits(0, 1, Withdrawal.ONE));
  }

  @Test
  void anItemAheadThatIsCancelledAtAnyMomentAndNeverEnds() {
    explore(workers(1), chunks(1, 2), TaskOptions.attempts(2), 1, new Limits(0, 1, Withdrawal.ONE));
  }

  private static void explore(
      Sizing sizing, List<Integer> chunks, TaskOptions options, int stuckItem, Limits limits) {
    Choices choices = new Choices();
    int ways = 0;
    do {
      new ModelWorld(choices, new Scenario(sizing, chunks, options, stuckItem), limits).run(sizing);
      ways++;
      assertThat(ways).as("more ways than a test should go").isLessThan(MOST_WAYS);
    } while (choices.next());
    assertThat(ways).isGreaterThan(10);
  }

  private static Sizing workers(int count) {
    return new Sizing(count, count, 0, Duration.ofMinutes(1), 0, null);
  }

  private static List<Integer> chunks(Integer... counts) {
    return List.of(counts);
  }
}
