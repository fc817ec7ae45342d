package io.processpool.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.processpool.Pool;
import org.junit.jupiter.api.Test;

class SurvivingFailuresTest {
  private final CapturedOutput output = new CapturedOutput();

  @Test
  void theOthersKeepTheirResults() throws Exception {
    try (Pool pool = SurvivingFailures.newPool()) {
      new SurvivingFailures(pool, output.stream()).run();
    }

    assertThat(output.text())
        .containsSubsequence(
            "The tasks before have their results: [1, 4, 9, 16, 25]",
            "The task that crashes took its worker, process ",
            "The task that calls System.exit(3) took its worker, process ",
            "exit status 3",
            "The tasks after have their results: [36, 49, 64, 81, 100]",
            "The task that loops for ever gave no result within 1 s and was cancelled",
            "And the pool goes on: [121, 144]");
    assertThat(ProcessHandle.current().children()).isEmpty();
  }
}
