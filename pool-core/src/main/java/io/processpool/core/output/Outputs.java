package io.processpool.core.output;

import io.processpool.OutputLine;
import io.processpool.OutputListener;
import io.processpool.StandardStream;
import io.processpool.WorkerOutput;
import io.processpool.core.schedule.Job;
import io.processpool.core.schedule.LineSink;
import io.processpool.core.schedule.WorkerIdentity;
import io.processpool.spi.PrintedLine;
import io.processpool.spi.TaskId;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Brings the lines that workers print to where they belong. Safe for use by several threads. */
public final class Outputs implements LineSink {
  private final WorkerOutput mode;
  private final @Nullable OutputListener listener;
  private final Executor collector;

  /**
   * Creates outputs.
   *
   * @param mode what becomes of lines
   * @param listener whom to tell of lines that are forwarded; {@code null} to print them
   * @param collector the thread that tells jobs
   */
  public Outputs(WorkerOutput mode, @Nullable OutputListener listener, Executor collector) {
    this.mode = mode;
    this.listener = listener;
    this.collector = collector;
  }

  @Override
  public void printed(PrintedLine line, WorkerIdentity worker, @Nullable Origin origin) {
    switch (mode) {
      case DISCARD -> {}
      case INHERIT -> print(line.stream(), line.text());
      case FORWARD -> forward(line, worker);
      case CAPTURE -> {
        if (origin == null || !origin.job().keepsOutput()) {
          forward(line, worker);
        } else {
          Job job = origin.job();
          collector.execute(() -> job.printed(origin.index(), line));
        }
      }
    }
  }

  private void forward(PrintedLine line, WorkerIdentity worker) {
    Optional<String> taskId = line.task().map(TaskId::toString);
    if (listener == null) {
      String task = taskId.map(id -> ", task " + id).orElse("");
      print(line.stream(), "[worker " + worker.number() + task + "] " + line.text());
      return;
    }
    try {
      listener.printed(new OutputLine(worker.number(), taskId, line.stream(), line.text()));
    } catch (Throwable e) {
      LoggerFactory.getLogger(Outputs.class).warn("An output listener failed", e);
    }
  }

  private static void print(StandardStream stream, String text) {
    PrintStream target = stream == StandardStream.OUT ? System.out : System.err;
    try {
      target.print(text + System.lineSeparator());
    } catch (RuntimeException e) {
      // It cannot be shown; but it must go on being read, or the worker stops.
    }
  }
}
