package io.processpool.contract;

import static io.processpool.contract.Results.BOUND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Pool;
import io.processpool.PoolReport;
import io.processpool.ResultIterator;
import io.processpool.TaskMetadata;
import io.processpool.TaskOptions;
import io.processpool.TaskStatus;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a pool remembers of its tasks, and reports. */
@EveryBackend
class ReportContractTest {
  private final PoolKind kind;
  private final Pool pool;
  @TempDir Path directory;

  ReportContractTest(PoolKind kind) {
    this.kind = kind;
    this.pool = kind.builder().workers(2).rememberTasks(100).build();
  }

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  void theTasksThatHaveRunAreRemembered() throws Exception {
    AsyncMapResult<Integer> map =
        pool.with(TaskOptions.label("divide")).mapAsync(x -> 12 / x, List.of(1, 2, 0, 4), 2);
    map.await(BOUND);
    AsyncResult<Integer> single = pool.applyAsync(() -> 1);
    Results.valueOf(single);
    await().atMost(BOUND).until(() -> pool.report().tasks().size() == 5);
    List<TaskMetadata> tasks = pool.report().tasks();
    assertThat(tasks)
        .extracting(TaskMetadata::id)
        .containsExactlyInAnyOrder(
            map.id() + ".0", map.id() + ".1", map.id() + ".2", map.id() + ".3", single.id());
    assertThat(tasks).last().extracting(TaskMetadata::id).isEqualTo(single.id());
    for (TaskMetadata task : tasks) {
      boolean failed = task.id().endsWith(".2");
      assertThat(task.status()).isEqualTo(failed ? TaskStatus.FAILED : TaskStatus.SUCCEEDED);
      assertThat(task.started()).isPresent();
      assertThat(task.completed()).isPresent();
      if (task.id().startsWith(map.id() + ".")) {
        assertThat(task.label()).isEqualTo("divide");
        TaskMetadata known = map.metadata().get(task.index());
        assertThat(task.started()).isEqualTo(known.started());
        assertThat(task.worker()).isEqualTo(known.worker());
      }
    }
  }

  @Test
  void ofManyTasksTheLastAreRemembered() throws Exception {
    pool.map(x -> x, IntStream.range(0, 500).boxed().toList(), 10);
    await()
        .atMost(BOUND)
        .untilAsserted(
            () -> {
              PoolReport report = pool.report();
              assertThat(report.tasks().size() + report.forgotten()).isEqualTo(500);
              assertThat(report.tasks()).hasSizeBetween(1, 100);
            });
  }

  @Test
  void anAttemptThatWasLostIsRememberedBesideTheOneThatWasNot() throws Exception {
    if (kind != PoolKind.PROCESS) {
      return;
    }
    Signal first = Signal.in(directory, "first");
    AsyncResult<Object> result =
        pool.with(TaskOptions.attempts(2)).applyAsync(ReportContractTest::dieOnce, first);
    Results.valueOf(result);
    await().atMost(BOUND).until(() -> pool.report().tasks().size() == 2);
    assertThat(pool.report().tasks())
        .extracting(TaskMetadata::attempt, TaskMetadata::status)
        .containsExactly(tuple(1, TaskStatus.FAILED), tuple(2, TaskStatus.SUCCEEDED));
  }

  private static Object dieOnce(Signal first) throws Exception {
    if (!first.raised()) {
      first.raise();
      return Deaths.halt(1);
    }
    return "alive";
  }

  @Test
  void anItemOfAnImapIsSubmittedOnceItIsPulledAlsoIfItsChunkIsParted() throws Exception {
    BlockingQueue<Integer> items = new LinkedBlockingQueue<>(List.of(1, 2));
    try (Pool parting = kind.builder().workers(1).maxTasksPerWorker(1).build();
        ResultIterator<Integer> results = parting.imap(x -> x, () -> new Taking(items), 2)) {
      results.next();
      results.next();
      Instant between = parting.stats().time();
      items.addAll(List.of(3, 4));
      results.next();
      results.next();
      await().atMost(BOUND).until(() -> parting.report().tasks().size() == 4);
      for (TaskMetadata task : parting.report().tasks()) {
        boolean early = task.index() < 2;
        assertThat(task.submitted().isBefore(between)).as(task.id()).isEqualTo(early);
        assertThat(task.started().orElseThrow()).isAfterOrEqualTo(task.submitted());
        assertThat(task.serialising()).isPositive();
        assertThat(task.queued().orElseThrow())
            .isEqualTo(Duration.between(task.submitted(), task.started().orElseThrow()));
      }
    }
  }

  /** Items that come when they come. */
  private record Taking(BlockingQueue<Integer> items) implements Iterator<Integer> {

    @Override
    public boolean hasNext() {
      return true;
    }

    @Override
    public Integer next() {
      try {
        return items.take();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void aReportIsWrittenInEveryForm() throws Exception {
    pool.map(ReportContractTest::work, IntStream.range(0, 20).boxed().toList(), 1);
    await().atMost(BOUND).until(() -> pool.report().tasks().size() == 20);
    pool.close();
    PoolReport report = pool.report();
    Path page = directory.resolve("pool.html");
    Path trace = directory.resolve("pool.json");
    report.writeHtml(page);
    report.writeTrace(trace);
    assertThat(Files.readString(page)).contains("<html").contains("ReportContractTest.work");
    assertThat(Files.readString(trace)).contains("\"traceEvents\"").contains("worker 1");
    assertThat(report.toString()).contains("20");
    assertThat(report.longest(3)).hasSize(3);
    assertThat(report.longest(1).get(0).running().orElseThrow())
        .isGreaterThanOrEqualTo(Duration.ofMillis(5));
    assertThat(report.stragglers()).isEmpty();
  }

  private static int work(int number) throws InterruptedException {
    Thread.sleep(5);
    return number;
  }

  @Test
  void aPoolThatRanNothingHasAReport() throws Exception {
    PoolReport report = pool.report();
    assertThat(report.tasks()).isEmpty();
    assertThat(report.advice()).isEmpty();
    report.writeHtml(directory.resolve("empty.html"));
    report.writeTrace(directory.resolve("empty.json"));
    assertThat(report.toString()).isNotEmpty();
  }

  @Test
  void aPlaceThatDoesNotExistIsNamed() {
    Path page = directory.resolve("none").resolve("page.html");
    assertThatThrownBy(() -> pool.report().writeHtml(page))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageStartingWith(page.toString())
        .hasMessageContaining("there is no directory");
  }
}
