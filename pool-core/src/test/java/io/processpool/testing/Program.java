package io.processpool.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Java program run as a process of its own, as a user would start it.
 *
 * @param exitStatus how it ended
 * @param out what it printed to its standard output
 * @param err what it printed to its standard error
 */
public record Program(int exitStatus, String out, String err) {
  private static final long PATIENCE_SECONDS = 60;

  /** Runs a main class with the class path of the tests. */
  public static Program run(Path directory, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    return run(directory, System.getProperty("java.class.path"), main, arguments);
  }

  /** Runs a main class with a class path. */
  public static Program run(Path directory, String classPath, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("-cp", classPath, main.getName()));
    command.addAll(List.of(arguments));
    return java(directory, command);
  }

  /** Runs {@code java} with any arguments. */
  public static Program java(Path directory, List<String> arguments)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile(directory, "out", ".txt");
    Path err = Files.createTempFile(directory, "err", ".txt");
    Process process = start(directory, arguments, out, err);
    boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (!ended) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
    String errors = Files.readString(err);
    assertThat(ended).as(() -> "the program has ended; it printed: " + errors).isTrue();
    return new Program(process.exitValue(), Files.readString(out), errors);
  }

  /** Starts {@code java} with any arguments. */
  public static Process start(Path directory, List<String> arguments, Path out, Path err)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(launcher());
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    process.getOutputStream().close();
    return process;
  }

  /** The {@code java} that runs the tests. */
  public static String launcher() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** The entries of this JVM's own class path. */
  public static List<Path> classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(Path::of)
        .filter(Files::exists)
        .toList();
  }

  /** A class path of these entries. */
  public static String joined(List<Path> entries) {
    return String.join(File.pathSeparator, entries.stream().map(Path::toString).toList());
  }
}
