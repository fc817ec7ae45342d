package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.processpool.Outcome;
import io.processpool.Pool;
import io.processpool.WorkerLostException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However suddenly a worker dies: what it has done is done, and does not run again. */
@WorkerProcesses
class ExactlyOnceTest {
  private static final int ITEMS = 3000;
  private static final int BEFORE = 20;
  private static final int ROUNDS = 12;

  private final Pool pool;
  @TempDir Path directory;

  ExactlyOnceTest(Pool pool) {
    this.pool = pool;
  }

  /** The signal arrives some milliseconds later, anywhere within or between short items. */
  @Test
  void itemsBeforeAKillNeverRunAgain() throws Exception {
    int lost = 0;
    for (int round = 0; round < ROUNDS; round++) {
      lost += runWithAKill(Journal.in(directory, "items" + round));
    }
    assertThat(lost).as("kills that came before the last item").isPositive();
  }

  /** In a pool of its own, lest a signal that comes after the last item hits the next round. */
  private int runWithAKill(Journal journal) throws Exception {
    List<Outcome<Integer>> outcomes;
    try (Pool own = Pool.create(1)) {
      outcomes =
          own.mapAsync(i -> i == BEFORE ? killed(journal, i) : noted(journal, i), items(), ITEMS)
              .outcomes();
    }
    assertEachRanOnce(journal, outcomes);
    assertThat(outcomes)
        .filteredOn(outcome -> !outcome.successful())
        .hasSizeLessThanOrEqualTo(1)
        .allSatisfy(
            outcome ->
                assertThat(((Outcome.Failure<Integer>) outcome).exception())
                    .isInstanceOf(WorkerLostException.class));
    return (int) outcomes.stream().filter(outcome -> !outcome.successful()).count();
  }

  @RepeatedTest(6)
  void anItemThatKillsItsProcessIsLostAlone() throws Exception {
    Journal journal = Journal.in(directory, "items");
    List<Outcome<Integer>> outcomes =
        pool.mapAsync(
                i -> i == BEFORE ? killedForCertain(journal, i) : noted(journal, i), items(), ITEMS)
            .outcomes();
    assertEachRanOnce(journal, outcomes);
    assertThat(outcomes)
        .allSatisfy(
            outcome -> assertThat(outcome.successful()).isEqualTo(outcome.index() != BEFORE));
  }

  /** Only the item that was running when the signal came may or may not have been noted. */
  private static void assertEachRanOnce(Journal journal, List<Outcome<Integer>> outcomes)
      throws IOException {
    List<Integer> noted = journal.lines().stream().map(Integer::valueOf).toList();
    assertThat(new HashSet<>(noted)).as("no item twice").hasSameSizeAs(noted);
    assertThat(noted)
        .containsAll(outcomes.stream().filter(Outcome::successful).map(Outcome::index).toList());
  }

  private static List<Integer> items() {
    return IntStream.range(0, ITEMS).boxed().toList();
  }

  private static int noted(Journal journal, int i) throws IOException {
    journal.write(i);
    return i;
  }

  private static int killed(Journal journal, int i) throws IOException {
    new ProcessBuilder("kill", "-9", Long.toString(Processes.self())).start();
    return noted(journal, i);
  }

  private static int killedForCertain(Journal journal, int i)
      throws IOException, InterruptedException {
    killed(journal, i);
    Thread.sleep(Results.BOUND.toMillis());
    return i;
  }
}
