package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Pool;
import io.processpool.ResultIterator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers that are replaced after so many items. */
@EveryBackend
class MaxTasksContractTest {
  private final PoolKind kind;
  @TempDir Path directory;

  MaxTasksContractTest(PoolKind kind) {
    this.kind = kind;
  }

  @Test
  void itCountsItemsAndNotChunks() throws Exception {
    Journal journal = Journal.in(directory, "journal");
    try (Pool pool = pool(1, 1, journal)) {
      List<Integer> results = pool.map(i -> noted(journal, i), numbers(5), 4);
      assertThat(results).isEqualTo(numbers(5));
    }
    assertThat(journal.lines().stream().filter(line -> !line.equals("end")))
        .startsWith(
            "start", "item", "start", "item", "start", "item", "start", "item", "start", "item")
        .filteredOn("item"::equals)
        .hasSize(5);
  }

  @Test
  void aWorkerRunsAsManyItemsAsItMay() throws Exception {
    Journal journal = Journal.in(directory, "journal");
    try (Pool pool = pool(1, 3, journal)) {
      List<Integer> results = pool.map(i -> noted(journal, i), numbers(7), 2);
      assertThat(results).isEqualTo(numbers(7));
    }
    assertThat(journal.lines().stream().filter(line -> !line.equals("end")))
        .startsWith(
            "start", "item", "item", "item", "start", "item", "item", "item", "start", "item");
  }

  @Test
  void itemsThatACancelKeptFromRunningDoNotCount() throws Exception {
    Journal journal = Journal.in(directory, "journal");
    try (Pool pool = pool(1, 10, journal)) {
      for (int i = 0; i < 4; i++) {
        Gate gate = Gate.in(directory, "gate" + i);
        AsyncMapResult<Integer> cancelled = pool.mapAsync(gate::pass, numbers(10), 10);
        gate.awaitArrival();
        cancelled.cancel(true);
        int result = pool.apply(x -> noted(journal, x), i);
        assertThat(result).isEqualTo(i);
      }
      assertThat(journal.lines()).containsExactly("start", "item", "item", "item", "item");
    }
  }

  @Test
  void singleTasksCountToo() throws Exception {
    Journal journal = Journal.in(directory, "journal");
    try (Pool pool = pool(1, 2, journal)) {
      for (int i = 0; i < 4; i++) {
        int result = pool.apply(x -> noted(journal, x), i);
        assertThat(result).isEqualTo(i);
      }
    }
    assertThat(journal.lines().stream().filter(line -> !line.equals("end")))
        .startsWith("start", "item", "item", "start", "item", "item");
  }

  @Test
  void noResultIsLostWhileSeveralWorkersAreReplaced() throws Exception {
    Journal journal = Journal.in(directory, "journal");
    try (Pool pool = pool(2, 3, journal)) {
      AsyncMapResult<Integer> map = pool.mapAsync(i -> i + 1, numbers(10), 4);
      ResultIterator<Integer> imap = pool.imap(i -> i, numbers(6), 2);
      AsyncResult<Integer> single = pool.applyAsync(() -> 42);
      for (int i = 0; i < 6; i++) {
        assertThat(imap.next()).isEqualTo(i);
      }
      assertThat(Results.valueOf(map)).isEqualTo(IntStream.rangeClosed(1, 10).boxed().toList());
      assertThat(Results.valueOf(single)).isEqualTo(42);
    }
  }

  @Test
  void workersAreReplacedWhileThePoolShutsDown() throws Exception {
    Journal journal = Journal.in(directory, "journal");
    Pool pool = pool(2, 1, journal);
    List<AsyncResult<Integer>> results = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      results.add(pool.applyAsync(x -> noted(journal, x), i));
    }
    pool.shutdown();
    pool.join();
    for (int i = 0; i < 4; i++) {
      assertThat(results.get(i).get()).isEqualTo(i);
    }
    assertThat(journal.lines()).filteredOn("item"::equals).hasSize(4);
    assertThat(journal.lines()).filteredOn("start"::equals).hasSizeGreaterThanOrEqualTo(4);
  }

  @Test
  void anItemThatFailsCountsToo() throws Exception {
    Journal journal = Journal.in(directory, "journal");
    try (Pool pool = pool(1, 2, journal)) {
      AsyncMapResult<Object> result = pool.mapAsync(i -> failing(journal), numbers(4), 4);
      assertThat(result.outcomes()).hasSize(4).noneMatch(outcome -> outcome.successful());
    }
    assertThat(journal.lines().stream().filter(line -> !line.equals("end")))
        .startsWith("start", "item", "item", "start", "item", "item");
  }

  @Test
  void aWorkerThatLeavesRunsItsFinalizer() throws Exception {
    Journal journal = Journal.in(directory, "journal");
    try (Pool pool = pool(1, 1, journal)) {
      List<Integer> results = pool.map(i -> noted(journal, i), numbers(2), 2);
      assertThat(results).isEqualTo(numbers(2));
    }
    List<String> lines = journal.lines();
    assertThat(lines).filteredOn("end"::equals).hasSizeGreaterThanOrEqualTo(2);
    assertThat(lines.stream().filter("end"::equals).count())
        .isEqualTo(lines.stream().filter("start"::equals).count());
  }

  private Pool pool(int workers, int maxTasks, Journal journal) {
    return kind.builder()
        .workers(workers)
        .maxTasksPerWorker(maxTasks)
        .cancelGrace(Results.BOUND)
        .initializer(() -> journal.write("start"))
        .finalizer(() -> journal.write("end"))
        .build();
  }

  private static int noted(Journal journal, int i) throws Exception {
    journal.write("item");
    return i;
  }

  private static Object failing(Journal journal) throws Exception {
    journal.write("item");
    throw new IllegalArgumentException("by intent");
  }

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }
}
