package io.processpool.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
    Process parent = Program.start(directory, busyApp(), out(), err());
    List<ProcessHandle> orphans;
    try {
      orphans = busyProcesses();
    } finally {
      parent.destroyForcibly();
    }
    await().atMost(PATIENCE).until(() -> orphans.stream().noneMatch(ProcessHandle::isAlive));
  }

  @Test
  void interruptAtTheTerminalEndsEverythingWithoutAStackTrace() throws Exception {
    Path setsid = Path.of("/usr/bin/setsid");
    assumeTrue(Files.isExecutable(setsid));
    List<String> command = new ArrayList<>(List.of(setsid.toString(), Program.launcher()));
    command.addAll(busyApp());
    Process parent =
        new ProcessBuilder(command)
            .redirectOutput(out().toFile())
            .redirectError(err().toFile())
            .start();
    List<ProcessHandle> others;
    try {
      others = busyProcesses();
      // A terminal sends the signal to every process of the group, the workers among them.
      new ProcessBuilder("kill", "-INT", "--", "-" + parent.pid()).start().waitFor();
      await().atMost(PATIENCE).until(() -> !parent.isAlive());
    } finally {
      parent.destroyForcibly();
    }
    await().atMost(PATIENCE).until(() -> others.stream().noneMatch(ProcessHandle::isAlive));
    assertThat(Files.readString(err())).doesNotContain("\tat ").doesNotContain("Exception");
  }

  private List<String> busyApp() {
    return List.of(
        "-cp", Program.joined(Program.classPath()), BusyApp.class.getName(), directory.toString());
  }

  private Path out() {
    return directory.resolve("out");
  }

  private Path err() {
    return directory.resolve("err");
  }

  private List<ProcessHandle> busyProcesses() throws IOException {
    List<Path> files = List.of(directory.resolve("a"), directory.resolve("b"));
    await().atMost(PATIENCE).until(() -> files.stream().allMatch(Files::exists));
    List<ProcessHandle> busy = new ArrayList<>();
    for (Path file : files) {
      busy.addAll(processes(file));
    }
    return busy;
  }

  private static List<ProcessHandle> processes(Path file) throws IOException {
    return Arrays.stream(Files.readString(file).split(" ", -1))
        .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
        .toList();
  }
}
