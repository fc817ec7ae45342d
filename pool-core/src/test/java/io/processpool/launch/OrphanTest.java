package io.processpool.launch;

import static org.awaitility.Awaitility.await;

import io.processpool.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Workers do not outlive their parent, however it ends and whatever they are doing. */
@Timeout(120)
class OrphanTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path directory;

  @Test
  void killedParentTakesBusyWorkersAndTheirChildrenWithIt() throws Exception {
    Process parent =
        Program.start(
            directory,
            List.of(
                "-cp",
                Program.joined(Program.classPath()),
                BusyApp.class.getName(),
                directory.toString()),
            directory.resolve("out"),
            directory.resolve("err"));
    List<Path> files = List.of(directory.resolve("a"), directory.resolve("b"));
    List<ProcessHandle> orphans = new ArrayList<>();
    try {
      await().atMost(PATIENCE).until(() -> files.stream().allMatch(Files::exists));
      for (Path file : files) {
        orphans.addAll(processes(file));
      }
    } finally {
      parent.destroyForcibly();
    }
    await().atMost(PATIENCE).until(() -> orphans.stream().noneMatch(ProcessHandle::isAlive));
  }

  private static List<ProcessHandle> processes(Path file) throws IOException {
    return Arrays.stream(Files.readString(file).split(" ", -1))
        .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
        .toList();
  }
}
