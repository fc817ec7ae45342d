package io.processpool.core.log;

import io.processpool.core.concurrent.Backlog;
import org.slf4j.LoggerFactory;

/** What is to be logged. A logging backend may be slow, or take nothing more. */
final class LogQueue extends Backlog {
  private final KnownLoggers loggers;

  /**
   * Creates an empty queue.
   *
   * @param loggers looked after by the queue's thread
   */
  LogQueue(KnownLoggers loggers) {
    super("pool-logs");
    this.loggers = loggers;
  }

  @Override
  protected void tellDropped(long count) {
    LoggerFactory.getLogger(LogQueue.class)
        .warn("Dropped {} events of workers, which log faster than is logged here", count);
  }

  @Override
  protected void tellFailure(Throwable failure) {
    LoggerFactory.getLogger(LogQueue.class)
        .warn("What a worker has logged cannot be logged here", failure);
  }

  @Override
  protected boolean needsRounds() {
    return !loggers.isEmpty();
  }

  @Override
  protected void goRound() {
    loggers.lookAgain();
  }
}
