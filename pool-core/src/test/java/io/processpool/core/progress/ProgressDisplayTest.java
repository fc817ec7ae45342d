package io.processpool.core.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.processpool.Progress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Progress is shown in one line that is rewritten, or in a line each time. */
class ProgressDisplayTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream target = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void withoutATerminalEachLookIsALine() {
    ProgressDisplay display = new ProgressDisplay(target, 0);
    display.show(progress(0, 1000, 0, 1));
    display.show(progress(250, 1000, 0, 10));
    display.show(progress(1000, 1000, 3, 40));
    display.end();
    assertThat(shown().lines())
        .containsExactly(
            "0 of 1,000 done, 0/s",
            "250 of 1,000 done, 25/s  0:30 left",
            "1,000 of 1,000 done, 25/s  in 0:40  3 failed");
  }

  @Test
  void onATerminalTheLineIsRewritten() {
    ProgressDisplay display = new ProgressDisplay(target, 80);
    display.show(progress(500, 1000, 12, 7200));
    display.show(progress(1000, 1000, 0, 1));
    display.end();
    String[] lines = shown().split("\r", -1);
    assertThat(lines[1])
        .isEqualTo("[############............]  50%  500/1,000  4.2/min  2:00:00 left  12 failed");
    assertThat(lines[2].stripTrailing())
        .isEqualTo("[########################] 100%  1,000/1,000  1,000/s  in 0:01");
    assertThat(lines[2].replaceAll("\\R", "")).hasSameSizeAs(lines[1]);
    assertThat(shown()).endsWith(System.lineSeparator());
  }

  @Test
  void aLineIsNeverLongerThanTheTerminalIsWide() {
    ProgressDisplay display = new ProgressDisplay(target, 30);
    display.show(progress(500, 1000, 12, 7200));
    assertThat(shown().replace("\r", "")).hasSize(29);
  }

  @Test
  void nothingToDoIsDone() {
    new ProgressDisplay(target, 80).show(progress(0, 0, 0, 0));
    assertThat(shown()).contains("100%  0/0");
  }

  @Test
  void timesAreToldAsClocksTellThem() {
    assertThat(ProgressWords.clock(Duration.ofMillis(59_600))).isEqualTo("1:00");
    assertThat(ProgressWords.clock(Duration.ofSeconds(3_599))).isEqualTo("59:59");
    assertThat(ProgressWords.clock(Duration.ofSeconds(3_661))).isEqualTo("1:01:01");
  }

  private static Progress progress(int done, int total, int failed, int seconds) {
    return new Progress(done, total, failed, Duration.ofSeconds(seconds), List.of());
  }

  private String shown() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
