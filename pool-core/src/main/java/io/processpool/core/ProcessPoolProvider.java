package io.processpool.core;

import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Pool;
import io.processpool.core.inline.InlineBackend;
import io.processpool.core.launch.HeadStart;
import io.processpool.core.result.CompletedResults;
import io.processpool.core.result.JoinedResult;
import io.processpool.spi.Backend;
import io.processpool.spi.BackendFactory;
import io.processpool.spi.BackendSettings;
import io.processpool.spi.PoolProvider;
import io.processpool.spi.PoolSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the pools of this library. */
public final class ProcessPoolProvider implements PoolProvider {

  /** For the {@link java.util.ServiceLoader}. */
  public ProcessPoolProvider() {}

  @Override
  public Pool create(PoolSettings settings) {
    BackendFactory backend = settings.backend();
    if (backend != null) {
      return ProcessPool.start(settings, backend);
    }
    try (HeadStart workers = HeadStart.begin(settings.processes(), settings.sizing())) {
      return ProcessPool.start(settings, workers);
    }
  }

  @Override
  public Backend inlineBackend(BackendSettings settings) {
    return new InlineBackend(settings);
  }

  @Override
  public <R extends @Nullable Object> AsyncMapResult<R> join(
      List<? extends AsyncResult<? extends R>> results) {
    return JoinedResult.of(results);
  }

  @Override
  public <T extends AsyncResult<?>> Iterable<T> asCompleted(List<? extends T> results) {
    return new CompletedResults<>(results);
  }
}
