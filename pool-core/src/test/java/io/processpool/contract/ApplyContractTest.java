package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.processpool.Args;
import io.processpool.AsyncResult;
import io.processpool.Pool;
import io.processpool.function.SerializableCallable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One task: {@code apply} and {@code applyAsync}. */
@EveryBackend
class ApplyContractTest {
  private final PoolKind kind;
  private final Pool pool;
  @TempDir Path directory;

  ApplyContractTest(PoolKind kind, Pool pool) {
    this.kind = kind;
    this.pool = pool;
  }

  @Test
  void aBlockingCallTakesNoneToThreeArguments() throws Exception {
    int none = pool.apply(() -> 42);
    int one = pool.apply(x -> x + 1, 1);
    int two = pool.apply((x, y) -> x - y, 7, 4);
    String three = pool.apply((x, y, z) -> x + y + z, "a", 1, 'c');
    assertThat(none).isEqualTo(42);
    assertThat(one).isEqualTo(2);
    assertThat(two).isEqualTo(3);
    assertThat(three).isEqualTo("a1c");
  }

  @Test
  void anAsynchronousCallTakesNoneToThreeArguments() throws Exception {
    AsyncResult<Integer> none = pool.applyAsync(() -> 42);
    AsyncResult<Integer> one = pool.applyAsync(x -> x + 1, 1);
    AsyncResult<Integer> two = pool.applyAsync((x, y) -> x - y, 7, 4);
    AsyncResult<String> three = pool.applyAsync((x, y, z) -> x + y + z, "a", 1, 'c');
    assertThat(Results.valueOf(none)).isEqualTo(42);
    assertThat(Results.valueOf(one)).isEqualTo(2);
    assertThat(Results.valueOf(two)).isEqualTo(3);
    assertThat(Results.valueOf(three)).isEqualTo("a1c");
  }

  @Test
  void aMethodReferenceIsATask() throws Exception {
    String stripped = pool.apply(String::strip, "  text ");
    assertThat(stripped).isEqualTo("text");
  }

  @Test
  void aTaskDoesNotSeeWhatOthersDidToTheirFunction() throws Exception {
    List<Integer> captured = new ArrayList<>();
    SerializableCallable<Integer> function =
        () -> {
          captured.add(1);
          return captured.size();
        };
    for (int i = 0; i < 5; i++) {
      assertThat(pool.apply(function)).isOne();
    }
  }

  @Test
  void argumentsMayBeNull() throws Exception {
    boolean one = pool.apply(x -> x == null, (String) null);
    boolean two = pool.apply((x, y) -> x == null && y == null, (String) null, (String) null);
    boolean three =
        pool.apply(
            (x, y, z) -> x == null && y.equals("y") && z == null,
            (String) null,
            "y",
            (String) null);
    assertThat(List.of(one, two, three)).containsOnly(true);
  }

  @Test
  void aResultMayBeNull() throws Exception {
    AsyncResult<String> result = pool.applyAsync(() -> null);
    assertThat(Results.valueOf(result)).isNull();
    assertThat(result.successful()).isTrue();
  }

  @Test
  void tasksRunInAnotherProcessUnlessThePoolIsInline() throws Exception {
    long pid = pool.apply(Processes::self);
    if (kind == PoolKind.PROCESS) {
      assertThat(pid).isNotEqualTo(Processes.self());
      assertThat(ProcessHandle.current().children().map(ProcessHandle::pid)).contains(pid);
    } else {
      assertThat(pid).isEqualTo(Processes.self());
    }
  }

  @Test
  void aTaskWorksOnCopies() throws Exception {
    List<String> original = new ArrayList<>(List.of("a"));
    List<String> changed = pool.apply(ApplyContractTest::withOneMore, original);
    assertThat(changed).containsExactly("a", "one more");
    assertThat(original).containsExactly("a");
  }

  @Test
  void whatHappensToAnArgumentAfterTheCallIsNotSeenByTheTask() throws Exception {
    try (Pool single = kind.pool(1)) {
      Gate gate = Gate.in(directory, "gate");
      AsyncResult<String> first = single.applyAsync(() -> gate.pass("first"));
      List<String> argument = new ArrayList<>(List.of("as submitted"));
      AsyncResult<List<String>> second = single.applyAsync(x -> x, argument);
      argument.set(0, "changed");
      gate.awaitArrival();
      gate.open();
      assertThat(Results.valueOf(first)).isEqualTo("first");
      assertThat(Results.valueOf(second)).containsExactly("as submitted");
    }
  }

  @Test
  void tasksStartInTheOrderOfTheirSubmission() throws Exception {
    Journal journal = Journal.in(directory, "journal");
    Gate gate = Gate.in(directory, "gate");
    List<Args.Pair<Integer, Integer>> calls = List.of(Args.of(2, 3), Args.of(3, 3));
    try (Pool single = kind.pool(1)) {
      List<AsyncResult<?>> results = new ArrayList<>();
      results.add(single.applyAsync(() -> gate.pass("first")));
      results.add(single.applyAsync(ApplyContractTest::write, journal, 0));
      results.add(single.mapAsync(i -> write(journal, i), List.of(1, 2, 3), 2));
      results.add(single.applyAsync(ApplyContractTest::write, journal, 4));
      results.add(single.starmapAsync((i, j) -> write(journal, i + j), calls, 1));
      results.add(single.applyAsync(ApplyContractTest::write, journal, 7));
      gate.awaitArrival();
      gate.open();
      for (AsyncResult<?> result : results) {
        assertThat(result.await(Results.BOUND)).isTrue();
      }
    }
    assertThat(journal.lines()).containsExactly("0", "1", "2", "3", "4", "5", "6", "7");
  }

  @Test
  void aBlockingCallThatIsInterruptedCancelsItsTask() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Signal interrupted = Signal.in(directory, "interrupted");
    try (Pool patient = kind.builder().workers(1).cancelGrace(Results.BOUND).build()) {
      Background<Throwable> call =
          Background.start(
              () -> catchThrowable(() -> patient.apply(() -> untilInterrupted(gate, interrupted))));
      gate.awaitArrival();
      call.thread().interrupt();
      assertThat(call.result()).isInstanceOf(InterruptedException.class);
      interrupted.awaitRaised();
    }
  }

  @Test
  void everyThreadMaySubmit() throws Exception {
    List<Background<Integer>> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      int thread = i;
      threads.add(Background.start(() -> sumOfCalls(pool, thread)));
    }
    for (int i = 0; i < 8; i++) {
      assertThat(threads.get(i).result()).isEqualTo(50 * i + 49 * 50 / 2);
    }
  }

  private static int sumOfCalls(Pool pool, int thread) throws InterruptedException {
    int sum = 0;
    for (int i = 0; i < 50; i++) {
      sum += pool.apply((x, y) -> x + y, thread, i);
    }
    return sum;
  }

  private static List<String> withOneMore(List<String> list) {
    list.add("one more");
    return list;
  }

  private static int write(Journal journal, int line) throws Exception {
    journal.write(line);
    return line;
  }

  private static String untilInterrupted(Gate gate, Signal interrupted) throws Exception {
    try {
      return gate.pass("never");
    } catch (InterruptedException e) {
      interrupted.raise();
      throw e;
    }
  }
}
