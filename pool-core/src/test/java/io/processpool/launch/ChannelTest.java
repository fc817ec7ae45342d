package io.processpool.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.processpool.testing.Program;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What tasks print and read never touches the channel, in whichever way it is protected. */
@Timeout(120)
class ChannelTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"DESCRIPTORS", "REOPENED", "PLAIN"})
  void noiseDisturbsNoResult(String mode) throws Exception {
    Program run = run(mode);
    assertThat(run.out()).contains("sum 19900");
    assertThat(run.out()).contains("println 7" + System.lineSeparator());
    assertThat(run.exitStatus()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"DESCRIPTORS", "PLAIN"})
  void noiseIsForwardedByLine(String mode) throws Exception {
    assertThat(run(mode).err().lines()).contains("descriptor 0", "descriptor 199");
  }

  @ParameterizedTest
  @ValueSource(strings = {"DESCRIPTORS", "REOPENED"})
  void standardInputIsEmpty(String mode) throws Exception {
    assertThat(run(mode).out()).contains("eaten 0");
  }

  private Program run(String mode) throws Exception {
    return Program.java(
        directory,
        List.of(
            "-Dio.processpool.channel=" + mode,
            "-cp",
            Program.joined(Program.classPath()),
            ChannelApp.class.getName(),
            mode));
  }
}
