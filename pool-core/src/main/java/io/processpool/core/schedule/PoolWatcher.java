package io.processpool.core.schedule;

import io.processpool.PoolStartException;

/** Told how the workers of a pool fare. The methods return at once. */
public interface PoolWatcher {

  /** A worker's process is up. */
  void workerStarted();

  /**
   * A worker could not be started.
   *
   * @param cause why
   */
  void startFailed(PoolStartException cause);

  /**
   * So many starts failed in a row that the pool must end.
   *
   * @param first why the first of them failed
   */
  void startsKeepFailing(PoolStartException first);

  /** The scheduler has ended, and the last of its workers is gone. */
  void workersAreGone();
}
