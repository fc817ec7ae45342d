package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.processpool.AsyncMapResult;
import io.processpool.Outcome;
import io.processpool.Pool;
import io.processpool.TaskMetadata;
import io.processpool.TaskOptions;
import io.processpool.TaskTimeoutException;
import io.processpool.WorkerLostException;
import io.processpool.function.SerializableFunction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to one of many short items, the others do not notice. */
@WorkerProcesses
class BriefItemsTest {
  private static final int MANY = 200_000;

  /** Where things happen, long after it was found that the items are short. */
  private static final int ODD = 150_007;

  private static final int PID = (int) ProcessHandle.current().pid();

  private final Pool pool;
  @TempDir Path directory;

  BriefItemsTest(Pool pool) {
    this.pool = pool;
  }

  @Test
  void anItemThatEndsItsWorkerFailsAlone() throws Exception {
    List<Outcome<Integer>> outcomes =
        pool.mapAsync(
                i -> {
                  if (i == ODD) {
                    Runtime.getRuntime().halt(7);
                  }
                  return PID;
                },
                numbers(),
                MANY)
            .outcomes();
    assertThat(failure(outcomes.get(ODD))).isInstanceOf(WorkerLostException.class);
    assertOtherWorkersBeforeAndAfter(outcomes);
  }

  /** What was done before is not done again; what was not begun is done elsewhere. */
  private static void assertOtherWorkersBeforeAndAfter(List<Outcome<Integer>> outcomes)
      throws Exception {
    int first = outcomes.get(0).get();
    int second = outcomes.get(ODD + 1).get();
    assertThat(first).isNotEqualTo(second);
    for (int i = 0; i < MANY; i++) {
      if (i != ODD) {
        assertThat(outcomes.get(i).get()).as("item %d", i).isEqualTo(i < ODD ? first : second);
      }
    }
  }

  @Test
  void anItemThatTakesTooLongFailsAlone() throws Exception {
    List<Outcome<Integer>> outcomes =
        pool.with(TaskOptions.timeout(Duration.ofSeconds(1)))
            .mapAsync(
                i -> {
                  while (i == ODD) {
                    Thread.onSpinWait();
                  }
                  return PID;
                },
                numbers(),
                MANY)
            .outcomes();
    assertThat(failure(outcomes.get(ODD))).isInstanceOf(TaskTimeoutException.class);
    assertOtherWorkersBeforeAndAfter(outcomes);
  }

  @Test
  void resultsArriveWhileALaterItemIsUnderWay() throws Exception {
    Signal goOn = Signal.in(directory, "goOn");
    AsyncMapResult<Integer> result = pool.mapAsync(waitingAtOdd(goOn), numbers(), MANY);
    await().atMost(Results.BOUND).until(() -> result.progress() == ODD);
    goOn.raise();
    assertThat(Results.valueOf(result)).isEqualTo(numbers());
    List<TaskMetadata> tasks = result.metadata();
    Duration waited = tasks.get(ODD).running().orElseThrow();
    assertThat(waited).isGreaterThanOrEqualTo(Duration.ofMillis(2));
    for (int i = ODD - 100; i < ODD + 100; i++) {
      if (i != ODD) {
        assertThat(tasks.get(i).running().orElseThrow()).isLessThan(waited);
        assertThat(tasks.get(i).completed().orElseThrow())
            .isBeforeOrEqualTo(tasks.get(i + 1).started().orElseThrow());
      }
    }
  }

  private static SerializableFunction<Integer, Integer> waitingAtOdd(Signal signal) {
    return i -> {
      if (i == ODD) {
        signal.await();
      }
      return i;
    };
  }

  @Test
  void anInterruptReachesTheItemThatItIsMeantFor() throws Exception {
    List<Integer> results =
        pool.with(TaskOptions.softTimeout(Duration.ofSeconds(1)))
            .map(BriefItemsTest::sleepAtOdd, numbers(), MANY);
    for (int i = 0; i < MANY; i++) {
      assertThat(results.get(i)).isEqualTo(i == ODD ? -1 : 0);
    }
  }

  private static int sleepAtOdd(int item) {
    if (item == ODD) {
      try {
        TimeUnit.MINUTES.sleep(5);
      } catch (InterruptedException e) {
        return -1;
      }
    }
    return Thread.currentThread().isInterrupted() ? -2 : 0;
  }

  @Test
  void anInterruptedStateIsNotLeftToTheNextItem() throws Exception {
    List<Integer> results =
        pool.map(
            i -> {
              int was = Thread.currentThread().isInterrupted() ? 1 : 0;
              if (i % 3 == 0) {
                Thread.currentThread().interrupt();
              }
              return was;
            },
            numbers());
    assertThat(results).doesNotContain(1);
  }

  @Test
  void aMapIsCancelledInTheMidstOfThem() throws Exception {
    for (int round = 0; round < 5; round++) {
      Signal never = Signal.in(directory, "never");
      AsyncMapResult<Integer> result = pool.mapAsync(waitingAtOdd(never), numbers(), MANY);
      int enough = round * 20_000;
      await().atMost(Results.BOUND).until(() -> result.progress() >= enough);
      assertThat(result.cancel(true)).isTrue();
      assertThat(pool.map(i -> i + 1, List.of(1, 2, 3))).containsExactly(2, 3, 4);
    }
  }

  @Test
  void aWorkerThatIsKilledTakesOneItemWithIt() throws Exception {
    Random random = new Random(1);
    for (int round = 0; round < 5; round++) {
      AsyncMapResult<Integer> result = pool.mapAsync(i -> i + 1, repeated(10), MANY);
      List<Long> pids = new ArrayList<>();
      await()
          .atMost(Results.BOUND)
          .until(
              () -> {
                pool.stats().workers().stream()
                    .filter(worker -> worker.ended().isEmpty())
                    .forEach(worker -> worker.pid().ifPresent(pids::add));
                return !pids.isEmpty();
              });
      TimeUnit.MILLISECONDS.sleep(random.nextInt(50));
      Processes.kill(pids.get(random.nextInt(pids.size())));
      List<Outcome<Integer>> outcomes = result.outcomes();
      int lost = 0;
      for (int i = 0; i < outcomes.size(); i++) {
        Outcome<Integer> outcome = outcomes.get(i);
        lost += outcome.successful() ? 0 : 1;
        assertThat(!outcome.successful() || outcome.get() == i % MANY + 1).isTrue();
      }
      assertThat(lost).isLessThanOrEqualTo(1);
    }
  }

  private static Throwable failure(Outcome<Integer> outcome) {
    return ((Outcome.Failure<Integer>) outcome).exception();
  }

  private static List<Integer> repeated(int times) {
    return IntStream.range(0, times * MANY).mapToObj(i -> i % MANY).toList();
  }

  private static List<Integer> numbers() {
    return IntStream.range(0, MANY).boxed().toList();
  }
}
