package io.processpool;

import java.io.Serial;

/**
 * What came through the channel between the pool and the worker that ran the task is not what one
 * of them says to the other: the message tells what was seen. That worker was replaced.
 */
public final class ProtocolException extends WorkerLostException {
  @Serial private static final long serialVersionUID = 1L;

  ProtocolException(WorkerLoss loss, String task, int itemIndex) {
    super(loss, task, itemIndex);
  }
}
