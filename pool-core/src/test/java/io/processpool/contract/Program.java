package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A small program that uses the library, run by a JVM of its own.
 *
 * @param exitStatus how it ended
 * @param out what it printed to its standard output
 * @param err what it printed to its standard error
 */
record Program(int exitStatus, String out, String err) {

  /** Runs a main class with the class path of the tests. */
  static Program run(Path directory, Class<?> main, String... arguments) throws Exception {
    return run(directory, System.getProperty("java.class.path"), main, arguments);
  }

  /** Runs a main class with a class path of its own. */
  static Program run(Path directory, String classPath, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    Process process = start(directory, classPath, main, arguments);
    boolean ended = process.waitFor(Results.BOUND.toSeconds(), TimeUnit.SECONDS);
    if (!ended) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
    String out = Files.readString(stdout(directory));
    String err = Files.readString(stderr(directory));
    assertThat(ended).as(() -> "the program has ended; it printed: " + err).isTrue();
    return new Program(process.exitValue(), out, err);
  }

  /** Starts a main class with the class path of the tests. */
  static Process start(Path directory, Class<?> main, String... arguments) throws IOException {
    return start(directory, System.getProperty("java.class.path"), main, arguments);
  }

  private static Process start(Path directory, String classPath, Class<?> main, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(classPath);
    command.add(main.getName());
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(stdout(directory).toFile())
            .redirectError(stderr(directory).toFile())
            .start();
    process.getOutputStream().close();
    return process;
  }

  private static Path stdout(Path directory) {
    return directory.resolve("stdout");
  }

  private static Path stderr(Path directory) {
    return directory.resolve("stderr");
  }
}
