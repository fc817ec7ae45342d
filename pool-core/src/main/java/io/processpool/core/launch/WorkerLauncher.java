package io.processpool.core.launch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Starts the worker processes of a pool. Safe for use by several threads. */
final class WorkerLauncher {
  private final WorkerCommand command;
  private volatile @Nullable PlacedJar untrained;

  /**
   * Creates one.
   *
   * @param command how they are started
   */
  WorkerLauncher(WorkerCommand command) {
    this.command = command;
  }

  WorkerCommand command() {
    return command;
  }

  /** Starts a process, with the start-up archive if there is one by now. */
  WorkerProcess start() throws IOException {
    PlacedJar jar = WorkerJar.locate();
    ArchiveFiles files = command.archive().files(jar);
    Path archive = files == null ? null : files.find();
    if (files != null && archive == null) {
      untrained = jar;
    }
    List<String> flags = archive == null ? List.of() : command.archive().flags(archive);
    return WorkerProcess.start(command, command.toProcessBuilder(jar, flags));
  }

  /** The jar for which there was no archive, though there could be; {@code null} if there was. */
  @Nullable PlacedJar untrained() {
    return untrained;
  }
}
