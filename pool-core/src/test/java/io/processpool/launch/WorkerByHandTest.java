package io.processpool.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.processpool.Pool;
import io.processpool.testing.Program;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The worker's jar, started by somebody who is not a pool. */
@Timeout(120)
class WorkerByHandTest {
  @TempDir Path directory;
  private Path jar;

  @BeforeEach
  void copyJar() throws Exception {
    jar = directory.resolve("pool-worker.jar");
    ClassLoader loader = Pool.class.getClassLoader();
    try (InputStream in =
        Objects.requireNonNull(
            loader.getResourceAsStream("io/processpool/core/launch/pool-worker.jar"))) {
      Files.copy(in, jar);
    }
  }

  @Test
  void saysInOneLineWhatItIs() throws Exception {
    Program run = Program.java(directory, List.of("-jar", jar.toString()));
    assertThat(run.err().lines()).singleElement().asString().contains("worker of a process pool");
    assertThat(run.out()).isEmpty();
    assertThat(run.exitStatus()).isEqualTo(64);
  }

  @Test
  void wrongArgumentsAreTheSame() throws Exception {
    Program run = Program.java(directory, List.of("-jar", jar.toString(), "SOMEHOW", "1"));
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.exitStatus()).isEqualTo(64);
  }
}
