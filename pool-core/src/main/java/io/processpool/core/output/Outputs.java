package io.processpool.core.output;

import io.processpool.OutputLine;
import io.processpool.OutputListener;
import io.processpool.StandardStream;
import io.processpool.WorkerOutput;
import io.processpool.core.schedule.LineSink;
import io.processpool.core.schedule.WorkerIdentity;
import io.processpool.spi.PrintedLine;
import io.processpool.spi.TaskId;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Brings the lines that workers print to where they belong. Whoever shows them may block: no thread
 * is lent to him that has results to deliver. Safe for use by several threads.
 */
public final class Outputs implements LineSink {
  private final WorkerOutput mode;
  private final @Nullable OutputListener listener;
  private final LineQueue queue = new LineQueue();

  /**
   * Creates outputs.
   *
   * @param mode what becomes of lines
   * @param listener whom to tell of lines that are forwarded; {@code null} to print them
   */
  public Outputs(WorkerOutput mode, @Nullable OutputListener listener) {
    this.mode = mode;
    this.listener = listener;
  }

  @Override
  public void printed(PrintedLine line, Author author) {
    if (!isDealtWith(line, author)) {
      queue.add(line, () -> show(line, author.worker()));
    }
  }

  @Override
  public void printedAside(PrintedLine line, Author author) {
    if (!isDealtWith(line, author)) {
      show(line, author.worker());
    }
  }

  /** Nothing more comes, but what is told aside. */
  public void close() {
    queue.close();
  }

  /**
   * Waits until the lines are shown that wait for that; not at all if called by who shows them.
   *
   * @param limit how long to wait
   * @throws InterruptedException if the waiting thread is interrupted
   */
  public void awaitAll(Duration limit) throws InterruptedException {
    queue.awaitEmpty(limit);
  }

  /** Keeps a line that is to be kept. Returns whether it need not be shown. */
  private boolean isDealtWith(PrintedLine line, Author author) {
    Origin origin = author.origin();
    if (mode == WorkerOutput.CAPTURE && origin != null && origin.job().keepsOutput()) {
      keep(line, origin);
      return true;
    }
    return mode == WorkerOutput.DISCARD;
  }

  private static void keep(PrintedLine line, Origin origin) {
    try {
      origin.job().printed(origin.index(), line);
    } catch (Throwable e) {
      tellFailure("A line that a task has printed cannot be kept", e);
    }
  }

  private void show(PrintedLine line, WorkerIdentity worker) {
    if (mode == WorkerOutput.INHERIT) {
      print(line.stream(), line.text());
    } else {
      forward(line, worker);
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
      tellFailure("An output listener failed", e);
    }
  }

  private static void tellFailure(String what, Throwable failure) {
    try {
      LoggerFactory.getLogger(Outputs.class).warn(what, failure);
    } catch (Throwable e) {
      // It is the logging that fails: there is no place to say so, and lines must go on being read.
    }
  }

  private static void print(StandardStream stream, String text) {
    PrintStream target = stream == StandardStream.OUT ? System.out : System.err;
    try {
      target.print(text + System.lineSeparator());
    } catch (Throwable e) {
      // It cannot be shown; but it must go on being read, or the worker stops.
    }
  }
}
