package io.processpool.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.processpool.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The reports of crashes are kept for the user alone, and not for ever. */
@Timeout(120)
class CrashReportTest {
  @TempDir Path directory;

  @BeforeEach
  void thePlaceIsChosenByTheHome() {
    assumeThat(System.getenv("XDG_CACHE_HOME")).isNull();
    assumeThat(System.getenv("LOCALAPPDATA")).isNull();
  }

  @Test
  void aReportIsForTheUserAlone() throws Exception {
    Path reports = reportsBelow(directory);
    Files.createDirectories(reports);
    Files.setPosixFilePermissions(reports, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path report = crash("-Duser.home=" + directory);
    assertThat(report).isRegularFile().hasParent(reports);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(reports)))
        .isEqualTo("rwx------");
  }

  @Test
  void theNewestFiftyAreKept() throws Exception {
    Path reports = reportsBelow(directory);
    Files.createDirectories(reports);
    Instant now = Instant.now();
    for (int age = 1; age <= 60; age++) {
      Path old = Files.createFile(reports.resolve("hs_err_pid" + age + ".log"));
      Files.setLastModifiedTime(old, FileTime.from(now.minus(Duration.ofHours(age))));
    }
    Path other = Files.createFile(reports.resolve("notes.txt"));
    Path report = crash("-Duser.home=" + directory);
    assertThat(report).isRegularFile();
    assertThat(other).exists();
    for (int age = 2; age <= 60; age++) { // a worker may have the process id 1 of the first
      assertThat(Files.exists(reports.resolve("hs_err_pid" + age + ".log")))
          .as("report of " + age + " hours ago is kept")
          .isEqualTo(age <= 50);
    }
  }

  @Test
  void withoutAHomeAReportIsWithWhatIsTemporary() throws Exception {
    Path noDirectory = Files.createFile(directory.resolve("file"));
    Path temporary = Files.createDirectory(directory.resolve("temporary"));
    Path report = crash("-Duser.home=" + noDirectory, "-Djava.io.tmpdir=" + temporary);
    assertThat(report).isRegularFile().startsWith(temporary);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(report.getParent())))
        .isEqualTo("rwx------");
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left).containsExactly(report.getParent());
    }
  }

  private static Path reportsBelow(Path home) {
    return home.resolve(".cache/process-pool/crashes");
  }

  private Path crash(String... properties) throws IOException, InterruptedException {
    List<String> arguments =
        Stream.concat(
                Stream.of(properties),
                Stream.of("-cp", Program.joined(Program.classPath()), CrashingApp.class.getName()))
            .toList();
    Program run = Program.java(directory, arguments);
    assertThat(run.exitStatus()).as(run.err()).isZero();
    return Path.of(run.out().strip());
  }
}
