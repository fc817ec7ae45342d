package io.processpool.connection;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A Python of this machine: those on the path, and those that pyenv has in the user's home
 * directory, one of each version.
 */
final class Python {
  private static final String VERSION =
      "import multiprocessing.connection, sys; print('%d.%d' % sys.version_info[:2])";
  private static final long PATIENCE_SECONDS = 60;

  /** Stands for all where there is none. */
  private static final Python MISSING = new Python("", 0);

  private static final List<Python> FOUND = find();

  private final String command;
  private final int minor;

  private Python(String command, int minor) {
    this.command = command;
    this.minor = minor;
  }

  /** The Pythons of this machine, at least one, which may be missing. */
  static List<Python> all() {
    return FOUND;
  }

  /** The latest one. */
  static Python latest() {
    return FOUND.get(FOUND.size() - 1);
  }

  /** Skips the test if there is no Python. */
  void require() {
    if (minor == 0) {
      Assumptions.abort("No python3 was found: what needs one to talk to is not tested");
    }
  }

  /** Skips the test if this one is older than Python 3.minor. */
  void require(int least) {
    require();
    Assumptions.assumeTrue(minor >= least, () -> this + " is older than Python 3." + least);
  }

  /** Whether it knows other digests than MD5. */
  boolean isModern() {
    return minor >= 12;
  }

  /** Whether its listeners do not take an empty key for none. */
  boolean listensWithEmptyKey() {
    return minor >= 13;
  }

  /** The options that are needed to talk to it. */
  ConnectionOptions options(byte[] key) {
    ConnectionOptions options = ConnectionOptions.authKey(key);
    return isModern() ? options : options.allowLegacyDigest();
  }

  /** Starts {@code peer.py}. */
  PythonPeer start(String... arguments) throws IOException {
    require();
    return PythonPeer.start(command, arguments);
  }

  @Override
  public String toString() {
    return minor == 0 ? "no Python" : "Python 3." + minor;
  }

  private static List<Python> find() {
    Map<Integer, Python> byMinor = new TreeMap<>();
    for (Path candidate : candidates()) {
      minorVersion(candidate)
          .ifPresent(minor -> byMinor.putIfAbsent(minor, new Python(candidate.toString(), minor)));
    }
    return byMinor.isEmpty() ? List.of(MISSING) : List.copyOf(byMinor.values());
  }

  private static List<Path> candidates() {
    List<Path> directories = new ArrayList<>();
    String path = System.getenv().getOrDefault("PATH", "");
    Arrays.stream(path.split(java.io.File.pathSeparator)).map(Path::of).forEach(directories::add);
    Path pyenv = Path.of(System.getProperty("user.home"), ".pyenv", "versions");
    list(pyenv).map(version -> version.resolve("bin")).forEach(directories::add);
    return directories.stream()
        .flatMap(Python::list)
        .filter(file -> file.getFileName().toString().matches("python3(\\.\\d+)?"))
        .toList();
  }

  private static Stream<Path> list(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted(Comparator.naturalOrder()).toList().stream();
    } catch (IOException e) {
      return Stream.empty(); // not every directory on the path is there
    }
  }

  private static Optional<Integer> minorVersion(Path candidate) {
    try {
      Process process =
          new ProcessBuilder(candidate.toString(), "-c", VERSION)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      String version =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      boolean works =
          process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
      return works && version.startsWith("3.")
          ? Optional.of(Integer.valueOf(version.substring(2)))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
