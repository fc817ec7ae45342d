package io.processpool;

/**
 * What becomes of what workers and their tasks print to {@link System#out} and {@link System#err}.
 * Lines are never mixed, whoever prints them. A line of more than 64 KiB comes in parts; and where
 * a worker has more than 1000 lines begun at a time, or 4 MiB of them, the oldest are taken for
 * finished.
 *
 * <p>What native code prints, and the processes that a task starts, comes as {@link
 * StandardStream#ERR}, and belongs to the task where that is certain: if it ran before, and runs on
 * when the line is there. Otherwise it belongs to the worker.
 */
public enum WorkerOutput {
  /**
   * It is kept with its task, and shown by {@link AsyncResult#stdout}, {@link AsyncResult#stderr}
   * and {@link AsyncResult#displayOutputs}. What belongs to no task, or to one of an {@code imap},
   * appears as with {@link #FORWARD}. No task waits for that: lines that are not taken wait in this
   * JVM, up to 16 MiB of them; more are dropped, and how many that were is logged.
   */
  CAPTURE,
  /**
   * It appears at once on this JVM's {@link System#out} and {@link System#err}. While these take
   * nothing, who prints waits.
   */
  INHERIT,
  /**
   * It is handed at once to the {@link PoolBuilder#outputListener listener} or, if there is none,
   * appears on this JVM's {@link System#out} and {@link System#err}, each line behind the number of
   * its worker and the id of its task. While these take nothing, who prints waits.
   */
  FORWARD,
  /** It is dropped, but for the last lines, which explain a worker's death. */
  DISCARD
}
