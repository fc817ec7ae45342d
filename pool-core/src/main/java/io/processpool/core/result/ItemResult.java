package io.processpool.core.result;

import io.processpool.FailedAttempt;
import io.processpool.StandardStream;
import io.processpool.TaskMetadata;
import io.processpool.core.history.Timeline;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The handle of one item of a map, which tells it when the item is done.
 *
 * @param <R> the type of the result
 */
final class ItemResult<R extends @Nullable Object> extends Reported<R> {
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
  public String id() {
    return map.taskId(index).toString();
  }

  @Override
  public List<TaskMetadata> metadata() {
    return map.metadata(index);
  }

  @Override
  public Map<Integer, R> getByWorker() throws InterruptedException, ExecutionException {
    R value = get();
    return Collections.singletonMap(map.workers().applyAsInt(index), value);
  }

  @Override
  Instant submitted() {
    return map.submitted();
  }

  @Override
  Timeline timeline() {
    return map.timeline();
  }

  @Override
  void requireOutput() {
    map.requireOutput();
  }

  @Override
  public String stdout() {
    requireOutput();
    return map.output().text(index, StandardStream.OUT);
  }

  @Override
  public String stderr() {
    requireOutput();
    return map.output().text(index, StandardStream.ERR);
  }

  @Override
  List<TaskMetadata> running() {
    return runningAmong(map.running());
  }

  /** The map whose item it is. */
  MapResult<R> map() {
    return map;
  }

  /** Those that are its own of the tasks of the map that run. */
  List<TaskMetadata> runningAmong(List<TaskMetadata> running) {
    return running.stream().filter(task -> task.index() == index).toList();
  }

  @Override
  public List<FailedAttempt> failedAttempts() {
    return map.failedAttempts(index);
  }
}
