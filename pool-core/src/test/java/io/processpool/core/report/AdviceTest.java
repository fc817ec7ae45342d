package io.processpool.core.report;

import static io.processpool.core.report.SampleTask.task;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Advice is given where it is warranted, and nowhere else. Times are in microseconds. */
class AdviceTest {
  private static final long SECOND = 1_000_000;

  private final SamplePool pool = new SamplePool();

  @Test
  void noneForAPoolThatHasDoneNothing() {
    assertThat(pool.report().advice()).isEmpty();
    assertThat(pool.workers(4).reportAt(60 * SECOND).advice()).isEmpty();
  }

  @Test
  void noneForAPoolThatIsWell() {
    pool.workers(4);
    for (int i = 0; i < 400; i++) {
      pool.add(task("1." + i, 1 + i % 4, 1_000 + i / 4 * 20_100L, 20_000).result(100, 60));
    }
    assertThat(pool.report().advice()).isEmpty();
  }

  @Test
  void tinyTasks() {
    tasksOfOneWorker(1_000, 12, 3);
    assertThat(advice(new SmallTasks()))
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .startsWith("The 1,000 tasks of map 1 of 'Work.each' are small: half of them")
                    .contains(
                        "ran for 12.0 µs or less", "ran for 12.0 ms in all", "another 3.00 ms"));
  }

  @Test
  void smallTasksThatWaitForEachOther() {
    tasksOfOneWorker(1_000, 80, 40);
    assertThat(advice(new SmallTasks())).isPresent();
  }

  @Test
  void smallTasksThatFollowEachOtherClosely() {
    tasksOfOneWorker(1_000, 80, 4);
    assertThat(advice(new SmallTasks())).isEmpty();
  }

  @Test
  void tasksThatCostMoreThanTheyDo() {
    tasksOfOneWorker(200, 400, 500);
    assertThat(advice(new SmallTasks())).isPresent();
  }

  @Test
  void fewTinyTasksAreNoMatter() {
    tasksOfOneWorker(50, 12, 3);
    assertThat(advice(new SmallTasks())).isEmpty();
  }

  @Test
  void waitingForTheNextSubmissionIsNotTheCostOfATask() {
    pool.workers(1);
    for (int i = 0; i < 200; i++) {
      pool.add(task("1." + i, 1, i * 10_000L, 400).submitted(i * 10_000L - 5));
    }
    assertThat(advice(new SmallTasks())).isEmpty();
  }

  @Test
  void heavyArguments() {
    for (int i = 0; i < 20; i++) {
      pool.add(task("1." + i, 1, i * 100_000L, 30_000).argument(4_000_000, 30_000));
    }
    assertThat(advice(new HeavyArguments()))
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .contains("80.0 MB for 20 tasks (4.00 MB each) took 600 ms", "ran for 300 ms"));
    assertThat(advice(new HeavyResults())).isEmpty();
  }

  @Test
  void heavyResults() {
    for (int i = 0; i < 20; i++) {
      pool.add(task("1." + i, 1, i * 100_000L, 30_000).result(4_000_000, 30_000));
    }
    assertThat(advice(new HeavyResults())).isPresent();
    assertThat(advice(new HeavyArguments())).isEmpty();
  }

  @Test
  void largeArgumentsOfLongTasks() {
    for (int i = 0; i < 20; i++) {
      pool.add(task("1." + i, 1, i * 1_000_000L, 900_000).argument(4_000_000, 30_000));
    }
    assertThat(advice(new HeavyArguments())).isEmpty();
  }

  @Test
  void chunksThatAreTooLarge() {
    twoWorkersOfWhichTheSecondHasMore(10, 30);
    assertThat(advice(new LargeChunks()))
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .contains(
                        "for 33 % of its 3.00 s", "worker 2 still began 20 items", "below 20"));
    assertThat(advice(new LateStraggler())).isEmpty();
  }

  @Test
  void chunksThatEndTogether() {
    twoWorkersOfWhichTheSecondHasMore(28, 30);
    assertThat(advice(new LargeChunks())).isEmpty();
  }

  @Test
  void aMapThatStillRunsHasNoEnd() {
    twoWorkersOfWhichTheSecondHasMore(10, 30);
    pool.running(1);
    assertThat(advice(new LargeChunks())).isEmpty();
  }

  @Test
  void aWorkerThatDoesOtherThingsAtTheEndOfAMapIsNotIdle() {
    twoWorkersOfWhichTheSecondHasMore(10, 30);
    pool.add(task("2", 1, SECOND, 2 * SECOND));
    assertThat(advice(new LargeChunks())).isEmpty();
  }

  @Test
  void aTaskThatAllOthersWaitFor() {
    twoWorkersOfWhichTheSecondHasMore(10, 10);
    pool.add(task("1.20", 1, SECOND, 2 * SECOND));
    assertThat(advice(new LateStraggler()))
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .startsWith("One task decides how long map 1 of 'Work.each' takes: task 1.20")
                    .contains("ran for 2.00 s of the 3.00 s", "100 ms at the median", "33 %"));
    assertThat(advice(new LargeChunks())).isEmpty();
  }

  @Test
  void aLongTaskThatIsNotTheLast() {
    pool.workers(2).add(task("1.0", 1, 0, 2 * SECOND));
    for (int i = 1; i <= 30; i++) {
      pool.add(task("1." + i, 2, i * 100_000L, 100_000));
    }
    for (int i = 31; i <= 40; i++) {
      pool.add(task("1." + i, 1, 2 * SECOND + (i - 31) * 100_000L, 100_000));
    }
    assertThat(pool.report().stragglers()).hasSize(1);
    assertThat(advice(new LateStraggler())).isEmpty();
  }

  @Test
  void aLongTaskBeforeOthersOfItsChunk() {
    pool.workers(2).add(task("1.30", 2, 0, SECOND));
    for (int i = 0; i < 10; i++) {
      pool.add(task("1." + i, 1, i * 100_000L, 100_000));
    }
    for (int i = 10; i < 30; i++) {
      pool.add(task("1." + i, 2, SECOND + (i - 10) * 100_000L, 100_000));
    }
    assertThat(pool.report().stragglers()).hasSize(1);
    assertThat(advice(new LateStraggler())).isEmpty();
    assertThat(advice(new LargeChunks())).isPresent();
  }

  @Test
  void workersThatNobodyNeeds() {
    pool.workers(4);
    for (int i = 0; i < 20; i++) {
      pool.add(task(Integer.toString(i), 1 + i % 4, i * 100_000L, 100_000));
    }
    assertThat(advice(new IdleWorkers()))
        .hasValueSatisfying(
            text -> assertThat(text).contains("of 4 workers no more than 1 had a task"));
  }

  @Test
  void workersThatAreSometimesNeeded() {
    pool.workers(4);
    for (int i = 0; i < 20; i++) {
      pool.add(task(Integer.toString(i), 1, i * 100_000L, 100_000));
    }
    for (int worker = 2; worker <= 3; worker++) {
      pool.add(task("9" + worker, worker, 500_000, 1_000));
    }
    assertThat(advice(new IdleWorkers())).isEmpty();
  }

  @Test
  void workersThatTakeLongerToStartThanTheyLive() {
    for (int id = 1; id <= 4; id++) {
      pool.ended(id, 0, 200_000, 300_000);
    }
    assertThat(advice(new ShortLives()))
        .hasValueSatisfying(
            text -> assertThat(text).contains("4 workers took 800 ms", "lived for 400 ms"));
  }

  @Test
  void workersThatLiveLongEnough() {
    for (int id = 1; id <= 4; id++) {
      pool.ended(id, 0, 200_000, 500_000);
    }
    assertThat(advice(new ShortLives())).isEmpty();
  }

  @Test
  void workersThatAreLostWithTheirTasks() {
    for (int id = 1; id <= 4; id++) {
      pool.lost(id, 0, 200_000, SECOND, "process 1234" + id + " ran out of memory\nthere: ...");
      pool.add(task(Integer.toString(id), id, 500_000, 500_000).lost());
    }
    assertThat(advice(new Restarts()))
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .contains("4 times \"process … ran out of memory\"", "jvmArgs(\"-Xmx...\")"));
  }

  @Test
  void workersThatAreReplacedInOrder() {
    for (int id = 1; id <= 4; id++) {
      pool.lost(id, 0, 200_000, SECOND, "had run 5 tasks");
      pool.add(task(Integer.toString(id), id, 500_000, 500_000));
    }
    assertThat(advice(new Restarts())).isEmpty();
  }

  @Test
  void workersThatCollectGarbage() {
    for (int i = 0; i < 20; i++) {
      pool.add(task("1." + i, 1, i * 100_000L, 100_000).gc(30_000));
    }
    assertThat(advice(new GarbageCollection()))
        .hasValueSatisfying(
            text -> assertThat(text).contains("for 600 ms of the 2.00 s", "30 %", "-Xmx"));
  }

  @Test
  void workersThatCollectLittleGarbage() {
    for (int i = 0; i < 20; i++) {
      pool.add(task("1." + i, 1, i * 100_000L, 100_000).gc(9_000));
    }
    assertThat(advice(new GarbageCollection())).isEmpty();
  }

  /** What a rule says, which the report says too. */
  private Optional<String> advice(Rule rule) {
    Report report = pool.report();
    Optional<String> advice = rule.advice(Evidence.of(report.stats(), report.tasks()));
    advice.ifPresent(text -> assertThat(report.advice()).contains(text));
    return advice;
  }

  private void tasksOfOneWorker(int count, long length, long gap) {
    pool.workers(1);
    for (int i = 0; i < count; i++) {
      pool.add(task("1." + i, 1, i * (length + gap), length));
    }
  }

  /** Items of 100 ms. */
  private void twoWorkersOfWhichTheSecondHasMore(int first, int second) {
    pool.workers(2);
    for (int i = 0; i < first; i++) {
      pool.add(task("1." + i, 1, i * 100_000L, 100_000));
    }
    for (int i = 0; i < second; i++) {
      pool.add(task("1." + (first + i), 2, i * 100_000L, 100_000));
    }
  }
}
