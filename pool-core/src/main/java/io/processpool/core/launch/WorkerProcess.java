package io.processpool.core.launch;

import io.processpool.WorkerOutput;
import io.processpool.core.concurrent.DaemonThreads;
import io.processpool.worker.ChannelMode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The operating system's side of a worker. Safe for use by several threads. */
final class WorkerProcess implements WorkerTransport {
  private static final long EXIT_PATIENCE_MILLIS = 2000;
  private static final long OUTPUT_PATIENCE_MILLIS = 1000;

  private final WorkerCommand command;
  private final Process process;
  private final OutputTail output;
  private final Thread outputReader;

  private WorkerProcess(WorkerCommand command, Process process) {
    this.command = command;
    this.process = process;
    this.output = new OutputTail(command.settings().output() == WorkerOutput.FORWARD);
    this.outputReader =
        DaemonThreads.named(
            "pool-worker-output-" + pid(), () -> output.readFrom(process.getErrorStream()));
    outputReader.start();
  }

  static WorkerProcess start(WorkerCommand command) throws IOException {
    return new WorkerProcess(command, command.toProcessBuilder().start());
  }

  @Override
  public List<String> command() {
    return command.words();
  }

  @Override
  public boolean channelMayHaveNoise() {
    return command.mode() == ChannelMode.PLAIN;
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public OutputStream toWorker() {
    return process.getOutputStream();
  }

  @Override
  public InputStream fromWorker() {
    return process.getInputStream();
  }

  @Override
  public OutputTail output() {
    return output;
  }

  /**
   * Kills the process and what it has started. The children are looked up first, for they are
   * nobody's children afterwards; the process itself dies first, so that it starts no others. Kills
   * by handle: {@link Process#destroyForcibly} would close the streams and lose the last words.
   */
  @Override
  public void kill() {
    List<ProcessHandle> tree = process.descendants().collect(Collectors.toList());
    process.toHandle().destroyForcibly();
    tree.forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public int awaitEnd() {
    while (true) {
      try {
        if (!process.waitFor(EXIT_PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
          kill();
        }
        int status = process.waitFor();
        // A process that the worker has started may hold the stream open for longer.
        outputReader.join(OUTPUT_PATIENCE_MILLIS);
        return status;
      } catch (InterruptedException e) {
        kill(); // nobody interrupts the thread that is here, unless to have an end of it
      }
    }
  }

  @Override
  public String describeEnd(int status) {
    Path report = WorkerCommand.crashReport(Long.toString(pid()));
    String crash = Files.exists(report) ? "; crash report: " + report : "";
    String printed = output.text();
    return ExitWords.of(status) + crash + (printed.isEmpty() ? "" : "; it printed:" + printed);
  }
}
