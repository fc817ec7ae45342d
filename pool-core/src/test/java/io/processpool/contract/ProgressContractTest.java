package io.processpool.contract;

import static io.processpool.contract.Results.BOUND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Pool;
import io.processpool.Progress;
import io.processpool.TaskContext;
import io.processpool.TaskProgress;
import io.processpool.testing.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How far tasks have come is told and shown while they run. */
@EveryBackend
class ProgressContractTest {
  private final PoolKind kind;
  private final Pool pool;
  @TempDir Path directory;

  ProgressContractTest(PoolKind kind, Pool pool) {
    this.kind = kind;
    this.pool = pool;
  }

  @Test
  void aListenerIsToldOfTheWayAndOfTheEnd() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    List<Progress> told = Collections.synchronizedList(new ArrayList<>());
    AsyncMapResult<Integer> result =
        pool.mapAsync(x -> x < 4 ? 10 / x : gate.pass(x), List.of(1, 2, 0, 4), 1)
            .onProgress(told::add);
    gate.awaitArrival();
    await().atMost(BOUND).until(() -> told.stream().anyMatch(progress -> progress.done() == 3));
    Progress way = told.get(told.size() - 1);
    assertThat(way.total()).isEqualTo(4);
    assertThat(way.failed()).isEqualTo(1);
    assertThat(way.running()).extracting(task -> task.index()).containsExactly(3);
    assertThat(way.elapsed()).isPositive();
    assertThat(way.rate()).isPositive();
    assertThat(way.remaining()).isPresent();
    gate.open();
    result.await(BOUND);
    await().atMost(BOUND).until(() -> told.get(told.size() - 1).done() == 4);
    assertThat(told.get(told.size() - 1).running()).isEmpty();
    assertThat(result.failures()).isEqualTo(1);
  }

  @Test
  void whatATaskTellsOfItselfIsTold() throws Exception {
    Gate first = Gate.in(directory, "first");
    Gate second = Gate.in(directory, "second");
    List<Progress> told = Collections.synchronizedList(new ArrayList<>());
    AsyncResult<Integer> result =
        pool.applyAsync(ProgressContractTest::tell, first, second).onProgress(told::add);
    await().atMost(BOUND).until(() -> inner(told).contains(new TaskProgress(1, 2, "one")));
    first.open();
    await().atMost(BOUND).until(() -> inner(told).contains(new TaskProgress(2, 2, "two")));
    second.open();
    Results.valueOf(result);
  }

  private static int tell(Gate first, Gate second) throws IOException, InterruptedException {
    TaskContext.current().progress(1, 2, "one");
    first.pass(1);
    TaskContext.current().progress(2, 2, "two");
    return second.pass(2);
  }

  private static List<TaskProgress> inner(List<Progress> told) {
    synchronized (told) {
      return told.stream()
          .flatMap(progress -> progress.running().stream())
          .flatMap(task -> task.progress().stream())
          .toList();
    }
  }

  @Test
  void aListenerOfWhatIsCompleteIsToldOnce() throws Exception {
    AsyncResult<Integer> result = pool.applyAsync(() -> 1);
    Results.valueOf(result);
    AtomicInteger calls = new AtomicInteger();
    var unused = result.onProgress(progress -> calls.addAndGet(progress.done()));
    await().atMost(BOUND).until(() -> calls.get() == 1);
  }

  @Test
  void aListenerThatFailsHurtsNobody() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    AsyncMapResult<Integer> result =
        pool.mapAsync(x -> x, List.of(1, 2, 3))
            .onProgress(
                progress -> {
                  calls.incrementAndGet();
                  throw new IllegalStateException("by intent");
                });
    Results.valueOf(result);
    await().atMost(BOUND).until(() -> calls.get() > 0);
  }

  @Test
  void aWaitThatShowsProgressEndsInTime() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncResult<Integer> result = pool.applyAsync(g -> g.pass(1), gate);
    assertThat(result.waitInteractive(Duration.ofMillis(10), Duration.ofMillis(30))).isFalse();
    assertThat(result.waitInteractive(Duration.ofMillis(10), Duration.ZERO)).isFalse();
    gate.open();
    assertThat(result.waitInteractive()).isTrue();
    assertThatThrownBy(() -> result.waitInteractive(Duration.ZERO, BOUND))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT0S");
  }

  @Test
  void progressIsShownLineByLineWhereNoTerminalIs() throws Exception {
    Program program = Program.run(directory, Waiting.class, kind.name());
    assertThat(program.exitStatus()).as(program.err()).isZero();
    assertThat(program.out().lines()).hasSizeGreaterThan(1);
    assertThat(program.out().lines())
        .allMatch(line -> line.matches("\\d+ of 40 done, .*"))
        .last()
        .asString()
        .startsWith("40 of 40 done, ")
        .contains("  in 0:0");
  }

  /** A program that waits where people look. */
  static final class Waiting {
    private Waiting() {}

    public static void main(String[] arguments) throws Exception {
      try (Pool pool = PoolKind.valueOf(arguments[0]).builder().workers(2).build()) {
        pool.mapAsync(Waiting::sleep, IntStream.range(0, 40).boxed().toList(), 1)
            .waitInteractive(Duration.ofMillis(50), Duration.ofMinutes(1));
      }
    }

    private static int sleep(int number) throws InterruptedException {
      Thread.sleep(10);
      return number;
    }
  }
}
