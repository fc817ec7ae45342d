package io.processpool.core.concurrent;

import java.util.concurrent.Executor;

/** Runs actions one after the other, in the order in which they come. */
public interface Collector extends Executor {

  /**
   * Runs an action in its turn, perhaps on this thread, and perhaps some of what comes meanwhile.
   * This thread must hold no monitor that an action may wait for.
   *
   * @param action the action
   */
  default void executeHere(Runnable action) {
    execute(action);
  }
}
