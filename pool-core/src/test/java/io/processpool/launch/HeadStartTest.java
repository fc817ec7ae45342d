package io.processpool.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.processpool.Pool;
import io.processpool.PoolBuilder;
import io.processpool.TaskSerializationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The first processes of a pool start before the pool is there. */
@Timeout(120)
class HeadStartTest {
  @TempDir Path directory;

  @Test
  void noneStaysIfThePoolCannotBeMade() {
    Thread thread = Thread.currentThread(); // which cannot travel
    PoolBuilder builder =
        Pool.builder().workers(3).workingDirectory(directory).initializer(thread::interrupt);

    assertThatThrownBy(builder::build)
        .isInstanceOf(TaskSerializationException.class)
        .hasMessageContaining("initializer cannot travel");

    await().untilAsserted(() -> assertThat(processesIn(directory)).isEmpty());
  }

  @Test
  void thereAreAsManyAsThePoolBeginsWith() throws InterruptedException {
    try (Pool pool = Pool.builder().workers(4).minWorkers(2).workingDirectory(directory).build()) {
      assertThat(processesIn(directory)).hasSize(2);
      assertThat(pool.apply(() -> 42)).isEqualTo(42);
    }
    await().untilAsserted(() -> assertThat(processesIn(directory)).isEmpty());
  }

  private static List<Long> processesIn(Path directory) {
    return ProcessHandle.current()
        .children()
        .map(ProcessHandle::pid)
        .filter(pid -> isIn(directory, pid))
        .toList();
  }

  private static boolean isIn(Path directory, long pid) {
    try {
      Path link = Path.of("/proc", Long.toString(pid), "cwd");
      return Files.isSameFile(Files.readSymbolicLink(link), directory);
    } catch (IOException e) {
      return false; // it is gone
    }
  }
}
