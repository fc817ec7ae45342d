package io.processpool.bench.chaos;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Has the threads of this JVM written down when something hangs. Safe for use by several threads.
 */
final class Hangs {
  private final Breaches breaches;
  private boolean dumped;

  Hangs(Breaches breaches) {
    this.breaches = breaches;
  }

  /** Notes what hangs, and what the threads do the first time. */
  synchronized void found(String what) {
    breaches.add("hang: " + what + (dumped ? "" : "; the threads are in " + dump()));
    dumped = true;
  }

  private static String dump() {
    String threads =
        Arrays.stream(ManagementFactory.getThreadMXBean().dumpAllThreads(true, true))
            .map(Object::toString)
            .collect(Collectors.joining());
    try {
      Path file = Files.createTempFile("pool-chaos-threads-", ".txt");
      return Files.writeString(file, threads).toString();
    } catch (IOException e) {
      return e + System.lineSeparator() + threads;
    }
  }
}
