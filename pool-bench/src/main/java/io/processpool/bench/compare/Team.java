package io.processpool.bench.compare;

import io.processpool.bench.compare.side.Jvm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Who can play on this machine, with the files that they need. */
final class Team {
  static final String POOL = "pool";
  static final String FOOTPRINT = "footprint";
  static final String THREADS = "threads";
  static final String PIPE = "pipe";
  static final String HELLO = "hello";
  static final String FIRST_EVER = "first";
  static final String TRAINED = "trained";
  static final String PYTHON_FORK = "fork";
  static final String PYTHON_SPAWN = "spawn";
  static final String PYTHON_SPAWN_START = "spawn start";

  private static final Set<String> PYTHONS = Set.of(PYTHON_FORK, PYTHON_SPAWN, PYTHON_SPAWN_START);
  private static final String SIDES = "io.processpool.bench.compare.side.";
  private static final String NO_LOGGING =
      "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider";
  private static final String QUIET = "-Dslf4j.internal.verbosity=WARN";
  private static final String PYTHON = "python3";
  private static final long PATIENCE_SECONDS = 10;

  private final Path directory;
  private final Path script;
  private final @Nullable String pythonVersion;

  Team(Path directory) throws IOException, InterruptedException {
    this.directory = directory;
    this.script = directory.resolve("player.py");
    try (InputStream in = Team.class.getResourceAsStream("player.py")) {
      Files.copy(in, script);
    }
    this.pythonVersion = askPython();
  }

  /** Python's version, or null if there is none. */
  @Nullable String pythonVersion() {
    return pythonVersion;
  }

  private static @Nullable String askPython() throws InterruptedException {
    try {
      Process process = new ProcessBuilder(PYTHON, "--version").redirectErrorStream(true).start();
      process.getOutputStream().close();
      String version =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      boolean there =
          process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
      return there ? version : null;
    } catch (IOException e) {
      return null;
    }
  }

  /** Whether a player can play here. */
  boolean has(String player) {
    return pythonVersion != null || !PYTHONS.contains(player);
  }

  /** Has a player come. */
  Player call(String name) throws IOException {
    return switch (name) {
      case POOL -> serving("PoolPlayer");
      case FOOTPRINT -> serving("FootprintPlayer");
      case THREADS -> serving("ThreadsPlayer");
      case PIPE -> serving("PipePlayer");
      case HELLO -> passing(java("Hello"), "hello");
      case TRAINED -> passing(firstResult(), "trained");
      case FIRST_EVER ->
          new PassingPlayer(firstResult(), () -> Files.createTempDirectory(directory, "first"));
      case PYTHON_FORK, PYTHON_SPAWN -> new ServingPlayer(List.of(PYTHON, script.toString(), name));
      case PYTHON_SPAWN_START -> passing(python(PYTHON_SPAWN), "python");
      default -> throw new IllegalArgumentException("No player " + name);
    };
  }

  private static Player serving(String main) throws IOException {
    return new ServingPlayer(java(main));
  }

  private Player passing(List<String> command, String cache) throws IOException {
    Path kept = Files.createDirectories(directory.resolve(cache));
    return new PassingPlayer(command, () -> kept);
  }

  private List<String> python(String method) {
    return List.of(PYTHON, script.toString(), method);
  }

  private static List<String> java(String main) {
    return Jvm.command(List.of(), SIDES + main);
  }

  /** Without a logging backend, which Python's pool has not, either. */
  private static List<String> firstResult() {
    return Jvm.command(List.of(NO_LOGGING, QUIET), SIDES + "FirstResult");
  }
}
