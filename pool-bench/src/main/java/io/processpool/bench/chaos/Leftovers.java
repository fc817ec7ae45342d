package io.processpool.bench.chaos;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Looks for what a pool has left behind: processes, threads and open files. */
final class Leftovers {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int LOOK_MILLIS = 50;
  private static final File OPEN_FILES = new File("/proc/self/fd");

  /** Where a JVM looks up its limits, at any moment and on threads of its own. */
  private static final String CONTAINER = "/sys/fs/cgroup/";

  private final String sleepOfChildren;
  private int threadsBefore;
  private List<String> filesBefore = List.of();

  /**
   * Creates a view without anything measured.
   *
   * @param sleepOfChildren tells the processes that items have started
   */
  Leftovers(String sleepOfChildren) {
    this.sleepOfChildren = sleepOfChildren;
  }

  /** Notes what there is without a pool, once what the last one had is gone. */
  void measure() throws InterruptedException {
    var unused = await(() -> poolThreads().isEmpty());
    threadsBefore = poolThreads().size();
    filesBefore = openFiles();
  }

  /** Waits until no more is there than before, but not for ever. */
  void awaitNone() throws InterruptedException {
    var unused =
        await(
            () ->
                excessThreads() <= 0
                    && excessFiles() <= 0
                    && descendants().isEmpty()
                    && children().isEmpty());
  }

  private static boolean await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      Thread.sleep(LOOK_MILLIS);
    }
    return true;
  }

  /** The processes that descend from this one. */
  List<ProcessHandle> descendants() {
    return ProcessHandle.current().descendants().collect(Collectors.toList());
  }

  /** The processes that items have started, also those whose worker is gone. */
  List<ProcessHandle> children() {
    return Children.alive(sleepOfChildren);
  }

  /** The names of the threads that belong to pools. */
  List<String> poolThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("pool-"))
        .sorted()
        .collect(Collectors.toList());
  }

  int excessThreads() {
    return poolThreads().size() - threadsBefore;
  }

  /** How many more files are open than before; 0 where that cannot be told. */
  int excessFiles() {
    return openFiles().size() - filesBefore.size();
  }

  /** What the files are that were not open before. */
  List<String> newFiles() {
    List<String> files = openFiles();
    filesBefore.forEach(files::remove);
    return files;
  }

  private static List<String> openFiles() {
    List<String> targets = new ArrayList<>();
    String[] files = OPEN_FILES.list();
    for (String file : files == null ? new String[0] : files) {
      try {
        String target = Files.readSymbolicLink(OPEN_FILES.toPath().resolve(file)).toString();
        if (!target.startsWith(CONTAINER)) {
          targets.add(target);
        }
      } catch (IOException e) {
        // Closed by now, as that of the listing itself.
      }
    }
    return targets;
  }

  /** Ends the processes that were found: they must not stay, whoever is to blame. */
  void remove() {
    descendants().forEach(ProcessHandle::destroyForcibly);
    children().forEach(ProcessHandle::destroyForcibly);
  }
}
