package io.processpool.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private final CapturedOutput output = new CapturedOutput();

  @Test
  void printsALineEverySoOften() {
    ProgressLine line = line(ProgressLine.Style.REPEATED, 500, 2_000, 2_500, 4_000);

    for (int done = 1_000; done <= 4_000; done += 1_000) {
      line.show(done, 5_000);
    }
    line.clear();

    assertThat(output.text().lines())
        .containsExactly(
            "pool: 2,000 of 5,000 classes, 1,000 classes/s",
            "pool: 4,000 of 5,000 classes, 1,000 classes/s");
  }

  @Test
  void rewritesOneLineAndClearsIt() {
    ProgressLine line = line(ProgressLine.Style.REWRITTEN, 1_000, 2_000);

    line.show(1_000, 5_000);
    line.show(10, 20);
    line.clear();

    assertThat(output.text().split("\r", -1))
        .containsExactly(
            "",
            "pool: 1,000 of 5,000 classes, 1,000 classes/s",
            "pool: 10 of 20 classes, 5 classes/s          ",
            " ".repeat(35),
            "");
  }

  private ProgressLine line(ProgressLine.Style style, int... millis) {
    Iterator<Duration> times = IntStream.of(millis).mapToObj(Duration::ofMillis).iterator();
    return new ProgressLine("pool", output.stream(), style, times::next);
  }
}
