package io.processpool.function;

import java.io.Serializable;

/**
 * An action that a worker can run, as its initializer or finalizer.
 *
 * <p>A lambda or method reference in this type's place is serialisable by itself; what it captures
 * must be able to travel too. It runs in another process: what it changes there is not seen here.
 */
@FunctionalInterface
public interface SerializableRunnable extends Serializable {

  /**
   * Runs the action.
   *
   * @throws Exception whatever the action throws
   */
  void run() throws Exception;
}
