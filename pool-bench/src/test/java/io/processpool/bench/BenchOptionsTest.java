package io.processpool.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchOptionsTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) throws Exception {
    return Bench.run(
        List.of(arguments),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private void assertRefused(String message, String... arguments) throws Exception {
    assertThat(run(arguments)).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).startsWith(message).contains("Usage: ");
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void helpTellsTheCommandsAndTheirOptions() throws Exception {
    assertThat(run("chaos", "--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("chaos", "--seconds N", "--workers N", "--seed N", "jmh");
  }

  @Test
  void refusesNoCommand() throws Exception {
    assertRefused("No command; there are: chaos");
  }

  @Test
  void refusesAnUnknownCommand() throws Exception {
    assertRefused("Unknown command: order; there are: chaos", "order");
  }

  @Test
  void refusesAnUnknownOption() throws Exception {
    assertRefused(
        "Unknown option: --speed; allowed are --seconds, --workers, --seed",
        "chaos",
        "--speed",
        "9");
  }

  @Test
  void refusesAnOptionWithoutAValue() throws Exception {
    assertRefused("--workers needs a value", "chaos", "--seed", "1", "--workers");
  }

  @Test
  void refusesAnOptionGivenTwice() throws Exception {
    assertRefused("--seed is given twice", "chaos", "--seed", "1", "--seed", "2");
  }

  @Test
  void refusesNumbersOutOfRange() throws Exception {
    assertRefused("--seconds needs a whole number from 1 to 86400: 0", "chaos", "--seconds", "0");
  }

  @Test
  void refusesWhatIsNoNumber() throws Exception {
    assertRefused(
        "--workers needs a whole number from 1 to 200: many", "chaos", "--workers", "many");
  }

  @Test
  void refusesWhatJmhDoesNotKnow() throws Exception {
    assertRefused("q is not a recognized option", "jmh", "-q");
  }
}
