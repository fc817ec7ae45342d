package io.processpool.contract;

import static io.processpool.contract.Results.BOUND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Pool;
import io.processpool.TaskMetadata;
import io.processpool.TaskOptions;
import io.processpool.TaskStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of tasks: IPython's metadata, and what is computed of it. */
@EveryBackend
class MetadataContractTest {
  private final PoolKind kind;
  private final Pool pool;
  @TempDir Path directory;

  MetadataContractTest(PoolKind kind, Pool pool) {
    this.kind = kind;
    this.pool = pool;
  }

  @Test
  void theTimesOfATaskFollowOnEachOther() throws Exception {
    Instant before = Instant.now();
    AsyncResult<String> result = pool.applyAsync(String::strip, " text ");
    assertThat(Results.valueOf(result)).isEqualTo("text");
    TaskMetadata task = only(result);
    assertThat(task.status()).isEqualTo(TaskStatus.SUCCEEDED);
    assertThat(task.submitted()).isAfterOrEqualTo(before.minusSeconds(10)); // the clock may be set
    assertThat(task.started().orElseThrow()).isAfterOrEqualTo(task.submitted());
    assertThat(task.completed().orElseThrow()).isAfter(task.started().orElseThrow());
    assertThat(task.received().orElseThrow()).isAfterOrEqualTo(task.completed().orElseThrow());
    assertThat(task.received().orElseThrow()).isBeforeOrEqualTo(Instant.now().plusSeconds(10));
    assertThat(task.queued().orElseThrow())
        .isEqualTo(Duration.between(task.submitted(), task.started().orElseThrow()));
    Duration parts =
        task.reading()
            .orElseThrow()
            .plus(task.running().orElseThrow())
            .plus(task.writing().orElseThrow());
    assertThat(parts)
        .isEqualTo(Duration.between(task.started().orElseThrow(), task.completed().orElseThrow()));
    assertThat(task.serialising()).isPositive();
    assertThat(task.deserialising().orElseThrow()).isPositive();
  }

  @Test
  void aTaskTellsWhereItRanAndHowMuchTravelled() throws Exception {
    AsyncResult<Long> result =
        pool.applyAsync((bytes, rest) -> Processes.self(), new byte[1000], "");
    long pid = Results.valueOf(result);
    TaskMetadata task = only(result);
    assertThat(task.pid()).hasValue(pid);
    assertThat(task.worker().orElseThrow()).isPositive();
    assertThat(task.attempt()).isEqualTo(1);
    assertThat(task.argumentBytes().orElseThrow()).isBetween(1000L, 1200L);
    assertThat(task.resultBytes().orElseThrow()).isBetween(1L, 20L);
    assertThat(task.index()).isZero();
    assertThat(task.id()).isEqualTo(result.id());
    assertThat(result.getByWorker()).isEqualTo(Map.of(task.worker().getAsInt(), pid));
  }

  @Test
  void aTaskThatWorksTellsWhatItUsed() throws Exception {
    AsyncResult<Integer> result = pool.applyAsync(MetadataContractTest::work, 300);
    Results.valueOf(result);
    TaskMetadata task = only(result);
    Duration running = task.running().orElseThrow();
    assertThat(running).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    assertThat(task.cpuTime().orElseThrow())
        .isPositive()
        .isLessThanOrEqualTo(running.plusMillis(1));
    AsyncResult<Integer> second = pool.applyAsync(MetadataContractTest::allocate, 50_000_000);
    Results.valueOf(second);
    assertThat(only(second).allocatedBytes().orElseThrow()).isGreaterThan(40_000_000);
    assertThat(only(second).gcTime().orElseThrow()).isGreaterThanOrEqualTo(Duration.ZERO);
  }

  private static int work(int millis) {
    long end = System.nanoTime() + Duration.ofMillis(millis).toNanos();
    int rounds = 0;
    while (System.nanoTime() - end < 0) {
      rounds++;
    }
    return rounds;
  }

  /** In many pieces, lest the first moments of a worker be all of it. */
  private static int allocate(int bytes) {
    List<byte[]> kept = new ArrayList<>();
    work(300);
    for (int i = 0; i < bytes / 10_000; i++) {
      kept.add(new byte[10_000]);
      if (kept.size() > 100) {
        kept.clear();
      }
    }
    return kept.size();
  }

  @Test
  void whatATaskIsDoingIsKnownWhileItRuns() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncResult<Long> running =
        pool.with(TaskOptions.label("slow one")).applyAsync(g -> g.pass(Processes.self()), gate);
    gate.awaitArrival();
    TaskMetadata task = only(running);
    assertThat(task.status()).isEqualTo(TaskStatus.RUNNING);
    assertThat(task.label()).isEqualTo("slow one");
    assertThat(task.started().orElseThrow()).isAfterOrEqualTo(task.submitted());
    assertThat(task.worker()).isPresent();
    assertThat(task.completed()).isEmpty();
    assertThat(task.received()).isEmpty();
    assertThat(task.running()).isEmpty();
    assertThat(running.elapsed()).isPositive();
    assertThatThrownBy(running::serialTime).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(running::wallTime).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(running::speedup).isInstanceOf(IllegalStateException.class);
    gate.open();
    assertThat(task.pid()).hasValue(Results.valueOf(running));
    assertThat(only(running).started()).isEqualTo(task.started());
  }

  @Test
  void theItemsOfAMapTellEachForItself() throws Exception {
    AsyncMapResult<Integer> result = pool.mapAsync(x -> 100 / x, List.of(1, 2, 0, 4, 5), 2);
    result.await(BOUND);
    List<TaskMetadata> tasks = result.metadata();
    assertThat(tasks).hasSize(5);
    assertThat(tasks)
        .extracting(TaskMetadata::status)
        .containsExactly(
            TaskStatus.SUCCEEDED,
            TaskStatus.SUCCEEDED,
            TaskStatus.FAILED,
            TaskStatus.SUCCEEDED,
            TaskStatus.SUCCEEDED);
    for (int i = 0; i < 5; i++) {
      assertThat(tasks.get(i).index()).isEqualTo(i);
      assertThat(tasks.get(i).id()).isEqualTo(result.id() + "." + i);
      assertThat(tasks.get(i).started()).isPresent();
      assertThat(tasks.get(i).worker()).isPresent();
    }
    assertThat(tasks.get(1).started().orElseThrow())
        .isAfterOrEqualTo(tasks.get(0).completed().orElseThrow());
  }

  @Test
  void manySmallItemsHaveTimesThatDoNotOverlapAndSharesOfWhatTheyUsed() throws Exception {
    List<TaskMetadata> measured =
        await()
            .atMost(BOUND)
            .until(this::ofManySmallItems, MetadataContractTest::isMeasuredThroughout);
    Instant end = Instant.MIN;
    for (TaskMetadata task : measured) {
      if (task.index() % 5_000 != 0) {
        assertThat(task.started().orElseThrow()).isAfterOrEqualTo(end);
      }
      end = task.completed().orElseThrow();
    }
  }

  private List<TaskMetadata> ofManySmallItems() throws Exception {
    List<Integer> items = IntStream.range(0, 20_000).boxed().toList();
    AsyncMapResult<Integer> result = pool.mapAsync(x -> x + 1, items, 5_000);
    result.get(BOUND);
    return result.metadata();
  }

  /** What measures is loaded beside the first tasks of a worker. */
  private static boolean isMeasuredThroughout(List<TaskMetadata> tasks) {
    return tasks.stream()
        .allMatch(task -> task.cpuTime().isPresent() && task.allocatedBytes().isPresent());
  }

  @Test
  void resultsThatJustFillABufferHaveSoundTimes() throws Exception {
    List<Integer> lengths = new ArrayList<>();
    for (int length = 32_500; length < 32_800; length++) {
      lengths.add(1);
      lengths.add(length);
    }
    AsyncMapResult<byte[]> result = pool.mapAsync(byte[]::new, lengths, lengths.size());
    result.get(BOUND);
    Instant earliest = result.metadata().get(0).submitted();
    for (TaskMetadata task : result.metadata()) {
      assertThat(task.started().orElseThrow()).isAfterOrEqualTo(earliest);
      earliest = task.completed().orElseThrow();
      assertThat(task.received().orElseThrow()).isAfterOrEqualTo(earliest);
      assertThat(task.resultBytes().orElseThrow())
          .isBetween((long) lengths.get(task.index()), lengths.get(task.index()) + 20L);
    }
  }

  @Test
  void aMapIsTimedAsAWhole() throws Exception {
    AsyncMapResult<Integer> result =
        pool.mapAsync(MetadataContractTest::work, List.of(20, 20, 20, 20), 1);
    result.get(BOUND);
    assertThat(result.serialTime()).isGreaterThanOrEqualTo(Duration.ofMillis(80));
    assertThat(result.wallTime()).isGreaterThanOrEqualTo(Duration.ofMillis(20));
    assertThat(result.elapsed()).isEqualTo(result.wallTime());
    assertThat(result.speedup())
        .isEqualTo((double) result.serialTime().toNanos() / result.wallTime().toNanos());
    Duration delta =
        result.timedelta(task -> Optional.of(task.submitted()), TaskMetadata::received);
    assertThat(delta).isEqualTo(result.wallTime());
    assertThat(result.timedelta(TaskMetadata::received, task -> Optional.of(task.submitted())))
        .isNegative();
  }

  @Test
  void aTimeThatNoTaskHasIsSaid() throws Exception {
    AsyncMapResult<Integer> nothing = pool.mapAsync(x -> x, List.<Integer>of());
    nothing.get(BOUND);
    assertThat(nothing.metadata()).isEmpty();
    assertThat(nothing.getByWorker()).isEmpty();
    assertThat(nothing.serialTime()).isZero();
    assertThatThrownBy(() -> nothing.timedelta(TaskMetadata::started, TaskMetadata::received))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("start");
  }

  @Test
  void aMapTellsWhichValuesAreWhose() throws Exception {
    AsyncMapResult<Integer> result =
        pool.mapAsync(x -> x * x, IntStream.range(0, 100).boxed().toList(), 5);
    Map<Integer, List<Integer>> byWorker = result.getByWorker();
    List<Integer> all = new ArrayList<>();
    byWorker.forEach((worker, values) -> assertThat(values).isSorted());
    byWorker.values().forEach(all::addAll);
    assertThat(all).containsExactlyInAnyOrderElementsOf(result.get());
    for (TaskMetadata task : result.metadata()) {
      assertThat(byWorker.get(task.worker().orElseThrow())).contains(task.index() * task.index());
    }
  }

  @Test
  void theIdsOfAPoolDiffer() throws Exception {
    AsyncResult<Integer> one = pool.applyAsync(() -> 1);
    AsyncResult<Integer> other = pool.applyAsync(() -> 1);
    AsyncMapResult<Integer> map = pool.mapAsync(x -> x, List.of(1));
    assertThat(List.of(one.id(), other.id(), map.id())).doesNotHaveDuplicates();
    assertThat(only(one).label()).contains("lambda");
  }

  @Test
  void whatIsCancelledSaysSo() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncResult<Integer> result = pool.applyAsync(g -> g.pass(1), gate);
    gate.awaitArrival();
    result.cancel(false);
    TaskMetadata task = only(result);
    assertThat(task.status()).isEqualTo(TaskStatus.CANCELLED);
    assertThat(task.worker()).isPresent();
    assertThat(task.started()).isPresent();
    Duration wallTime = result.wallTime();
    gate.open();
    await().atMost(BOUND).until(() -> only(result).completed().isPresent());
    assertThat(only(result).status()).isEqualTo(TaskStatus.CANCELLED);
    assertThat(only(result).worker()).isEqualTo(task.worker());
    assertThat(result.wallTime()).isEqualTo(wallTime).isEqualTo(result.elapsed());
  }

  @Test
  void aTaskThatIsLostTellsWhere() throws Exception {
    if (kind != PoolKind.PROCESS) {
      return;
    }
    AsyncResult<Object> result = pool.applyAsync(Deaths::halt, 7);
    Results.failureOf(result);
    TaskMetadata task = only(result);
    assertThat(task.status()).isEqualTo(TaskStatus.FAILED);
    assertThat(task.started().orElseThrow()).isAfterOrEqualTo(task.submitted());
    assertThat(task.received().orElseThrow()).isAfterOrEqualTo(task.started().orElseThrow());
    assertThat(task.completed()).isEmpty();
    assertThat(task.worker()).isPresent();
    assertThat(task.cpuTime()).isEmpty();
  }

  @Test
  void theAttemptsOfATaskAreCounted() throws Exception {
    if (kind != PoolKind.PROCESS) {
      return;
    }
    Signal first = Signal.in(directory, "first");
    AsyncResult<Object> result =
        pool.with(TaskOptions.attempts(2)).applyAsync(MetadataContractTest::dieOnce, first);
    assertThat(Results.valueOf(result)).isEqualTo("alive");
    TaskMetadata task = only(result);
    assertThat(task.attempt()).isEqualTo(2);
    assertThat(task.status()).isEqualTo(TaskStatus.SUCCEEDED);
    assertThat(task.completed()).isPresent();
  }

  private static Object dieOnce(Signal first) throws Exception {
    if (!first.raised()) {
      first.raise();
      return Deaths.halt(1);
    }
    return "alive";
  }

  @Test
  void theListOfAMapThatGoesOnIsReadAsItIs() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncMapResult<Integer> result =
        pool.mapAsync(x -> x == 1 ? gate.pass(x) : x, List.of(0, 1, 2), 3);
    gate.awaitArrival();
    await()
        .atMost(BOUND)
        .untilAsserted(
            () ->
                assertThat(result.metadata())
                    .extracting(TaskMetadata::status)
                    .containsExactly(TaskStatus.SUCCEEDED, TaskStatus.RUNNING, TaskStatus.QUEUED));
    gate.open();
    result.get(BOUND);
  }

  private static TaskMetadata only(AsyncResult<?> result) {
    assertThat(result.metadata()).hasSize(1);
    return result.metadata().get(0);
  }
}
