package io.processpool.core.result;

import io.processpool.AsyncMapResult;
import io.processpool.Outcome;
import io.processpool.RemoteTaskException;
import io.processpool.TaskStatus;
import io.processpool.WaitInterruptedException;
import io.processpool.core.history.Submission;
import io.processpool.spi.TaskId;
import io.processpool.wire.TaskFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The handle of a map. The monitor of the array guards what is known of the items.
 *
 * @param <R> the type of one result
 */
public final class MapResult<R extends @Nullable Object> extends Handle<List<R>>
    implements AsyncMapResult<R> {
  private static final Object PENDING = new Object();

  private final @Nullable Object[] items;
  private final boolean endsAtFirstFailure;
  private int done;
  private boolean failed;

  /** Stands in the array for an item that failed. */
  private record Failed(Throwable failure) {}

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
    super(context, lease, task, submission);
    this.items = new Object[size];
    this.endsAtFirstFailure = endsAtFirstFailure;
    Arrays.fill(items, PENDING);
  }

  /** Completes a map that has no items. */
  public void completeIfEmpty() {
    if (items.length == 0) {
      complete(List.of());
    }
  }

  @Override
  public void value(int index, @Nullable Object value) {
    set(index, value);
  }

  @Override
  public void failure(int index, Throwable failure) {
    set(index, new Failed(failure));
    if (endsAtFirstFailure) {
      failFast(failure);
    }
  }

  private void set(int index, @Nullable Object item) {
    synchronized (items) {
      if (items[index] != PENDING || ready()) {
        return;
      }
      items[index] = item;
      failed |= item instanceof Failed;
      done++;
      items.notifyAll();
      if (done < items.length) {
        return;
      }
    }
    completeWithAll();
  }

  @SuppressWarnings("unchecked") // the function that gave them returns an R
  private void completeWithAll() {
    if (failed) {
      fail(firstFailure());
    } else {
      complete((List<R>) Collections.unmodifiableList(Arrays.asList(items)));
    }
  }

  /** The failure with the lowest index, with the others suppressed in it. */
  private Throwable firstFailure() {
    Throwable first = null;
    for (Object item : items) {
      if (item instanceof Failed other) {
        if (first == null) {
          first = other.failure();
        } else if (first != other.failure()) {
          first.addSuppressed(other.failure());
        }
      }
    }
    return Objects.requireNonNull(first);
  }

  @Override
  public int size() {
    return items.length;
  }

  @Override
  public int progress() {
    synchronized (items) {
      return done;
    }
  }

  @Override
  public String id() {
    return Long.toString(submission().number());
  }

  @Override
  public TaskId taskId(int index) {
    return submission().task(index);
  }

  @Override
  TaskStatus status(int index) {
    synchronized (items) {
      if (items[index] == PENDING && !ready()) {
        return TaskStatus.QUEUED;
      }
      return outcome(index) instanceof Outcome.Failure<R> failure
          ? statusOf(failure.exception())
          : TaskStatus.SUCCEEDED;
    }
  }

  @Override
  public Map<Integer, List<R>> getByWorker() throws InterruptedException, ExecutionException {
    List<R> values = get();
    IntUnaryOperator workers = workers();
    Map<Integer, List<R>> byWorker = new TreeMap<>();
    for (int i = 0; i < values.size(); i++) {
      byWorker.computeIfAbsent(workers.applyAsInt(i), w -> new ArrayList<>()).add(values.get(i));
    }
    byWorker.replaceAll((worker, list) -> Collections.unmodifiableList(list));
    return Collections.unmodifiableMap(byWorker);
  }

  @Override
  public List<Outcome<R>> outcomes() throws InterruptedException {
    await();
    List<Outcome<R>> outcomes = new ArrayList<>(items.length);
    synchronized (items) {
      for (int i = 0; i < items.length; i++) {
        outcomes.add(outcome(i));
      }
    }
    return Collections.unmodifiableList(outcomes);
  }

  @SuppressWarnings("unchecked") // the function that gave it returns an R
  private Outcome<R> outcome(int index) {
    Object item = items[index];
    if (item == PENDING) {
      return new Outcome.Failure<>(index, wholeFailure());
    }
    return item instanceof Failed failed
        ? new Outcome.Failure<>(index, failed.failure())
        : new Outcome.Success<>(index, (R) item);
  }

  /** Why items of a complete map are not done. */
  private Throwable wholeFailure() {
    Completion<List<R>> how = completed();
    if (how == null || how.failure() == null) {
      throw new IllegalStateException("The map is not complete");
    }
    return how.failure();
  }

  @Override
  void onPublished() {
    synchronized (items) {
      items.notifyAll();
    }
  }

  @Override
  public Iterator<R> iterator() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < items.length;
      }

      @Override
      public R next() {
        if (!hasNext()) {
          throw new NoSuchElementException("The map has " + items.length + " results");
        }
        Outcome<R> outcome = awaitOutcome(next);
        next++;
        return valueOf(outcome);
      }
    };
  }

  /** Waits without taking: an interrupted wait can be repeated. */
  private Outcome<R> awaitOutcome(int index) {
    synchronized (items) {
      try {
        while (items[index] == PENDING && !ready()) {
          items.wait();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new WaitInterruptedException("Interrupted while waiting for result " + index, e);
      }
      return outcome(index);
    }
  }

  private static <R extends @Nullable Object> R valueOf(Outcome<R> outcome) {
    if (outcome instanceof Outcome.Failure<R> failure) {
      throw RemoteTaskException.unchecked(failure.exception());
    }
    return ((Outcome.Success<R>) outcome).value();
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
