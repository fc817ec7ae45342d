package io.processpool.core.result;

import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Outcome;
import io.processpool.ProgressListener;
import io.processpool.TaskAbortedException;
import io.processpool.TaskStatus;
import io.processpool.WaitFor;
import io.processpool.core.concurrent.Nanos;
import io.processpool.core.history.Submission;
import io.processpool.wire.NumberRun;
import io.processpool.wire.TaskFunction;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The handle of a map.
 *
 * @param <R> the type of one result
 */
public final class MapResult<R extends @Nullable Object> extends Handle<List<R>>
    implements AsyncMapResult<R> {
  private final Items<R> items;
  private final boolean endsAtFirstFailure;

  /**
   * Creates a handle of a map of which no item is done. One without items is complete at once.
   *
   * @param context what it needs of its pool
   * @param lease an object to be held until it is complete
   * @param task what it is to do
   * @param submission how it came to the pool
   * @param size how many items there are
   * @param endsAtFirstFailure whether the first failure ends it
   */
  public MapResult(
      JobContext context,
      Object lease,
      TaskFunction task,
      Submission submission,
      int size,
      boolean endsAtFirstFailure) {
    super(context, lease, task.name(), submission, new SubmitSite());
    this.items = new Items<>(this, this::over, this::end, size);
    this.endsAtFirstFailure = endsAtFirstFailure;
  }

  /** Completes a map that has no items. */
  public void completeIfEmpty() {
    if (size() == 0) {
      complete(List.of());
    }
  }

  private void end() {
    complete(items.together(MapResult::firstOf));
  }

  private static Throwable firstOf(List<Throwable> failures) {
    Throwable first = failures.get(0);
    failures.subList(1, failures.size()).forEach(first::addSuppressed);
    return first;
  }

  @Override
  public TaskStatus value(int index, @Nullable Object value) {
    return items.value(index, value) ? TaskStatus.SUCCEEDED : status(index);
  }

  @Override
  public void values(int first, int count, @Nullable Object[] values, Outcomes.FateSink fates) {
    if (!items.values(first, count, values)) {
      for (int index = first; index < first + count; index++) {
        fates.became(index, status(index));
      }
    }
  }

  @Override
  public boolean numbers(int first, NumberRun numbers) {
    return items.numbers(first, numbers);
  }

  @Override
  public TaskStatus failure(int index, Throwable failure) {
    if (items.failure(index, failure) && endsAtFirstFailure) {
      failFast(failure);
    }
    return status(index);
  }

  @Override
  boolean isPending(int index) {
    return items.isPending(index);
  }

  @Override
  void aborted(int index, TaskAbortedException failure) {
    items.complete(index, Completion.ofAbort(failure));
  }

  /** Cancels one item: what has not begun never will, and what runs is perhaps stopped. */
  boolean cancelItem(int index, boolean interrupt) {
    boolean cancelled = items.cancelled(index);
    if (cancelled) {
      withdraw(index);
      context().control().disown(this, index, interrupt);
    }
    return cancelled;
  }

  /** Has one item not begin any more. */
  void abortItem(int index) {
    withdraw(index);
  }

  @Override
  public int size() {
    return items.size();
  }

  @Override
  public int failures() {
    return items.failed();
  }

  @Override
  public MapResult<R> onProgress(ProgressListener listener) {
    var unused = super.onProgress(listener);
    return this;
  }

  @Override
  public int progress() {
    return items.done();
  }

  @Override
  TaskStatus status(int index) {
    return items.status(index);
  }

  @Override
  public Map<Integer, List<R>> getByWorker() throws InterruptedException, ExecutionException {
    return Items.byWorker(get(), workers());
  }

  @Override
  public List<Outcome<R>> outcomes() throws InterruptedException {
    await();
    return items.outcomes();
  }

  @Override
  int unfinished() {
    return items.unfinished();
  }

  @Override
  void onPublished() {
    try {
      super.onPublished();
    } finally {
      items.endWithTheWhole();
    }
  }

  @Override
  public Iterator<R> iterator() {
    return items.iterator();
  }

  @Override
  public Iterable<R> unordered() {
    return items::unordered;
  }

  @Override
  public List<AsyncResult<R>> split() {
    return Collections.unmodifiableList(items.split(index -> new ItemResult<>(this, index)));
  }

  /**
   * The handle of one item, without one for each of the others.
   *
   * @param index the item's index
   * @return the handle that {@link #split} gives for it
   */
  public AsyncResult<R> item(int index) {
    return items.handle(index, i -> new ItemResult<>(this, i));
  }

  @Override
  public void await(WaitFor what) throws InterruptedException {
    items.await(what);
  }

  @Override
  public boolean await(WaitFor what, Duration timeout) throws InterruptedException {
    return items.await(what, Nanos.of(timeout));
  }

  @Override
  public MapResult<R> onSuccess(Consumer<? super List<R>> action) {
    var unused = super.onSuccess(action);
    return this;
  }

  @Override
  public MapResult<R> onFailure(Consumer<? super Throwable> action) {
    var unused = super.onFailure(action);
    return this;
  }
}
