package io.processpool.contract;

import static io.processpool.contract.Results.BOUND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.GroupBy;
import io.processpool.OutputLine;
import io.processpool.Pool;
import io.processpool.ResultIterator;
import io.processpool.StandardStream;
import io.processpool.TaskMetadata;
import io.processpool.TaskOptions;
import io.processpool.WorkerLostException;
import io.processpool.WorkerOutput;
import io.processpool.testing.Program;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tasks print is kept with them, or told to a listener. */
@WorkerProcesses
class OutputTest {
  @TempDir Path directory;

  private static Pool capturing(int workers) {
    return Pool.builder().workers(workers).output(WorkerOutput.CAPTURE).build();
  }

  @Test
  void whatATaskPrintsIsThereWhenItsResultIs() throws Exception {
    try (Pool pool = capturing(2)) {
      for (int i = 0; i < 100; i++) {
        int number = i;
        AsyncResult<Integer> result =
            pool.applyAsync(
                () -> {
                  System.out.println("out " + number + " \u00e4\u20ac\uD83D\uDE00");
                  System.err.print("err " + number);
                  return number;
                });
        assertThat(Results.valueOf(result)).isEqualTo(i);
        assertThat(result.stdout()).isEqualTo("out " + i + " \u00e4\u20ac\uD83D\uDE00\n");
        assertThat(result.stderr()).isEqualTo("err " + i);
      }
    }
  }

  @Test
  void theItemsOfAChunkHaveEachItsOwn() throws Exception {
    try (Pool pool = capturing(2)) {
      AsyncMapResult<Integer> result =
          pool.mapAsync(OutputTest::printUnlessOdd, IntStream.range(0, 50).boxed().toList(), 10);
      Results.valueOf(result);
      for (TaskMetadata task : result.metadata()) {
        boolean odd = task.index() % 2 == 1;
        assertThat(task.stdout()).isEqualTo(odd ? "" : "item " + task.index() + "\n");
        assertThat(task.stderr()).isEmpty();
      }
      assertThat(result.stdout()).startsWith("item 0\nitem 2\n").endsWith("item 48\n");
    }
  }

  private static int printUnlessOdd(int item) {
    if (item % 2 == 0) {
      System.out.println("item " + item);
    }
    return item;
  }

  @Test
  void whatWasPrintedBeforeAFailureAndBeforeADeathIsKept() throws Exception {
    try (Pool pool = capturing(1)) {
      AsyncResult<Object> failed =
          pool.applyAsync(
              () -> {
                System.out.println("before the failure");
                throw new IllegalStateException("by intent");
              });
      assertThat(Results.failureOf(failed)).hasMessage("by intent");
      assertThat(failed.stdout()).isEqualTo("before the failure\n");
      AsyncResult<Object> dead =
          pool.applyAsync(
              () -> {
                System.out.println("a line");
                System.out.print("half a line");
                return Deaths.halt(3);
              });
      assertThat(Results.failureOf(dead))
          .isInstanceOfSatisfying(
              WorkerLostException.class,
              lost ->
                  assertThat(lost.loss().lastOutput()).containsSequence("a line", "half a line"));
      assertThat(dead.stdout()).isEqualTo("a line\nhalf a line");
    }
  }

  @Test
  void whatEachAttemptPrintsIsKept() throws Exception {
    Signal first = Signal.in(directory, "first");
    try (Pool pool = capturing(1)) {
      AsyncResult<Object> result =
          pool.with(TaskOptions.attempts(2))
              .applyAsync(
                  () -> {
                    System.out.println("attempt");
                    if (!first.raised()) {
                      first.raise();
                      Deaths.halt(1);
                    }
                    return 1;
                  });
      Results.valueOf(result);
      assertThat(result.stdout()).isEqualTo("attempt\nattempt\n");
    }
  }

  @Test
  void outputCanBeReadWhileTheTaskRuns() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    try (Pool pool = capturing(1)) {
      AsyncResult<Integer> result =
          pool.applyAsync(
              () -> {
                System.out.println("early");
                return gate.pass(1);
              });
      gate.awaitArrival();
      await().atMost(BOUND).until(() -> result.stdout().equals("early\n"));
      gate.open();
      Results.valueOf(result);
    }
  }

  @Test
  void threadsThatPrintAtTheSameTimeDoNotMixTheirLines() throws Exception {
    try (Pool pool =
        Pool.builder().workers(2).output(WorkerOutput.CAPTURE).outputLimit(10_000_000).build()) {
      List<AsyncResult<Integer>> results = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        results.add(pool.applyAsync(OutputTest::printWithManyThreads, i));
      }
      for (int i = 0; i < 4; i++) {
        Results.valueOf(results.get(i));
        String mark = "task " + i;
        assertThat(results.get(i).stdout().lines())
            .hasSize(8 * 50)
            .allMatch(line -> line.matches(mark + " thread \\d line \\d+ x{5000} end"));
      }
    }
  }

  /** Each line in several pieces, longer than what is printed in one step. */
  private static int printWithManyThreads(int task) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      int number = t;
      threads.add(new Thread(() -> printLines(task, number)));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    return task;
  }

  private static void printLines(int task, int thread) {
    for (int i = 0; i < 50; i++) {
      System.out.print("task " + task + " thread " + thread);
      System.out.print(" line " + i + " ");
      System.out.print("x".repeat(5000));
      System.out.println(" end");
    }
  }

  @Test
  void ofMuchOutputTheBeginningAndTheEndAreKept() throws Exception {
    try (Pool pool =
        Pool.builder().workers(1).output(WorkerOutput.CAPTURE).outputLimit(1000).build()) {
      AsyncResult<Integer> result =
          pool.applyAsync(
              () -> {
                for (int i = 0; i < 100_000; i++) {
                  System.out.println("line " + i);
                }
                return 1;
              });
      Results.valueOf(result);
      String text = result.stdout();
      assertThat(text)
          .startsWith("line 0\nline 1\n")
          .endsWith("line 99999\n")
          .hasSizeLessThan(1100);
      int all = IntStream.range(0, 100_000).map(i -> ("line " + i + "\n").length()).sum();
      assertThat(text).contains("\n[... " + (all - 1000) + " characters were cut here ...]\n");
    }
  }

  @Test
  void aTaskThatRunsOutOfStackWhileItPrintsDisturbsNothing() throws Exception {
    try (Pool pool = capturing(1)) {
      AsyncResult<Integer> result = pool.applyAsync(OutputTest::printAndGoDeeper, 0);
      assertThat(Results.failureOf(result)).isInstanceOf(StackOverflowError.class);
      assertThat(result.stdout()).startsWith("depth 0\ndepth 1\n");
      long pid = Results.valueOf(pool.applyAsync(Processes::self));
      assertThat(result.metadata().get(0).pid()).hasValue(pid);
    }
  }

  private static int printAndGoDeeper(int depth) {
    System.out.println("depth " + depth);
    return depth < 0 ? depth : printAndGoDeeper(depth + 1) + 1;
  }

  @Test
  void nativeOutputAndThatOfProcessesBelongsToATaskThatRunsOn() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    try (Pool pool = capturing(1)) {
      AsyncResult<Integer> result =
          pool.applyAsync(
              () -> {
                descriptor().write("by descriptor\n".getBytes(StandardCharsets.UTF_8));
                new ProcessBuilder("echo", "by a process")
                    .redirectOutput(Redirect.INHERIT)
                    .start()
                    .waitFor();
                return gate.pass(1);
              });
      gate.awaitArrival();
      await().atMost(BOUND).until(() -> result.stderr().equals("by descriptor\nby a process\n"));
      gate.open();
      Results.valueOf(result);
    }
  }

  private static FileOutputStream descriptor() {
    return new FileOutputStream(FileDescriptor.out);
  }

  @Test
  void outputsAreDisplayedAsIsAskedFor() throws Exception {
    try (Pool pool = capturing(1)) {
      AsyncMapResult<Integer> result =
          pool.mapAsync(
              i -> {
                System.out.println("a" + i + "\nb" + i);
                System.err.print("e" + i);
                return 10 / i;
              },
              List.of(1, 0),
              1);
      String id = result.id();
      assertThat(displayed(result, GroupBy.ORDER))
          .containsExactly(
              "[stdout:" + id + ".0] a1",
              "[stdout:" + id + ".0] b1",
              "[stderr:" + id + ".0] e1",
              "[stdout:" + id + ".1] a0",
              "[stdout:" + id + ".1] b0",
              "[stderr:" + id + ".1] e0");
      assertThat(displayed(result, GroupBy.WORKER)).isEqualTo(displayed(result, GroupBy.ORDER));
      assertThat(displayed(result, GroupBy.TYPE))
          .containsExactly(
              "[stdout:" + id + ".0] a1",
              "[stdout:" + id + ".0] b1",
              "[stdout:" + id + ".1] a0",
              "[stdout:" + id + ".1] b0",
              "[stderr:" + id + ".0] e1",
              "[stderr:" + id + ".1] e0");
      AsyncResult<Integer> silent = pool.applyAsync(() -> 1);
      assertThat(displayed(silent, GroupBy.TYPE)).isEmpty();
    }
  }

  private static List<String> displayed(AsyncResult<?> result, GroupBy groupBy)
      throws InterruptedException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream target = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      result.displayOutputs(groupBy, target);
    }
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void whoDoesNotKeepOutputSaysSo() throws Exception {
    try (Pool pool = Pool.create(1)) {
      AsyncResult<Integer> result = pool.applyAsync(() -> 1);
      Results.valueOf(result);
      assertThatThrownBy(result::stdout)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("output(INHERIT)")
          .hasMessageContaining("output(CAPTURE)");
      assertThatThrownBy(result::stderr).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> result.displayOutputs(GroupBy.ORDER))
          .isInstanceOf(IllegalStateException.class);
      assertThat(result.metadata().get(0).stdout()).isEmpty();
    }
  }

  @Test
  void aListenerIsToldOfEachLine() throws Exception {
    Collection<OutputLine> lines = new ConcurrentLinkedQueue<>();
    try (Pool pool = Pool.builder().workers(1).outputListener(lines::add).build()) {
      AsyncResult<Integer> result =
          pool.applyAsync(
              () -> {
                System.out.println("one");
                System.err.println("two");
                System.out.print("no end");
                return 1;
              });
      Results.valueOf(result);
      Optional<String> id = Optional.of(result.id());
      await().atMost(BOUND).until(() -> lines.size() == 3);
      assertThat(lines)
          .containsExactly(
              new OutputLine(1, id, StandardStream.OUT, "one"),
              new OutputLine(1, id, StandardStream.ERR, "two"),
              new OutputLine(1, id, StandardStream.OUT, "no end"));
    }
  }

  @Test
  void aListenerThatFailsHurtsNobody() throws Exception {
    Collection<String> seen = new ConcurrentLinkedQueue<>();
    try (Pool pool =
        Pool.builder()
            .workers(1)
            .outputListener(
                line -> {
                  seen.add(line.text());
                  throw new IllegalStateException("by intent");
                })
            .build()) {
      pool.map(OutputTest::print, List.of("a", "b", "c"));
      await().atMost(BOUND).until(() -> seen.size() == 3);
      assertThat(seen).containsExactlyInAnyOrder("a", "b", "c");
    }
  }

  private static String print(String text) {
    System.out.println(text);
    return text;
  }

  @Test
  void aListenerThatNeverReturnsHoldsUpWhoPrintsAndNobodyElse() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    try (Pool pool =
        Pool.builder()
            .workers(1)
            .outputListener(
                line -> {
                  try {
                    gate.pass(line);
                  } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                })
            .build()) {
      assertThat(Results.valueOf(pool.applyAsync(OutputTest::print, "stuck"))).isEqualTo("stuck");
      gate.awaitArrival();
      for (int i = 0; i < 100; i++) {
        AsyncResult<Integer> other = pool.applyAsync(x -> x, i);
        assertThat(Results.valueOf(other)).isEqualTo(i);
      }
      gate.open();
    }
  }

  @Test
  void whatTheItemsOfAnImapPrintIsForwarded() throws Exception {
    Program program = Program.run(directory, PrintingImap.class);
    assertThat(program.exitStatus()).as(program.err()).isZero();
    assertThat(program.out().lines()).containsExactly("[worker 1, task 1.0] item 7");
  }

  /** A program that keeps what tasks print, and has no handle to keep it with. */
  static final class PrintingImap {
    private PrintingImap() {}

    public static void main(String[] arguments) {
      try (Pool pool = capturing(1);
          ResultIterator<Integer> results =
              pool.imap(
                  i -> {
                    System.out.println("item " + i);
                    return i;
                  },
                  List.of(7))) {
        results.next();
      }
    }
  }

  @Test
  void initializersPrintToo() throws Exception {
    Collection<OutputLine> lines = new ConcurrentLinkedQueue<>();
    try (Pool pool =
        Pool.builder()
            .workers(1)
            .initializer(() -> System.out.println("I am the initializer"))
            .outputListener(lines::add)
            .build()) {
      await().atMost(BOUND).until(() -> !lines.isEmpty());
      assertThat(lines)
          .containsExactly(
              new OutputLine(1, Optional.empty(), StandardStream.OUT, "I am the initializer"));
      int result = pool.apply(() -> 1);
      assertThat(result).isEqualTo(1);
    }
  }
}
