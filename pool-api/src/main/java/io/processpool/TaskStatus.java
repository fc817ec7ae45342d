package io.processpool;

/** How far a task has come, as {@link TaskMetadata#status} tells it. */
public enum TaskStatus {
  /** It waits for a worker, or for its next attempt. */
  QUEUED,
  /** It runs. */
  RUNNING,
  /** It has a value. */
  SUCCEEDED,
  /** It has none: its function threw, or its worker was lost, or its time was over. */
  FAILED,
  /** It was cancelled. */
  CANCELLED,
  /** It was withdrawn before it started: by {@link AsyncResult#abort}. */
  ABORTED
}
