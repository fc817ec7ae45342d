package io.processpool.core.schedule;

/** The life of a worker, as its pool sees it. */
enum WorkerState {
  /** Its process is on the way. */
  STARTING,
  /** It takes chunks. */
  READY,
  /** It ends after the chunks that it holds. */
  RETIRING,
  /** It is being killed. */
  STOPPING,
  /** It is no more. */
  GONE;

  boolean canBecome(WorkerState next) {
    return switch (this) {
      case STARTING -> next != STARTING;
      case READY -> next == RETIRING || next == STOPPING || next == GONE;
      case RETIRING -> next == STOPPING || next == GONE;
      case STOPPING -> next == GONE;
      case GONE -> false;
    };
  }
}
