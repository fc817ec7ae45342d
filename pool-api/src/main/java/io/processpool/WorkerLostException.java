package io.processpool;

import java.io.Serial;
import java.util.OptionalInt;

/**
 * The worker that ran the task died: it exited, crashed, ran out of memory or was killed. Only the
 * item that was running fails with this; another worker takes the place of the lost one.
 */
public final class WorkerLostException extends PoolException {
  @Serial private static final long serialVersionUID = 1L;

  private final long pid;
  private final int exitStatus;

  /**
   * Creates an exception.
   *
   * @param message how the worker was lost and what it printed last
   * @param pid the worker's process id
   * @param exitStatus the worker's exit status, 128 + n for signal n; negative if it is not known
   */
  public WorkerLostException(String message, long pid, int exitStatus) {
    super(message, null);
    this.pid = pid;
    this.exitStatus = exitStatus;
  }

  /**
   * The process id of the lost worker.
   *
   * @return the process id
   */
  public long pid() {
    return pid;
  }

  /**
   * The exit status of the lost worker: what it passed to {@code System.exit}, or 128 + n if signal
   * n ended it.
   *
   * @return the exit status, empty if it is not known
   */
  public OptionalInt exitStatus() {
    return exitStatus < 0 ? OptionalInt.empty() : OptionalInt.of(exitStatus);
  }
}
