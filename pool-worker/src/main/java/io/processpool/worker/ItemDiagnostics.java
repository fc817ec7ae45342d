package io.processpool.worker;

import io.processpool.wire.Assignment;

/** Keeps the diagnostic context of the thread that runs items. */
public interface ItemDiagnostics {

  /**
   * Gives the calling thread the context of an item. What an item before it has left there is gone.
   *
   * @param assignment whose the items of its chunk are
   * @param position the item's position within the chunk
   */
  void begin(Assignment assignment, int position);

  /** Takes away what was given: there is no item for now. */
  void end();
}
