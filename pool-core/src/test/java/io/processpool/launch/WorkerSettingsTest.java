package io.processpool.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.processpool.Pool;
import io.processpool.PoolBuilder;
import io.processpool.TaskSerializationException;
import io.processpool.function.SerializableCallable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the builder says of the workers' processes is how they are. */
@Timeout(120)
class WorkerSettingsTest {
  @TempDir Path directory;

  @Test
  void environmentIsAddedToThatOfTheParent() throws Exception {
    PoolBuilder builder = Pool.builder().environment("GREETING", "hello");
    assertThat(inWorker(builder, () -> System.getenv("GREETING"))).isEqualTo("hello");
    assertThat(inWorker(builder, () -> System.getenv("PATH"))).isEqualTo(System.getenv("PATH"));
  }

  @Test
  void workingDirectory() throws Exception {
    PoolBuilder builder = Pool.builder().workingDirectory(directory);
    String seen = inWorker(builder, () -> Path.of("").toAbsolutePath().toString());
    assertThat(Path.of(seen)).isEqualTo(directory.toRealPath());
  }

  @Test
  void flagsOfTheUserPrevail() throws Exception {
    PoolBuilder builder =
        Pool.builder().jvmArgs("-XX:ActiveProcessorCount=7", "-Xmx99m", "-Dwho=the user");
    assertThat(inWorker(builder, () -> Runtime.getRuntime().availableProcessors())).isEqualTo(7);
    assertThat(inWorker(builder, () -> Runtime.getRuntime().maxMemory()))
        .isLessThanOrEqualTo(99 << 20);
    assertThat(inWorker(builder, () -> System.getProperty("who"))).isEqualTo("the user");
  }

  @Test
  void anotherJava() throws Exception {
    Path own = Path.of(System.getProperty("java.home")).toRealPath();
    Path other = otherJava(own);
    assumeThat(other).as("another Java beside " + own).isNotNull();
    String seen =
        inWorker(
            Pool.builder().javaHome(Objects.requireNonNull(other)),
            () -> System.getProperty("java.home"));
    assertThat(Path.of(seen).toRealPath()).isEqualTo(other);
  }

  @Test
  void aClassPathWithoutTheTaskIsSaidToBeTheFault() throws Exception {
    try (Pool pool = Pool.builder().workers(1).classPath(List.of(directory)).build()) {
      assertThatThrownBy(() -> pool.apply(() -> 1))
          .isInstanceOf(TaskSerializationException.class)
          .hasMessageContaining(WorkerSettingsTest.class.getName())
          .hasMessageContaining("not on the class path");
    }
  }

  private static <T> T inWorker(PoolBuilder builder, SerializableCallable<T> question)
      throws InterruptedException {
    try (Pool pool = builder.workers(1).build()) {
      return pool.apply(question);
    }
  }

  /** A Java 17 or later that is installed beside this one, as far as one can tell. */
  private static Path otherJava(Path own) throws IOException {
    try (Stream<Path> siblings = Files.list(Objects.requireNonNull(own.getParent()))) {
      return siblings
          .filter(home -> Files.isExecutable(home.resolve("bin/java")))
          .filter(home -> isRecent(home.resolve("release")))
          .map(WorkerSettingsTest::real)
          .filter(home -> !home.equals(own))
          .findFirst()
          .orElse(null);
    }
  }

  private static Path real(Path home) {
    try {
      return home.toRealPath();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isRecent(Path release) {
    try {
      return Files.readString(release).matches("(?s).*JAVA_VERSION=\"(1[7-9]|[2-9]\\d).*");
    } catch (IOException e) {
      return false;
    }
  }
}
