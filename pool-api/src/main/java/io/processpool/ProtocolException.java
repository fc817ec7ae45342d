package io.processpool;

import java.io.Serial;

/**
 * What came through the channel between the pool and the worker that ran the task is not what one
 * of them says to the other: the message tells what was seen. That worker was replaced.
 *
 * <p>The task is the one that ran last in that worker. What has spoilt the channel may be one that
 * ran a moment before it, or another thread; what was done by then is kept.
 */
public final class ProtocolException extends WorkerLostException {
  @Serial private static final long serialVersionUID = 1L;

  ProtocolException(WorkerLoss loss, String task, int itemIndex) {
    super(loss, task, itemIndex);
  }
}
