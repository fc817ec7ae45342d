package io.processpool.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.processpool.Pool;
import io.processpool.PoolReport;
import io.processpool.TaskOptions;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A browser shows the page and its timeline, where there is one. */
@Timeout(120)
class BrowserTest {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  @TempDir Path directory;
  private Path browser = Path.of("");

  /** A page as it is when its script has run. */
  private record Shown(String dom, String console) {}

  @BeforeEach
  void find() {
    Optional<Path> found =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .flatMap(place -> NAMES.stream().map(name -> Path.of(place, name)))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(found.isPresent(), "There is no browser here: none of " + NAMES);
    browser = found.get();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 50, 2_000, 100_000})
  void theTimelineIsDrawn(int tasks) throws Exception {
    Report report = SampleReports.of(tasks);
    Shown shown = show(report);
    assertThat(shown.dom())
        .contains("data-script=\"ran\"")
        .contains("data-workers=\"" + report.stats().workers().size() + "\"")
        .contains("data-tasks=\"" + tasks + "\"");
    assertThat(shown.console()).doesNotContain("CONSOLE");
  }

  @Test
  void whatAPoolHasDoneIsDrawn() throws Exception {
    try (Pool pool = Pool.create(2)) {
      pool.mapAsync(x -> 12 / x, List.of(4, 3, 2, 1, 0), 1).await();
      pool.with(TaskOptions.label("exits")).applyAsync(BrowserTest::exit).await();
      Shown shown = show(pool.report());
      assertThat(shown.dom())
          .contains("data-script=\"ran\"", "data-tasks=\"6\"", "<span>exits</span>")
          .contains(">failed</td>", ">lost</td>", "<h2 id=\"advice\">Advice</h2>");
      assertThat(shown.console()).doesNotContain("CONSOLE");
    }
  }

  private static int exit() {
    System.exit(3);
    return 0;
  }

  @Test
  void manyWorkersShareRows() throws Exception {
    assertThat(show(SampleReports.recycled()).dom())
        .contains("data-rows=\"4\"", "data-workers=\"120\"", "data-tasks=\"600\"");
  }

  @Test
  void textOfOthersIsShownAndNotObeyed() throws Exception {
    Shown shown = show(PageTest.evil());
    assertThat(shown.dom()).contains("data-script=\"ran\"").doesNotContain("<img");
    assertThat(shown.dom()).contains("<title>Process pool report</title>");
    assertThat(shown.console()).doesNotContain("CONSOLE");
  }

  private Shown show(PoolReport report) throws IOException, InterruptedException {
    Path page = directory.resolve("page.html");
    Path dom = directory.resolve("dom.html");
    Path console = directory.resolve("console.txt");
    report.writeHtml(page);
    Process process =
        new ProcessBuilder(
                browser.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--user-data-dir=" + directory.resolve("profile"),
                "--enable-logging=stderr",
                "--window-size=1400,1000",
                "--virtual-time-budget=10000",
                "--dump-dom",
                page.toUri().toString())
            .redirectOutput(dom.toFile())
            .redirectError(console.toFile())
            .start();
    try {
      assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
    } finally {
      end(process);
    }
    return new Shown(Files.readString(dom), Files.readString(console));
  }

  private static void end(Process process) throws InterruptedException {
    try (Stream<ProcessHandle> helpers = process.descendants()) {
      helpers.toList().forEach(ProcessHandle::destroyForcibly);
    }
    process.destroyForcibly().waitFor();
  }
}
