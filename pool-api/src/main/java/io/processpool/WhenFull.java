package io.processpool;

import java.util.concurrent.RejectedExecutionException;

/** What becomes of a task that is submitted while as many as allowed are under way. */
public enum WhenFull {
  /** The call that submits it waits until another task is complete. */
  BLOCK,
  /** The call that submits it throws a {@link RejectedExecutionException}. */
  REJECT
}
