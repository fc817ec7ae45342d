package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Outcome;
import io.processpool.Pool;
import io.processpool.ProtocolException;
import io.processpool.WorkerLoss;
import io.processpool.WorkerLoss.Reason;
import io.processpool.WorkerLostException;
import io.processpool.WorkerOutput;
import io.processpool.function.SerializableCallable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of a worker that was lost is what has happened to it. */
@WorkerProcesses
class LossReasonTest {
  private final Pool pool;

  LossReasonTest(Pool pool) {
    this.pool = pool;
  }

  @Test
  void anExitNamesWhoCalledIt() {
    WorkerLostException lost = lost(() -> quit());
    assertEnd(lost.loss(), Reason.EXIT, 3);
    assertThat(lost.loss().signal()).isEmpty();
    assertThat(lost.loss().exitStack().get(0))
        .extracting(StackTraceElement::getClassName, StackTraceElement::getMethodName)
        .containsExactly("java.lang.System", "exit");
    assertThat(lost.loss().exitStack()).anyMatch(LossReasonTest::isQuit);
    assertThat(lost)
        .hasMessageContaining("System.exit was called")
        .hasMessageContaining("exit status 3")
        .hasMessageContaining(LossReasonTest.class.getName() + ".quit(LossReasonTest.java:")
        .hasMessageNotContaining("io.processpool.worker.");
  }

  @Test
  void anExitOfAnotherThreadNamesThatThread() {
    WorkerLostException lost = lost(LossReasonTest::quitElsewhere);
    assertEnd(lost.loss(), Reason.EXIT, 3);
    assertThat(lost.loss().exitStack())
        .anyMatch(LossReasonTest::isQuit)
        .noneMatch(frame -> frame.getMethodName().equals("quitElsewhere"));
  }

  @Test
  void anExitThatDoesNotComeToItsEndIsAnExit(@TempDir Path directory) throws Exception {
    Signal never = Signal.in(directory, "never");
    try (Pool pool = Pool.builder().workers(1).stopTimeout(Duration.ofMillis(300)).build()) {
      WorkerLostException lost = lost(pool, () -> quitWithout(never));
      assertEnd(lost.loss(), Reason.EXIT, 137);
      assertThat(lost.loss().exitStack()).anyMatch(LossReasonTest::isQuit);
      assertThat(lost).hasMessageContaining("it was killed because it did not end");
    }
  }

  @Test
  void anExitWithAStatusOfASignalIsAnExit() {
    WorkerLostException lost = lost(() -> Deaths.exit(137));
    assertEnd(lost.loss(), Reason.EXIT, 137);
    assertThat(lost.loss().signal()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0", "3", "4"})
  void aHaltIsNoExit(int status) {
    WorkerLostException lost = lost(() -> Deaths.halt(status));
    assertEnd(lost.loss(), Reason.HALT, status);
    assertThat(lost.loss().exitStack()).isEmpty();
    assertThat(lost.loss().signal()).isEmpty();
    assertThat(lost).hasMessageContaining("exit status " + status);
  }

  @Test
  void aHeapThatIsFullIsToldFromAnExitWithTheSameStatus() throws Exception {
    try (Pool small = quiet("-Xmx64m")) {
      WorkerLostException lost = lost(small, Deaths::exhaustMemory);
      assertEnd(lost.loss(), Reason.OUT_OF_MEMORY, 3);
      assertThat(lost).hasMessageContaining("it ran out of memory: Java heap space");
    }
  }

  @Test
  void aCrashIsToldWithTheKeyLinesOfItsReport() throws Exception {
    WorkerLostException lost = lost(Deaths::crash);
    assertEnd(lost.loss(), Reason.CRASH, 1);
    assertThat(lost.loss().signal()).hasValue("SIGSEGV");
    Path report = lost.loss().crashReport().orElseThrow();
    assertThat(lost)
        .hasMessageContaining("its JVM crashed with SIGSEGV")
        .hasMessageContaining("SIGSEGV (0xb) at pc=")
        .hasMessageContaining("pid=" + lost.pid())
        .hasMessageContaining("# Problematic frame:")
        .hasMessageContaining("Current thread")
        .hasMessageContaining(Deaths.class.getName() + ".crash()")
        .hasMessageContaining("crash report: " + report);
    assertThat(report).isRegularFile().content().contains("pid=" + lost.pid());
    Files.delete(report);
  }

  @Test
  void aReportWhereTheUserWantsItIsFound() throws Exception {
    Path directory = Files.createTempDirectory("reports");
    Path wanted = directory.resolve("100%%p");
    try (Pool pool = quiet("-XX:ErrorFile=" + directory + "/100%%%%p")) {
      WorkerLostException lost = lost(pool, Deaths::crash);
      assertThat(lost.loss().crashReport()).hasValue(wanted);
      assertThat(wanted).isRegularFile();
    } finally {
      Files.deleteIfExists(wanted);
      Files.delete(directory);
    }
  }

  @Test
  void aCrashWithoutAReportIsToldByWhatTheJvmPrinted() throws Exception {
    try (Pool pool = quiet("-XX:ErrorFile=/dev/null")) {
      WorkerLostException lost = lost(pool, Deaths::crash);
      assertEnd(lost.loss(), Reason.CRASH, 1);
      assertThat(lost.loss().signal()).hasValue("SIGSEGV");
      assertThat(lost.loss().crashReport()).isEmpty();
      assertThat(lost).hasMessageContaining("# Problematic frame:");
    }
  }

  @Test
  void aKillFromOutsideMayHaveBeenTheSystems() {
    WorkerLostException lost = lost(() -> Deaths.kill("KILL"));
    assertEnd(lost.loss(), Reason.KILLED, 137);
    assertThat(lost.loss().signal()).hasValue("SIGKILL");
    assertThat(lost).hasMessageContaining("SIGKILL").hasMessageContaining("want of memory");
  }

  @Test
  void aSignalThatTheJvmObeysIsNoExit() {
    WorkerLostException lost = lost(() -> Deaths.kill("TERM"));
    assertEnd(lost.loss(), Reason.KILLED, 143);
    assertThat(lost.loss().signal()).hasValue("SIGTERM");
    assertThat(lost.loss().exitStack()).isEmpty();
  }

  @Test
  void aWorkerThatBreaksTheProtocolIsKilledForIt() {
    assumeThat(Path.of("/proc/self/fd")).isDirectory();
    WorkerLostException lost = lost(LossReasonTest::babble);
    assertThat(lost).isExactlyInstanceOf(ProtocolException.class);
    assertEnd(lost.loss(), Reason.PROTOCOL, 137);
    assertThat(lost).hasMessageContaining("the pool killed it").hasMessageContaining("babble");
  }

  @Test
  void theLastLinesAreTold() throws Exception {
    try (Pool pool = quiet()) {
      WorkerLostException lost = lost(pool, LossReasonTest::speakAndHalt);
      assertThat(lost.loss().lastOutput()).containsExactly("first", "second", "third");
      assertThat(lost.getMessage().lines()).endsWith("  | first", "  | second", "  | third");
    }
  }

  @Test
  void theItemIsToldByItsPlaceInTheMap() throws Exception {
    WorkerLostException lost =
        (WorkerLostException)
            Results.failureOf(
                pool.mapAsync(i -> i == 5 ? Deaths.halt(1) : i, List.of(0, 1, 2, 3, 4, 5, 6), 3));
    assertThat(lost.itemIndex()).isEqualTo(5);
    assertThat(lost)
        .hasMessageContaining("process id " + lost.pid())
        .hasMessageContaining("item 5 of a lambda in " + LossReasonTest.class.getName());
  }

  @Test
  void theTaskIsToldByAName() {
    String here = LossReasonTest.class.getName();
    assertThat(lost(() -> Deaths.halt(1)).task())
        .isEqualTo("a lambda in " + here + ".theTaskIsToldByAName");
    assertThat(lost(LossReasonTest::speakAndHalt).task()).isEqualTo(here + ".speakAndHalt");
    assertThat(lost(new Halt(1)).task()).isEqualTo(Halt.class.getName());
    assertThat(lost(HaltsWhenMade::new).task())
        .isEqualTo("the constructor of " + HaltsWhenMade.class.getName());
  }

  /** A task that has a class. */
  record Halt(int status) implements SerializableCallable<Object> {
    @Override
    public Object call() {
      return Deaths.halt(status);
    }
  }

  /** A task that is a constructor. */
  static final class HaltsWhenMade {
    HaltsWhenMade() {
      Deaths.halt(1);
    }
  }

  @Test
  void whatIsDoneWhenAWorkerBreaksTheProtocolIsKept(@TempDir Path directory) throws Exception {
    assumeThat(Path.of("/proc/self/fd")).exists();
    Journal runs = Journal.in(directory, "runs");
    List<Integer> items = IntStream.range(0, 30).boxed().toList();
    AsyncMapResult<Object> result = pool.mapAsync(i -> babbleAtTen(i, runs), items, items.size());
    assertThat(result.await(Results.BOUND)).isTrue();
    assertThat(runs.lines()).hasSameSizeAs(items).doesNotHaveDuplicates();
    assertThat(result.outcomes())
        .filteredOn(outcome -> !outcome.successful())
        .singleElement()
        .satisfies(outcome -> assertThat(outcome.index()).isEqualTo(10))
        .extracting(outcome -> ((Outcome.Failure<Object>) outcome).exception())
        .isInstanceOf(ProtocolException.class);
  }

  private WorkerLostException lost(SerializableCallable<Object> task) {
    return lost(pool, task);
  }

  private static WorkerLostException lost(Pool pool, SerializableCallable<Object> task) {
    AsyncResult<Object> result = pool.applyAsync(task);
    return (WorkerLostException) Results.failureOf(result);
  }

  private static void assertEnd(WorkerLoss loss, Reason reason, int status) {
    assertThat(loss.reason()).as(loss.explanation()).isEqualTo(reason);
    assertThat(loss.exitStatus()).hasValue(status);
    assertThat(loss.uptime()).isGreaterThan(Duration.ZERO);
    assertThat(loss.pid()).isPositive();
  }

  private static Pool quiet(String... jvmArgs) {
    return Pool.builder().workers(1).jvmArgs(jvmArgs).output(WorkerOutput.DISCARD).build();
  }

  private static Object quit() {
    return Deaths.exit(3);
  }

  private static Object quitWithout(Signal signal) {
    Deaths.neverWithout(signal);
    return quit();
  }

  private static boolean isQuit(StackTraceElement frame) {
    return frame.getClassName().equals(LossReasonTest.class.getName())
        && frame.getMethodName().equals("quit");
  }

  private static Object quitElsewhere() throws InterruptedException {
    Thread other = new Thread(LossReasonTest::quit);
    other.start();
    other.join();
    return "never";
  }

  private static Object speakAndHalt() {
    System.out.println("first");
    System.err.println("second\nthird");
    return Deaths.halt(1);
  }

  /** What precedes the babble is in part sent before it, in part behind it or not at all. */
  private static Object babbleAtTen(int item, Journal runs) throws Exception {
    runs.write(item);
    if (item == 10) {
      return babble();
    }
    if (item < 8) {
      Thread.sleep(3);
    }
    return item;
  }

  /** Says something of its own where only the pool's frames belong. */
  private static Object babble() throws IOException, InterruptedException {
    try (OutputStream channel = new FileOutputStream("/proc/self/fd/3")) {
      channel.write("babble ".repeat(100).getBytes(StandardCharsets.UTF_8));
    }
    Thread.sleep(Results.BOUND.toMillis());
    return "never";
  }
}
