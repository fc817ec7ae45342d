package io.processpool.core.launch;

import io.processpool.core.concurrent.DaemonThreads;
import io.processpool.core.output.PrintedLines;
import io.processpool.worker.ChannelMode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The operating system's side of a worker. Safe for use by several threads. */
final class WorkerProcess implements WorkerTransport {
  private static final long EXIT_PATIENCE_MILLIS = 2000;
  private static final long OUTPUT_PATIENCE_MILLIS = 1000;

  private final WorkerCommand command;
  private final Process process;
  private final Offspring offspring;
  private final Instant started = Instant.now();
  private final long startedAt = System.nanoTime();
  private final PrintedLines output;
  private final Thread outputReader;
  private volatile Duration uptime = Duration.ZERO;

  private WorkerProcess(WorkerCommand command, Process process, Offspring offspring) {
    this.command = command;
    this.process = process;
    this.offspring = offspring;
    this.output = new PrintedLines();
    this.outputReader =
        DaemonThreads.named(
            "pool-worker-output-" + pid(), () -> output.readFrom(process.getErrorStream()));
  }

  /**
   * Starts a worker.
   *
   * @param command how it is started
   * @param builder the same for this one start
   */
  static WorkerProcess start(WorkerCommand command, ProcessBuilder builder) throws IOException {
    Offspring offspring = Offspring.mark(builder.environment());
    return new WorkerProcess(command, builder.start(), offspring);
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
  public PrintedLines output() {
    return output;
  }

  @Override
  public void readOutput() {
    outputReader.start();
  }

  /**
   * Kills the process and what it has started. The children are looked up first, for they are
   * nobody's children afterwards; the process itself dies first, so that it starts no others. Kills
   * by handle: {@link Process#destroyForcibly} would close the streams and lose the last words.
   * What has ended has no children, but another process may have its number by now.
   */
  @Override
  public void kill() {
    if (!process.isAlive()) {
      return;
    }
    List<ProcessHandle> tree = process.descendants().collect(Collectors.toList());
    process.toHandle().destroyForcibly();
    tree.forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public void endSoon() {
    try {
      if (!process.waitFor(EXIT_PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      kill(); // nobody interrupts the thread that is here, unless to have an end of it
    }
  }

  @Override
  public void awaitEnd() {
    while (process.isAlive()) {
      try {
        process.waitFor();
      } catch (InterruptedException e) {
        kill(); // nobody interrupts the thread that is here, unless to have an end of it
      }
    }
    uptime = Duration.ofNanos(System.nanoTime() - startedAt);
    offspring.kill();
  }

  @Override
  public Remains remains() {
    awaitOutput();
    List<String> printed = output.last();
    return new Remains(pid(), uptime, process.exitValue(), printed, crash(printed));
  }

  /** Not for ever: a process that the worker has started may have escaped with the stream. */
  private void awaitOutput() {
    try {
      outputReader.join(OUTPUT_PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      // Then without the rest.
    }
  }

  private @Nullable CrashReport crash(List<String> printed) {
    try {
      return CrashReport.find(CrashReports.of(pid()), pid(), started, printed);
    } catch (RuntimeException e) {
      return null; // a report that cannot be read must not hide the end
    }
  }
}
