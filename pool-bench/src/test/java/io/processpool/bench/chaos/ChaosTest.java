package io.processpool.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChaosTest {

  @Test
  void everyPromiseIsKeptUnderFire() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    int status =
        new ChaosCommand()
            .run(
                List.of("--seconds", "3", "--workers", "3", "--seed", "1"),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                System.err);

    String report = out.toString(StandardCharsets.UTF_8);
    assertThat(report).startsWith("chaos: seed 1, 3 s, 3 workers").doesNotContain("BROKEN");
    assertThat(status).isZero();
    for (String none :
        List.of("lost", "duplicated", "wrong", "processes", "threads", "open files")) {
      assertThat(report).containsPattern("(?m)^  " + none + " +0$");
    }
    assertThat(report).doesNotContainPattern("items submitted +0\\R");
  }
}
