package io.processpool.spi;

import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Pool;
import io.processpool.PoolStartException;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

  /**
   * Joins handles to one.
   *
   * @param results the handles, in order; of any pools
   * @param <R> the type of one result
   * @return the handle of all of them
   */
  <R extends @Nullable Object> AsyncMapResult<R> join(
      List<? extends AsyncResult<? extends R>> results);

  /**
   * Orders handles by completion.
   *
   * @param results the handles; of any pools
   * @param <T> the type of the handles
   * @return each of them once, as it completes
   */
  <T extends AsyncResult<?>> Iterable<T> asCompleted(List<? extends T> results);
}
