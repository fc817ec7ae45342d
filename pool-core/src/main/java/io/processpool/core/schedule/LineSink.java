package io.processpool.core.schedule;

import io.processpool.spi.PrintedLine;
import org.jspecify.annotations.Nullable;

/** Takes what workers print. Safe for use by several threads. */
public interface LineSink {

  /**
   * What has printed.
   *
   * @param job its job
   * @param index its index within the job
   */
  record Origin(Job job, int index) {}

  /**
   * Who has printed.
   *
   * @param worker the worker
   * @param origin which item; {@code null} if it is not known, or is over
   */
  record Author(WorkerIdentity worker, @Nullable Origin origin) {}

  /**
   * Takes a line from a thread that has results to deliver, and does not keep it waiting.
   *
   * @param line the line
   * @param author who has printed it
   */
  void printed(PrintedLine line, Author author);

  /**
   * Takes a line from a thread that has nothing else to do, and may take its time.
   *
   * @param line the line
   * @param author who has printed it
   */
  default void printedAside(PrintedLine line, Author author) {
    printed(line, author);
  }
}
