package io.processpool.bench.chaos;

import io.processpool.Pool;
import io.processpool.PoolBuilder;
import io.processpool.WorkerOutput;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/** Makes the pools of a run. Its items need what their workers are given here. */
final class Workshop {
  /**
   * Any number of workers may be killed while they start, which may count as a failed start and is
   * no reason to give up here.
   */
  private static final int MAX_START_FAILURES = 1000;

  /** Tells the workers from other processes that this JVM starts. */
  private static final String MARK = "-Dchaos.worker=true";

  private final Path directory;
  private final String sleep;

  Workshop(Path directory, String sleep) {
    this.directory = directory;
    this.sleep = sleep;
  }

  Path journal() {
    return directory.resolve("journal");
  }

  /**
   * Tells whether a process is a worker by now: before that it is a helper of the JDK's, whose
   * death is a process that cannot be started.
   */
  static boolean isWorker(ProcessHandle process) {
    return process.info().arguments().stream()
        .flatMap(Arrays::stream)
        .anyMatch(argument -> argument.equals(MARK));
  }

  /** A pool of a fixed size. */
  Pool pool(int workers) {
    return builder(workers).build();
  }

  /** A pool whose workers come and go by themselves, too: with the work, by age and by tasks. */
  Pool changingPool(int workers) {
    return builder(workers)
        .minWorkers(0)
        .idleTimeout(Duration.ofMillis(50))
        .spareWorkers(1)
        .maxWorkerAge(Duration.ofSeconds(5))
        .maxTasksPerWorker(500)
        .build();
  }

  private PoolBuilder builder(int workers) {
    return Pool.builder()
        .workers(workers)
        .jvmArgs("-Xmx64m", MARK, "-XX:ErrorFile=" + directory.resolve("hs_err_pid%p.log"))
        .workingDirectory(directory)
        .output(WorkerOutput.DISCARD)
        .maxStartFailures(MAX_START_FAILURES)
        .environment(Journal.VARIABLE, journal().toString())
        .environment(Children.VARIABLE, sleep)
        .initializer(() -> Journal.ofThisWorker().begin(Ledger.WORKERS));
  }
}
