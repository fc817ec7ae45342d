package io.processpool.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... options) throws Exception {
    return new CompareCommand()
        .run(
            List.of(options),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @Test
  void playersTakeTurnsAndATableAndAFileTellOfIt(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("figures.json");

    int status = run("--only", "apply,skew", "--rounds", "1", "--json", file.toString());

    assertThat(status).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("Java " + Runtime.version())
        .contains("| metric | ours | peer |")
        .containsPattern("\\| apply, median, µs \\| [0-9.,]+ \\|")
        .containsPattern("\\| apply, 99th percentile, µs \\| [0-9.,]+ \\|")
        .containsPattern("\\| map, 1 % of items 100 times longer, ms \\| [0-9.,]+ \\|");
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("apply: round 1 of 1");
    assertThat(Files.readString(file))
        .startsWith("{\"java\":")
        .contains("\"metric\":\"apply, median\"", "\"ours\":{\"median\":", "\"toLimit\":")
        .endsWith("}\n");
    assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void refusesAComparisonThatThereIsNot() {
    assertThatThrownBy(() -> run("--only", "apply,beauty"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("No comparison beauty; there are: apply, map-one");
  }

  @Test
  void refusesNumbersOutOfRange() {
    assertThatThrownBy(() -> run("--rounds", "0"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--rounds needs a whole number from 1 to 1000: 0");
  }

  @Test
  void hasDefaults() {
    CompareOptions options = CompareOptions.parse(List.of());

    assertThat(options.rounds()).isEqualTo(7);
    assertThat(options.only()).isEmpty();
    assertThat(options.json()).isNull();
  }
}
