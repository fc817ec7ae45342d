package io.processpool.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The processes that items start. They sleep, and are told by for how long. */
final class Children {
  /** The variable of the workers' environment that says how long the children sleep. */
  static final String VARIABLE = "CHAOS_SLEEP";

  private static final String SEPARATOR = "00";

  private Children() {}

  /** How long the children of a run sleep, but for a fraction: like no other process there is. */
  static String sleepOf(long pidOfRun) {
    return 3000 + pidOfRun % 1000 + "." + pidOfRun;
  }

  /** Starts a child, with the streams of this process or with pipes to it. */
  static void start(long number) throws IOException {
    ProcessBuilder sleep =
        new ProcessBuilder("sleep", System.getenv(VARIABLE) + SEPARATOR + number);
    Process child = number % 2 == 0 ? sleep.inheritIO().start() : sleep.start();
    if (number % 3 == 0) {
      child.destroy();
    }
  }

  /** The children of a run that are alive, whatever process they belong to, with their items. */
  static Map<ProcessHandle, Long> alive(String sleep) {
    Map<ProcessHandle, Long> alive = new LinkedHashMap<>();
    ProcessHandle.allProcesses()
        .forEach(process -> item(process, sleep).ifPresent(item -> alive.put(process, item)));
    return alive;
  }

  /** Which item of a run has started a process, if one has. */
  private static Optional<Long> item(ProcessHandle process, String sleep) {
    String prefix = sleep + SEPARATOR;
    return process.info().arguments().stream()
        .flatMap(Arrays::stream)
        .filter(argument -> argument.startsWith(prefix))
        .map(argument -> Long.valueOf(argument.substring(prefix.length())))
        .findFirst();
  }
}
