package io.processpool.bench.jmh;

import io.processpool.PoolStartException;
import io.processpool.core.schedule.PoolWatcher;

/** Sees nothing but workers that start. */
final class StrictWatcher implements PoolWatcher {

  @Override
  public void workerStarted() {}

  @Override
  public void startFailed(PoolStartException cause) {
    throw cause;
  }

  @Override
  public void startsKeepFailing(PoolStartException first) {
    throw first;
  }

  @Override
  public void workersAreGone() {}
}
