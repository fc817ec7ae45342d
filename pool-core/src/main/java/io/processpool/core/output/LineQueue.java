package io.processpool.core.output;

import io.processpool.core.concurrent.Backlog;
import io.processpool.spi.PrintedLine;
import org.slf4j.LoggerFactory;

/** Lines that are to be shown. A listener or a terminal may be slow, or take nothing more. */
final class LineQueue extends Backlog {

  /** Creates an empty queue. */
  LineQueue() {
    super("pool-output");
  }

  void add(PrintedLine line, Runnable showing) {
    add((long) line.text().length() * Character.BYTES, showing);
  }

  @Override
  protected void tellDropped(long count) {
    LoggerFactory.getLogger(LineQueue.class)
        .warn("Dropped {} lines of workers, which print faster than is taken here", count);
  }

  @Override
  protected void tellFailure(Throwable failure) {
    LoggerFactory.getLogger(LineQueue.class)
        .warn("What a worker has printed cannot be shown", failure);
  }
}
