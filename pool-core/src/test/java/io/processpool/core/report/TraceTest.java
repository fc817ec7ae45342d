package io.processpool.core.report;

import static io.processpool.core.report.SampleTask.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Traces are of the form that Chrome and Perfetto read. */
class TraceTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 50, 2_000})
  void everyEventHasWhatItsPhaseRequires(int tasks) throws IOException {
    for (Map<String, Object> event : events(SampleReports.of(tasks))) {
      assertThat(event).containsKeys("ph", "name", "pid", "tid", "args");
      switch ((String) event.get("ph")) {
        case "X" -> {
          assertThat(event).containsKeys("cat", "ts", "dur");
          assertThat(number(event, "ts")).isNotNegative();
          assertThat(number(event, "dur")).isNotNegative();
        }
        case "i" -> assertThat(event).containsKeys("ts", "cat").containsEntry("s", "t");
        case "C" -> assertThat(args(event).values()).hasOnlyElementsOfType(Double.class);
        case "M" -> assertThat(args(event)).hasSize(1);
        default -> throw new AssertionError("An unknown phase: " + event);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 50, 2_000})
  void slicesOfAThreadFollowEachOtherOrNest(int tasks) throws IOException {
    Map<Object, Deque<Double>> open = new HashMap<>();
    Map<Object, Double> latest = new HashMap<>();
    for (Map<String, Object> event : events(SampleReports.of(tasks))) {
      if (event.get("ph").equals("X")) {
        double start = number(event, "ts");
        double end = start + number(event, "dur");
        Object thread = event.get("tid");
        assertThat(start).isGreaterThanOrEqualTo(latest.getOrDefault(thread, 0.0));
        latest.put(thread, start);
        Deque<Double> ends = open.computeIfAbsent(thread, id -> new ArrayDeque<>());
        while (!ends.isEmpty() && ends.peek() <= start + 1e-6) {
          ends.pop();
        }
        if (!ends.isEmpty()) {
          assertThat(end).isLessThanOrEqualTo(ends.peek() + 1e-6);
        }
        ends.push(end);
      }
    }
    assertThat(open).isNotEmpty();
  }

  @Test
  void theCounterGoesUpAndDownInOrder() throws IOException {
    List<Map<String, Object>> counts = phase("C", SampleReports.of(2_000));
    assertThat(counts.stream().map(event -> number(event, "ts")).toList()).isSorted();
    assertThat(counts.stream().mapToDouble(event -> number(args(event), "busy")).max()).hasValue(8);
    assertThat(number(args(counts.get(counts.size() - 1)), "busy")).isZero();
  }

  @Test
  void threadsAreCalledAfterTheirWorkers() throws IOException {
    assertThat(phase("M", SampleReports.of(1)).stream().map(TraceTest::args))
        .contains(Map.of("name", "pool"), Map.of("name", "worker 1 (pid 4001)"));
  }

  @Test
  void aTaskTellsWhatIsKnownOfIt() throws IOException {
    Report report =
        new SamplePool()
            .starting(1, 0, 500)
            .add(task("7.0", 1, 1_000, 400).label("La\"bel").argument(70, 20).result(80, 40))
            .report();
    List<Map<String, Object>> slices = phase("X", report);
    assertThat(slices)
        .extracting(event -> event.get("name"))
        .containsExactly("start-up", "La\"bel", "reading", "running", "writing");
    assertThat(slices.get(0)).containsEntry("ts", 0.0).containsEntry("dur", 500.0);
    assertThat(slices.get(1))
        .containsEntry("ts", 1_000.0)
        .containsEntry("dur", 400.0)
        .containsEntry("cat", "succeeded");
    assertThat(args(slices.get(1)))
        .containsEntry("id", "7.0")
        .containsEntry("attempt", 1.0)
        .containsEntry("argument_bytes", 70.0)
        .containsEntry("result_bytes", 80.0)
        .containsEntry("queued_us", 1_000.0)
        .containsEntry("running_us", 370.0);
    assertThat(slices.get(3)).containsEntry("ts", 1_010.0).containsEntry("dur", 370.0);
  }

  @Test
  void aLossIsAnInstantOfItsWorker() throws IOException {
    Report report =
        new SamplePool()
            .lost(3, 0, 100, 900, "killed by SIGKILL")
            .add(task("7", 3, 200, 700).lost())
            .report();
    assertThat(phase("i", report))
        .singleElement()
        .satisfies(
            event ->
                assertThat(event)
                    .containsEntry("name", "lost: killed by SIGKILL")
                    .containsEntry("ts", 900.0)
                    .containsEntry("tid", 3.0));
    assertThat(phase("X", report).get(1)).containsEntry("cat", "lost");
  }

  @Test
  void tinyNeighboursAreOne() throws IOException {
    SamplePool pool = new SamplePool().workers(1);
    for (int i = 0; i < 1_000; i++) {
      pool.add(task("7." + i, 1, i * 8L, 5));
    }
    pool.add(task("7.1000", 1, 9_000, 5)).add(task("8", 1, 9_010, 5).label("Other"));
    List<Map<String, Object>> slices = phase("X", pool.report());
    assertThat(slices)
        .extracting(event -> event.get("name"))
        .containsExactly("start-up", "Work.each ×1000", "Work.each", "Other");
    assertThat(args(slices.get(1)))
        .containsEntry("tasks", 1_000.0)
        .containsEntry("first", "7.0")
        .containsEntry("last", "7.999")
        .containsEntry("busy_us", 5_000.0);
  }

  @Test
  void whatNeverStartedIsNotShown() throws IOException {
    Report report = new SamplePool().workers(1).add(task("7", 1, 0, 5).neverStarted()).report();
    assertThat(phase("X", report)).hasSize(1);
  }

  @Test
  void whatWouldOverlapIsCut() throws IOException {
    Report report =
        new SamplePool()
            .starting(1, 0, 150)
            .add(task("1", 1, 100, 400))
            .add(task("2", 1, 450, 400))
            .report();
    assertThat(phase("X", report))
        .extracting(event -> event.get("ts"), event -> event.get("dur"))
        .containsExactly(tuple(0.0, 150.0), tuple(150.0, 350.0), tuple(500.0, 350.0));
  }

  private List<Map<String, Object>> phase(String phase, Report report) throws IOException {
    return events(report).stream().filter(event -> event.get("ph").equals(phase)).toList();
  }

  @SuppressWarnings("unchecked")
  private List<Map<String, Object>> events(Report report) throws IOException {
    Path file = directory.resolve("trace.json");
    report.writeTrace(file);
    Map<String, Object> trace =
        (Map<String, Object>) Objects.requireNonNull(Json.read(Files.readString(file)));
    assertThat(trace).containsOnlyKeys("displayTimeUnit", "traceEvents");
    assertThat(trace.get("displayTimeUnit")).isEqualTo("ms");
    return (List<Map<String, Object>>) trace.get("traceEvents");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> args(Map<String, Object> event) {
    return (Map<String, Object>) event.get("args");
  }

  private static double number(Map<String, Object> event, String name) {
    return (Double) event.get(name);
  }
}
