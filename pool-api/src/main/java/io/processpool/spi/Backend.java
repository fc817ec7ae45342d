package io.processpool.spi;

import io.processpool.PoolStartException;
import java.util.Set;

/**
 * Runs opaque chunks of bytes on slots. The pool decides when a slot is started, what it is given
 * and when it is closed; a backend does nothing of its own accord. Safe for use by several threads.
 */
public interface Backend extends AutoCloseable {

  /** What the slots of a backend can do. */
  enum Capability {
    /** {@link Slot.Close#NOW} ends a running task, whatever the task does. */
    KILL,
    /** A slot asks to be replaced when its memory has grown beyond a limit. */
    LIMIT_MEMORY,
    /** What tasks print is told, and appears nowhere by itself. */
    REDIRECT_OUTPUT,
    /** What tasks log can go elsewhere than to the logging of this JVM. */
    REDIRECT_LOGS
  }

  /**
   * What the slots can do.
   *
   * @return the capabilities
   */
  Set<Capability> capabilities();

  /**
   * Begins to start a slot and returns at once. What becomes of it, the listener is told.
   *
   * @param number the number of the worker that it is for its pool
   * @param listener told of everything that happens to the slot, by one thread at a time, which is
   *     never the caller's, and perhaps before this method returns
   * @return the slot, which takes chunks after {@link SlotListener#ready}
   * @throws PoolStartException if the start cannot even begin; the listener is told nothing
   */
  Slot start(int number, SlotListener listener);

  /**
   * Told that the pool is to end at once: what the backend does beside its slots is not wanted any
   * more. Does not wait, and may be called several times. {@link #close} follows all the same.
   */
  default void terminate() {}

  /** Releases what the slots had in common, after the last of them is gone. */
  @Override
  void close();
}
