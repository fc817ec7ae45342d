package io.processpool.bench.chaos;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The processes that items start. They sleep, and are told by for how long. */
final class Children {
  /** The variable of the workers' environment that says how long the children sleep. */
  static final String VARIABLE = "CHAOS_SLEEP";

  private Children() {}

  /** How long the children of a run sleep: like no other process of the machine. */
  static String sleepOf(long pidOfRun) {
    return 3000 + pidOfRun % 1000 + "." + pidOfRun;
  }

  /** Starts a child, with the streams of this process or with pipes to it. */
  static void start(long number) throws IOException {
    ProcessBuilder sleep = new ProcessBuilder("sleep", System.getenv(VARIABLE));
    Process child = number % 2 == 0 ? sleep.inheritIO().start() : sleep.start();
    if (number % 3 == 0) {
      child.destroy();
    }
  }

  /** The children of a run that are alive, whatever process they belong to. */
  static List<ProcessHandle> alive(String sleep) {
    return ProcessHandle.allProcesses()
        .filter(process -> isChild(process, sleep))
        .collect(Collectors.toList());
  }

  private static boolean isChild(ProcessHandle process, String sleep) {
    return process.info().arguments().stream()
        .flatMap(Arrays::stream)
        .anyMatch(argument -> argument.equals(sleep));
  }
}
