package io.processpool.core.result;

import static java.util.Objects.requireNonNull;

import io.processpool.Outcome;
import io.processpool.TaskStatus;
import io.processpool.WaitFor;
import io.processpool.WaitInterruptedException;
import io.processpool.core.result.Promise.Completion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What has become of the items of a whole, and those who wait for it. The monitor of the array
 * guards it; the whole's own completion comes after that of the last item.
 *
 * @param <R> the type of one value
 */
final class Items<R extends @Nullable Object> {
  private static final Object PENDING = new Object();

  private final Promise<List<R>> whole;
  private final Runnable end;
  private final @Nullable Object[] items;
  private final int[] arrivals;
  private int done;
  private int failed;
  private List<ItemResult<R>> handles = List.of();

  /** Stands in the array for an item that failed. */
  private record Failed(Throwable failure, boolean cancelled) {}

  /**
   * Creates items that are not done.
   *
   * @param whole what they are the items of
   * @param end called when all of them are done, by the thread that brings the last one
   */
  Items(Promise<List<R>> whole, Runnable end, int size) {
    this.whole = whole;
    this.end = end;
    this.items = new Object[size];
    this.arrivals = new int[size];
    Arrays.fill(items, PENDING);
  }

  /** Returns whether the item was not done before. */
  boolean value(int index, @Nullable Object value) {
    return put(index, value);
  }

  /** Returns whether the item was not done before. */
  boolean failure(int index, Throwable failure) {
    return put(index, new Failed(failure, false));
  }

  /** Returns whether the item was not done before. */
  boolean cancelled(int index) {
    return put(index, new Failed(requireNonNull(Completion.ofCancel().failure()), true));
  }

  private boolean put(int index, @Nullable Object item) {
    synchronized (items) {
      if (!isPending(index)) {
        return false;
      }
      items[index] = item;
      failed += item instanceof Failed ? 1 : 0;
      arrivals[done++] = index;
      completeHandle(index);
      items.notifyAll();
      if (done < items.length) {
        return true;
      }
    }
    end.run();
    return true;
  }

  boolean isPending(int index) {
    synchronized (items) {
      return items[index] == PENDING && !whole.ready();
    }
  }

  /** The failures, in the order of the items, each once. */
  List<Throwable> failures() {
    Set<Throwable> failures = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Throwable> inOrder = new ArrayList<>();
    synchronized (items) {
      for (Object item : items) {
        if (item instanceof Failed how && failures.add(how.failure())) {
          inOrder.add(how.failure());
        }
      }
    }
    return inOrder;
  }

  /** The values, if all are done and none failed. */
  @SuppressWarnings("unchecked") // the function that gave them returns an R
  List<R> values() {
    return (List<R>) Collections.unmodifiableList(Arrays.asList(items));
  }

  int size() {
    return items.length;
  }

  int done() {
    synchronized (items) {
      return done;
    }
  }

  /** How far an item has come; it is queued if it is not done. */
  TaskStatus status(int index) {
    synchronized (items) {
      if (isPending(index)) {
        return TaskStatus.QUEUED;
      }
      Throwable failure = completion(index).failure();
      return failure == null ? TaskStatus.SUCCEEDED : Reported.statusOf(failure);
    }
  }

  /** Values by the numbers of the workers that made them. */
  static <R extends @Nullable Object> Map<Integer, List<R>> byWorker(
      List<R> values, IntUnaryOperator workers) {
    Map<Integer, List<R>> byWorker = new TreeMap<>();
    for (int i = 0; i < values.size(); i++) {
      byWorker.computeIfAbsent(workers.applyAsInt(i), w -> new ArrayList<>()).add(values.get(i));
    }
    byWorker.replaceAll((worker, list) -> Collections.unmodifiableList(list));
    return Collections.unmodifiableMap(byWorker);
  }

  /** How many are done without a value. */
  int failed() {
    synchronized (items) {
      return failed;
    }
  }

  List<Outcome<R>> outcomes() {
    List<Outcome<R>> outcomes = new ArrayList<>(items.length);
    synchronized (items) {
      for (int i = 0; i < items.length; i++) {
        outcomes.add(outcome(i));
      }
    }
    return Collections.unmodifiableList(outcomes);
  }

  private Outcome<R> outcome(int index) {
    Completion<R> how = completion(index);
    return how.failure() == null
        ? new Outcome.Success<>(index, Promise.value(how))
        : new Outcome.Failure<>(index, how.failure());
  }

  /** What became of an item that is done, or whose whole is complete. */
  @SuppressWarnings("unchecked") // the function that gave it returns an R
  private Completion<R> completion(int index) {
    Object item = items[index];
    if (item == PENDING) {
      return likeTheWhole();
    }
    return item instanceof Failed how
        ? new Completion<>(null, how.failure(), how.cancelled())
        : Completion.ofValue((R) item);
  }

  private Completion<R> likeTheWhole() {
    Completion<List<R>> how = whole.completed();
    if (how == null || how.failure() == null) {
      throw new IllegalStateException("The map is not complete");
    }
    return new Completion<>(null, how.failure(), how.cancelled());
  }

  /** The whole is complete, and what is not done never will be. */
  void endWithTheWhole() {
    synchronized (items) {
      for (int i = 0; i < handles.size(); i++) {
        if (items[i] == PENDING) {
          completeHandle(i);
        }
      }
      items.notifyAll();
    }
  }

  /** A handle for each item, the same ones each time. */
  List<ItemResult<R>> split(IntFunction<ItemResult<R>> maker) {
    synchronized (items) {
      if (handles.size() < items.length) {
        List<ItemResult<R>> made = new ArrayList<>(items.length);
        for (int i = 0; i < items.length; i++) {
          made.add(maker.apply(i));
        }
        handles = Collections.unmodifiableList(made);
        for (int i = 0; i < done; i++) {
          completeHandle(arrivals[i]);
        }
        if (whole.ready()) {
          endWithTheWhole();
        }
      }
      return handles;
    }
  }

  private void completeHandle(int index) {
    if (!handles.isEmpty()) {
      handles.get(index).publish(completion(index));
    }
  }

  void await(WaitFor what) throws InterruptedException {
    await(what, Long.MAX_VALUE);
  }

  /** Returns whether it has come so far in time. */
  boolean await(WaitFor what, long nanos) throws InterruptedException {
    requireNonNull(what, "what");
    synchronized (items) {
      return await(() -> hasCome(what), nanos);
    }
  }

  /** What the last item brings has not come before the whole is complete. */
  private boolean hasCome(WaitFor what) {
    if (done == items.length) {
      return whole.ready();
    }
    return switch (what) {
          case FIRST_COMPLETED -> done > 0;
          case FIRST_EXCEPTION -> failed > 0;
          case ALL -> false;
        }
        || whole.ready();
  }

  private boolean await(BooleanSupplier condition, long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    while (!condition.getAsBoolean()) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.timedWait(items, left);
    }
    return true;
  }

  /** The values in order. */
  Iterator<R> iterator() {
    return new OutcomeIterator<>(items.length, this::awaitOutcome);
  }

  /** The values in the order in which they come. */
  Iterator<R> unordered() {
    return new OutcomeIterator<>(items.length, this::awaitArrival);
  }

  private Outcome<R> awaitOutcome(int index) {
    synchronized (items) {
      awaitForIterator(() -> !isPending(index), index);
      return outcome(index);
    }
  }

  private Outcome<R> awaitArrival(int position) {
    synchronized (items) {
      awaitForIterator(() -> position < done || whole.ready(), position);
      return position < done
          ? outcome(arrivals[position])
          : new Outcome.Failure<>(position, requireNonNull(likeTheWhole().failure()));
    }
  }

  private void awaitForIterator(BooleanSupplier condition, int position) {
    try {
      var unused = await(condition, Long.MAX_VALUE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WaitInterruptedException("Interrupted while waiting for result " + position, e);
    }
  }
}
