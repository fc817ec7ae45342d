package io.processpool.bench;

import io.processpool.Pool;
import io.processpool.WorkerOutput;
import java.nio.file.Path;

/** Makes the pools of a run. Its items need what their workers are given here. */
final class Workshop {
  /**
   * Any number of workers may be killed while they start, which may count as a failed start and is
   * no reason to give up here.
   */
  private static final int MAX_START_FAILURES = 1000;

  private final Path directory;
  private final String sleep;

  Workshop(Path directory, String sleep) {
    this.directory = directory;
    this.sleep = sleep;
  }

  Path journal() {
    return directory.resolve("journal");
  }

  Pool pool(int workers) {
    return Pool.builder()
        .workers(workers)
        .jvmArgs("-Xmx64m", "-XX:ErrorFile=" + directory.resolve("hs_err_pid%p.log"))
        .workingDirectory(directory)
        .workerOutput(WorkerOutput.DISCARD)
        .maxStartFailures(MAX_START_FAILURES)
        .environment(Journal.VARIABLE, journal().toString())
        .environment(Children.VARIABLE, sleep)
        .initializer(() -> Journal.ofThisWorker().begin(Ledger.WORKERS))
        .build();
  }
}
