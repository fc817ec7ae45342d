package io.processpool.core.schedule;

/** What can be expected of a worker at the moment. */
enum Standing {
  /** It is on the way. */
  STARTING,
  /** It has nothing to do, and takes work. */
  IDLE,
  /** It has something to do, and may take more. */
  OPEN,
  /** It has something to do, and takes nothing more for now. */
  BUSY,
  /** It has nothing to do, and has run as many items as it may. */
  SPENT,
  /** It only has to end, or has ended. */
  LEAVING;

  /** Whether it counts as one of the pool's: not if it only has to end any more. */
  boolean isOnStaff() {
    return this != LEAVING;
  }

  /** Whether it has something to run, and is not being killed. */
  boolean isWorking() {
    return this == OPEN || this == BUSY;
  }
}
