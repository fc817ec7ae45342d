package io.processpool.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Java program run as a process of its own, as a user would start it. */
final class JavaProgram {
  private static final long PATIENCE_SECONDS = 60;

  private JavaProgram() {}

  /** What a program printed, and how it ended. */
  record Run(int status, String out, String err) {}

  static Run run(Path directory, String... args) throws IOException, InterruptedException {
    return run(directory, List.of(args));
  }

  static Run run(Path directory, List<String> args) throws IOException, InterruptedException {
    Path out = Files.createTempFile(directory, "out", ".txt");
    Path err = Files.createTempFile(directory, "err", ".txt");
    Process process = start(directory, args, out, err);
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("ended in time").isTrue();
      return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  static Process start(Path directory, List<String> args, Path out, Path err) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(args);
    return new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectOutput(out.toFile())
        .redirectError(err.toFile())
        .start();
  }

  /** The entries of this JVM's own class path. */
  static List<Path> classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(Files::exists)
        .toList();
  }

  /** The entry that holds the classes of these tests. */
  static Path testClasses() {
    return classPath().stream()
        .filter(entry -> Files.exists(entry.resolve("io/processpool/launch/LaunchedApp.class")))
        .findFirst()
        .orElseThrow();
  }

  static String joined(List<Path> entries) {
    return String.join(File.pathSeparator, entries.stream().map(Path::toString).toList());
  }
}
