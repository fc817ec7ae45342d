package io.processpool.core.report;

import static io.processpool.core.report.SampleTask.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.map;

import io.processpool.TaskStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A page is whole in itself, and shows what others have written without obeying it. */
class PageTest {
  static final String EVIL =
      "<img src=x onerror=document.title='evil'></script><img src=x>\"'&{{data}}";

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 50, 2_000})
  void nothingIsLoadedFromElsewhere(int tasks) throws IOException {
    String page = page(SampleReports.of(tasks)).replace("http://www.w3.org/2000/svg", "");
    assertThat(page).doesNotContain("http:", "https:", "src=", "@import", "url(", "<link");
    assertThat(page).contains("default-src 'none'");
  }

  @Test
  void onlyItsOwnScriptMayRun() throws Exception {
    String page = page(SampleReports.of(50));
    Matcher script = Pattern.compile("(?s)<script>(.*?)</script>").matcher(page);
    assertThat(script.find()).isTrue();
    byte[] hash =
        MessageDigest.getInstance("SHA-256")
            .digest(script.group(1).getBytes(StandardCharsets.UTF_8));
    assertThat(page).contains("script-src 'sha256-" + Base64.getEncoder().encodeToString(hash));
    assertThat(script.find()).isFalse();
  }

  @Test
  void noTextOfOthersIsMarkup() throws IOException {
    String page = page(evil());
    assertThat(page).doesNotContain("<img").contains("&lt;img", "\\u003cimg");
    assertThat(page.split("<script", -1)).hasSize(3);
    assertThat(page.split("</script", -1)).hasSize(3);
  }

  @Test
  void halfCharactersAndControlCharactersAreReplaced() throws IOException {
    Report report =
        new SamplePool()
            .workers(1)
            .add(task("1", 1, 0, 5).label("a\uD83Db\u0000c\u001bd"))
            .report();
    assertThat(page(report)).contains("a\uFFFDb\uFFFDc\uFFFDd").doesNotContain("\u0000", "\u001b");
  }

  @Test
  void theDataAreAllThere() throws IOException {
    Report report =
        new SamplePool()
            .workers(2)
            .add(task("7.0", 1, 100, 50))
            .add(task("7.1", 2, 120, 50).label("Other"))
            .add(task("8", 2, 300, 50).status(TaskStatus.FAILED))
            .report();
    Matcher data = Pattern.compile("(?s)id=\"data\">(.*?)</script>").matcher(page(report));
    assertThat(data.find()).isTrue();
    assertThat(Json.read(data.group(1)))
        .asInstanceOf(map(String.class, Object.class))
        .containsEntry("now", 350_000.0)
        .containsEntry("labels", List.of("Work.each", "Other"))
        .containsEntry("maps", List.of("7", ""))
        .containsEntry("statuses", List.of("succeeded", "failed"))
        .extractingByKey("tasks", map(String.class, Object.class))
        .containsEntry("id", List.of(".0", ".1", "8"))
        .containsEntry("start", List.of(100_000.0, 120_000.0, 300_000.0))
        .containsEntry("length", 50_000.0)
        .containsEntry("label", List.of(0.0, 1.0, 0.0))
        .containsEntry("status", List.of(0.0, 0.0, 1.0));
  }

  @Test
  void tablesAndAdviceNeedNoScript() throws IOException {
    String page = page(SampleReports.recycled());
    assertThat(page.substring(0, page.indexOf("<script")))
        .contains("<html lang=\"en\">", "<title>", "<noscript>")
        .contains("<strong>Workers live too short:</strong> 120 workers took")
        .contains("<th scope=\"col\" class=\"figure\">Worker</th>")
        .contains("<td class=\"figure\" data-order=\"120.0\">120</td>")
        .contains("had run 5 tasks");
  }

  @Test
  void longTablesAreCutAndSayso() throws IOException {
    SamplePool pool = new SamplePool().workers(1);
    for (int i = 0; i < 250; i++) {
      pool.add(task("1." + i, 1, i * 100L, 50).status(TaskStatus.FAILED));
    }
    assertThat(page(pool.report()))
        .contains("Failures <span class=\"count\">250</span>", "50 more are not shown");
  }

  @Test
  void forgottenTasksAreMentioned() throws IOException {
    Report report = new SamplePool().workers(1).add(task("1", 1, 0, 5)).forgotten(1_234).report();
    assertThat(page(report)).contains("details are of the 1 task remembered, 1,234 more");
  }

  /** Whatever can be named by a user, or by a worker, is named with malice. */
  static Report evil() {
    SamplePool pool = new SamplePool().lost(1, 0, 10, 9_000_000, EVIL);
    for (int i = 0; i < 20; i++) {
      pool.add(task(EVIL + i, 1, 100_000L * i, 100_000).label(EVIL));
    }
    pool.add(task(EVIL, 1, 2_000_000, 7_000_000).label(EVIL).lost());
    return pool.report();
  }

  private String page(Report report) throws IOException {
    Path file = directory.resolve("page.html");
    report.writeHtml(file);
    return Files.readString(file);
  }
}
