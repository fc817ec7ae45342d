package io.processpool.core.result;

import io.processpool.FailedAttempt;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The handle of one item of a map, which tells it when the item is done.
 *
 * @param <R> the type of the result
 */
final class ItemResult<R extends @Nullable Object> extends Promise<R> {
  private final MapResult<R> map;
  private final int index;

  ItemResult(MapResult<R> map, int index) {
    this.map = map;
    this.index = index;
  }

  @Override
  Callbacks callbacks() {
    return map.callbacks();
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    return map.cancelItem(index, mayInterruptIfRunning);
  }

  @Override
  public void abort() {
    requireIncomplete();
    map.abortItem(index);
  }

  @Override
  public int size() {
    return 1;
  }

  @Override
  public int progress() {
    return ready() ? 1 : 0;
  }

  @Override
  public List<FailedAttempt> failedAttempts() {
    return map.failedAttempts().stream().filter(attempt -> attempt.index() == index).toList();
  }
}
