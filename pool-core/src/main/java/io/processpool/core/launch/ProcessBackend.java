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
import java.util.concurrent.atomic.AtomicBoolean;

/** Runs chunks in child JVMs, one for each slot. */
public final class ProcessBackend implements Backend {
  private static final AtomicBoolean PREPARED = new AtomicBoolean();

  private final BackendSettings settings;
  private final WorkerCommand command;
  private final List<URI> classPath;
  private final ScheduledExecutorService timer;
  private final ArchiveTrainer trainer;

  /**
   * Creates a backend without a process.
   *
   * @param settings what the processes have in common
   * @throws PoolStartException if there is nothing to start them with
   */
  public ProcessBackend(BackendSettings settings) {
    this.settings = settings;
    this.command = WorkerCommand.of(settings.processes(), settings.slots());
    this.classPath = UserClassPath.of(settings.processes().classPath());
    this.timer = timer();
    this.trainer = new ArchiveTrainer(command, settings, timer);
  }

  /**
   * Does what the first start needs and no setting changes, beside the caller, who has other things
   * to prepare. Whatever goes wrong will do so again when it is needed.
   */
  public static void prepare() {
    if (PREPARED.compareAndSet(false, true)) {
      Runnable preparation =
          () -> {
            WorkerJar.locate();
            CrashReports.pattern();
          };
      Thread thread = DaemonThreads.named("pool-launch-preparation", preparation);
      thread.setUncaughtExceptionHandler((failed, why) -> {});
      DaemonThreads.startIfPossible(thread);
    }
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
          "A worker cannot be started: " + e + "; command: " + String.join(" ", command.words()),
          e);
    }
  }

  private Slot start(int number, SlotListener listener, Path recorderFile) throws IOException {
    WorkerProcess process = WorkerProcess.start(command, nextStart());
    try {
      return new ProcessSlot(number, process, settings, classPath, recorderFile, listener, timer)
          .begin();
    } catch (RuntimeException | Error e) {
      process.kill(); // there was no thread to talk to it
      throw e;
    }
  }

  /** With the archive, if there is one by now. */
  private ProcessBuilder nextStart() {
    PlacedJar jar = WorkerJar.locate();
    ArchiveFiles files = command.archive().files(jar);
    Path archive = files == null ? null : files.find();
    if (files != null && archive == null) {
      trainer.archiveIsMissing(jar);
    }
    return command.toProcessBuilder(
        jar, archive == null ? List.of() : command.archive().flags(archive));
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
