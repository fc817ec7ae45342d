package io.processpool.core.schedule;

import io.processpool.spi.PrintedLine;
import org.jspecify.annotations.Nullable;

/** Takes what workers print. Safe for use by several threads; it may take its time. */
public interface LineSink {

  /**
   * What has printed.
   *
   * @param job its job
   * @param index its index within the job
   */
  record Origin(Job job, int index) {}

  /**
   * Takes a line.
   *
   * @param line the line
   * @param worker who has printed it
   * @param origin which item; {@code null} if it is not known, or is over
   */
  void printed(PrintedLine line, WorkerIdentity worker, @Nullable Origin origin);
}
