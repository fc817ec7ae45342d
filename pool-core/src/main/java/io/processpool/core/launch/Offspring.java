package io.processpool.core.launch;

import io.processpool.core.concurrent.DaemonThreads;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The processes that a worker has started, and those that these have. Once the worker is dead they
 * are nobody's children, and may have detached themselves even before. They are known by a token in
 * their environment, which they inherit. Only Linux shows the environment of processes; elsewhere
 * nothing is found.
 */
final class Offspring {
  private static final String VARIABLE = "PROCESS_POOL_WORKERS";
  private static final Path PROCESSES = Path.of("/proc");
  private static final int MOST_ROUNDS = 10;
  private static final long PATIENCE_MILLIS = 2000;

  private final String token;

  private Offspring(String token) {
    this.token = token;
  }

  /** Gives a process that is about to be started a token, beside those that it inherits. */
  static Offspring mark(Map<String, String> environment) {
    String token = UniqueNames.next() + ";";
    String inherited = environment.get(VARIABLE);
    environment.put(VARIABLE, inherited == null ? token : inherited + " " + token);
    return new Offspring(token);
  }

  /** Kills them, in limited time: a process that hangs in the system can hang who looks at it. */
  void kill() {
    if (!Files.isDirectory(PROCESSES.resolve("self"))) {
      return;
    }
    Thread killer = DaemonThreads.named("pool-offspring-killer", this::killAll);
    DaemonThreads.startOrRun(killer);
    try {
      killer.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Until no other is found, for one may have started another while this was looking. */
  private void killAll() {
    Set<Long> killed = new HashSet<>();
    for (int round = 0; round < MOST_ROUNDS && killOthers(killed); round++) {
      Thread.onSpinWait();
    }
  }

  private boolean killOthers(Set<Long> killed) {
    boolean any = false;
    try (DirectoryStream<Path> all = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
      for (Path each : all) {
        long pid = Long.parseLong(each.getFileName().toString());
        if (!killed.contains(pid) && isMarked(each) && kill(each, pid)) {
          killed.add(pid);
          any = true;
        }
      }
    } catch (IOException | DirectoryIteratorException | NumberFormatException e) {
      return false;
    }
    return any;
  }

  /** A handle knows which process it stands for, should another get the same id. */
  private boolean kill(Path process, long pid) {
    ProcessHandle handle = ProcessHandle.of(pid).orElse(null);
    return handle != null && isMarked(process) && handle.destroyForcibly();
  }

  private boolean isMarked(Path process) {
    try {
      byte[] environment = Files.readAllBytes(process.resolve("environ"));
      return new String(environment, StandardCharsets.ISO_8859_1).contains(token);
    } catch (IOException e) {
      return false; // another user's, or gone
    }
  }
}
