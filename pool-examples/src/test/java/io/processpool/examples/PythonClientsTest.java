package io.processpool.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class PythonClientsTest {
  private static final long PATIENCE_SECONDS = 60;

  @Test
  void clientsFindTheAnswersRight() throws Exception {
    Assumptions.assumeTrue(hasPython(), "No python3 was found");
    CapturedOutput output = new CapturedOutput();
    PythonClients.run(2, 100_000, output.stream());
    assertThat(output.text().lines().toList())
        .hasSize(3)
        .endsWith("All answers were right")
        .allMatch(
            line -> line.contains("has found 9592 primes below 100000") || line.startsWith("All"));
  }

  private static boolean hasPython() throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder("python3", "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
