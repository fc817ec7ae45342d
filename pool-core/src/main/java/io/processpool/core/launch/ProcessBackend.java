package io.processpool.core.launch;

import io.processpool.PoolStartException;
import io.processpool.core.concurrent.DaemonThreads;
import io.processpool.spi.Backend;
import io.processpool.spi.BackendSettings;
import io.processpool.spi.Slot;
import io.processpool.spi.SlotListener;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** Runs chunks in child JVMs, one for each slot. */
final class ProcessBackend implements Backend {
  private final BackendSettings settings;
  private final HeadStart headStart;
  private final WorkerLauncher launcher;
  private final List<URI> classPath;
  private final ScheduledExecutorService timer;
  private final ArchiveTrainer trainer;

  /**
   * Creates a backend without a process.
   *
   * @param settings what the processes have in common
   * @param headStart those that are started first
   * @throws PoolStartException if there is nothing to start them with
   */
  ProcessBackend(BackendSettings settings, HeadStart headStart) {
    this.settings = settings;
    this.headStart = headStart;
    this.launcher = headStart.launcher();
    this.classPath = UserClassPath.of(settings.processes().classPath());
    this.timer = timer();
    this.trainer = new ArchiveTrainer(launcher.command(), settings, timer);
  }

  /** Without what was cancelled, which would hold on to workers that are long gone. */
  private static ScheduledExecutorService timer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(1, new DaemonThreads("pool-process-timer"));
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.allOf(Capability.class);
  }

  @Override
  public Slot start(int number, SlotListener listener) {
    try {
      Path recorderFile = RecorderFiles.create();
      try {
        return start(number, listener, recorderFile);
      } catch (IOException | RuntimeException | Error e) {
        RecorderFiles.delete(recorderFile);
        throw e;
      }
    } catch (IOException e) {
      throw new PoolStartException(
          "A worker cannot be started: "
              + e
              + "; command: "
              + String.join(" ", launcher.command().words()),
          e);
    }
  }

  private Slot start(int number, SlotListener listener, Path recorderFile) throws IOException {
    WorkerProcess process = next();
    try {
      return new ProcessSlot(number, process, settings, classPath, recorderFile, listener, timer)
          .begin();
    } catch (RuntimeException | Error e) {
      process.kill(); // there was no thread to talk to it
      throw e;
    }
  }

  private WorkerProcess next() throws IOException {
    WorkerProcess begun = headStart.next();
    WorkerProcess process = begun == null ? launcher.start() : begun;
    PlacedJar untrained = launcher.untrained();
    if (untrained != null) {
      trainer.archiveIsMissing(untrained);
    }
    return process;
  }

  @Override
  public void terminate() {
    trainer.stop();
  }

  @Override
  public void close() {
    trainer.finish();
    timer.shutdownNow();
  }
}
