package io.processpool.spi;

import io.processpool.Pool;
import io.processpool.PoolStartException;

/** Makes pools; found by {@link java.util.ServiceLoader}. */
public interface PoolProvider {

  /**
   * Creates a running pool.
   *
   * @param settings how the pool is to be
   * @return the pool
   * @throws PoolStartException if its workers cannot be started
   */
  Pool create(PoolSettings settings);

  /**
   * Creates a backend that runs chunks on threads of this JVM.
   *
   * @param settings what its slots have in common
   * @return the backend
   */
  Backend inlineBackend(BackendSettings settings);
}
