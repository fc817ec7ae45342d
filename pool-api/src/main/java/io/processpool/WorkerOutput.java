package io.processpool;

/** What becomes of the lines that workers and their tasks print. */
public enum WorkerOutput {
  /** They appear on the parent's {@link System#err}, a whole line at a time. */
  FORWARD,
  /** They are dropped, but for the last lines, which explain a worker's death. */
  DISCARD
}
