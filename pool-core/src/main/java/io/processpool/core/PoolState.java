package io.processpool.core;

/** The states of a pool, in the order in which they follow each other. */
enum PoolState {
  /** It accepts work. */
  RUNNING,
  /** It accepts no more work, and finishes what it has. */
  SHUT_DOWN,
  /** It drops what it has. */
  TERMINATED
}
