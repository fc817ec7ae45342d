package io.processpool.bench.compare.side;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** What the machine knows of processes. */
final class Machine {
  private static final int COLLECTIONS = 4;
  private static final double KIB_PER_MIB = 1024;
  private static final List<String> ARCHIVES = List.of("-XX:SharedArchiveFile", "-XX:AOTCache");

  private Machine() {}

  /** The workers of this process, which are its children, the oldest first. */
  static List<ProcessHandle> workers() {
    return ProcessHandle.current()
        .children()
        .filter(child -> arguments(child).contains("-jar"))
        .sorted(Comparator.comparing(ProcessHandle::pid))
        .toList();
  }

  /** A worker's flags but for its start-up archive, which fits its own class path only. */
  static List<String> flags(ProcessHandle worker) {
    List<String> words = arguments(worker);
    return words.subList(0, words.indexOf("-jar")).stream()
        .filter(word -> ARCHIVES.stream().noneMatch(word::startsWith))
        .toList();
  }

  private static List<String> arguments(ProcessHandle process) {
    return Arrays.asList(process.info().arguments().orElse(new String[0]));
  }

  static double cpuMillis(ProcessHandle process) {
    return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L) / 1e6;
  }

  /** Resident memory, which Linux tells. */
  static double residentMiB(ProcessHandle process) throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("VmRSS:")) {
        return Double.parseDouble(line.split("\\s+", -1)[1]) / KIB_PER_MIB;
      }
    }
    throw new IOException("No VmRSS in " + status);
  }

  static long usedHeap() throws InterruptedException {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      Thread.sleep(50);
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
