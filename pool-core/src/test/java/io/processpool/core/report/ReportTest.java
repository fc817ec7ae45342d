package io.processpool.core.report;

import static io.processpool.core.report.SampleTask.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.processpool.PoolReport;
import io.processpool.TaskMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a report tells, and how it writes its files. */
class ReportTest {
  @TempDir Path directory;

  private final PoolReport report =
      new SamplePool()
          .workers(2)
          .add(task("3", 1, 300, 50))
          .add(task("4", 1, 0, 0).neverStarted())
          .add(task("2", 2, 100, 500).label("Long\nand \u001b[31mred"))
          .add(task("1", 1, 0, 200))
          .forgotten(7)
          .report();

  @Test
  void tasksAreInTheOrderInWhichTheyStarted() {
    assertThat(report.tasks()).extracting(TaskMetadata::id).containsExactly("1", "2", "3", "4");
    assertThat(report.forgotten()).isEqualTo(7);
    assertThat(report.stats().completed()).isEqualTo(11);
  }

  @Test
  void theLongestAreFirstAndThoseThatNeverRanAreNone() {
    assertThat(report.longest(2)).extracting(TaskMetadata::id).containsExactly("2", "1");
    assertThat(report.longest(9)).extracting(TaskMetadata::id).containsExactly("2", "1", "3");
    assertThat(report.longest(0)).isEmpty();
    assertThatThrownBy(() -> report.longest(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("count must be 0 or more: -1");
  }

  @Test
  void theTextHasFiguresAndTablesOnCleanLines() {
    assertThat(report.toString())
        .startsWith("Pool of 600 µs: 11 submitted, 11 completed")
        .contains("Of the finished tasks, 7 are forgotten")
        .contains("\nWorkers\n  Worker  Process  Start-up")
        .contains("\n       1     4001       0 s      2  250 µs  350 µs  42 %")
        .contains("\nLongest tasks\n")
        .contains("Long and  [31mred")
        .doesNotContain("\u001b", "Stragglers", "Failures", "Advice");
  }

  @Test
  void theTextHasAdviceStragglersAndFailures() {
    assertThat(SampleReports.of(50).toString())
        .contains("\nStragglers\n", "\nFailures\n", "\nAdvice\n  - One task decides");
  }

  @Test
  void theTextIsTheSameInEveryLocale() {
    String text = SampleReports.of(50).toString();
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(SampleReports.of(50)).hasToString(text);
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0,0 s",
    "999,999 ns",
    "1000,1.00 µs",
    "12345,12.3 µs",
    "999999,1000 µs",
    "123456789,123 ms",
    "1500000000,1.50 s",
    "61000000000,1 min 01 s",
    "7380000000000,2 h 03 min"
  })
  void timesHaveThreeDigitsThatCount(long nanos, String text) {
    assertThat(Plain.nanos(nanos)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0,0 B", "999,999 B", "1000,1.00 kB", "999600,1.00 MB", "12345678901,12.3 GB"})
  void sizesHaveThreeDigitsThatCount(long bytes, String text) {
    assertThat(Plain.bytes(bytes)).isEqualTo(text);
  }

  @Test
  void aFileIsReplaced() throws IOException {
    Path file = Files.writeString(directory.resolve("report.html"), "old");
    report.writeHtml(file);
    assertThat(file).content().startsWith("<!DOCTYPE html>").endsWith("</html>\n");
    report.writeTrace(file);
    assertThat(file).content().startsWith("{");
    assertThat(files()).containsExactly(file);
  }

  @Test
  void aFileStaysAsItWasIfAnotherCannotBeWritten() throws IOException {
    Path file = Files.writeString(directory.resolve("report.html"), "old");
    assertThatThrownBy(
            () ->
                WholeFile.write(
                    file,
                    out -> {
                      out.write("new");
                      throw new IOException("No space left");
                    }))
        .hasMessage("No space left");
    assertThat(file).hasContent("old");
    assertThat(files()).containsExactly(file);
  }

  @Test
  void aPlaceThatCannotBeWrittenIsRefused() throws IOException {
    assertThatThrownBy(() -> report.writeTrace(directory.resolve("none/trace.json")))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> report.writeTrace(directory))
        .isInstanceOf(IOException.class)
        .hasMessage(directory + " is a directory");
    assertThat(files()).isEmpty();
  }

  private Stream<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList().stream();
    }
  }
}
