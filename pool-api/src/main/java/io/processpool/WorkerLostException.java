package io.processpool;

import java.io.Serial;
import java.util.OptionalInt;

/**
 * The worker that ran the task died: it exited, crashed, ran out of memory or was killed. Only the
 * item that was running fails with this; another worker takes the place of the lost one.
 */
public sealed class WorkerLostException extends PoolException permits ProtocolException {
  @Serial private static final long serialVersionUID = 1L;

  private final WorkerLoss loss;
  private final String task;
  private final int itemIndex;

  WorkerLostException(WorkerLoss loss, String task, int itemIndex) {
    super(
        "The worker with process id "
            + loss.pid()
            + " was lost while it ran item "
            + itemIndex
            + " of "
            + task
            + ": "
            + loss.explanation(),
        null);
    this.loss = loss;
    this.task = task;
    this.itemIndex = itemIndex;
  }

  /**
   * Creates an exception.
   *
   * @param loss how the worker was lost
   * @param task what it ran, in words
   * @param itemIndex the index within its map of the item that it ran, 0 for a single task
   * @return the exception, a {@link ProtocolException} for a breach of the protocol
   */
  public static WorkerLostException of(WorkerLoss loss, String task, int itemIndex) {
    return loss.reason() == WorkerLoss.Reason.PROTOCOL
        ? new ProtocolException(loss, task, itemIndex)
        : new WorkerLostException(loss, task, itemIndex);
  }

  /**
   * How the worker was lost.
   *
   * @return what is known of its end
   */
  public WorkerLoss loss() {
    return loss;
  }

  /**
   * What the worker ran.
   *
   * @return the name of the task's class or method
   */
  public String task() {
    return task;
  }

  /**
   * Which item the worker ran.
   *
   * @return its index within its map, 0 for a single task
   */
  public int itemIndex() {
    return itemIndex;
  }

  /**
   * The process id of the lost worker.
   *
   * @return the process id
   */
  public long pid() {
    return loss.pid();
  }

  /**
   * The exit status of the lost worker: what it passed to {@code System.exit}, or 128 + n if signal
   * n ended it.
   *
   * @return the exit status, empty if it is not known
   */
  public OptionalInt exitStatus() {
    return loss.exitStatus();
  }
}
