package io.processpool.core.result;

import static java.util.Objects.requireNonNull;

import io.processpool.Outcome;
import io.processpool.TaskStatus;
import io.processpool.WaitFor;
import io.processpool.WaitInterruptedException;
import io.processpool.wire.NumberRun;
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
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What has become of the items of a whole, and those who wait for it. The monitor of the store
 * guards it; the whole's own completion comes after that of the last item.
 *
 * @param <R> the type of one value
 */
final class Items<R extends @Nullable Object> {
  private final Promise<List<R>> whole;
  private final FateCount fates;
  private final Runnable end;

  /** Values, and the completions of those that have none. */
  private final ItemStore items;

  private final Arrivals arrivals = new Arrivals();
  private int failed;
  private @Nullable OutOfMemoryError noRoom;
  private ItemResult<R>[] handles = none(0);
  private boolean split;

  /** Told of what has become of items. */
  interface FateCount {
    void over(int count, TaskStatus fate);
  }

  /**
   * Creates items that are not done.
   *
   * @param whole what they are the items of
   * @param fates told what has become of each item that is done, before anybody can see it; not of
   *     those that end with the whole
   * @param end called when all of them are done, by the thread that brings the last one
   */
  Items(Promise<List<R>> whole, FateCount fates, Runnable end, int size) {
    this.whole = whole;
    this.fates = fates;
    this.end = end;
    this.items = new ItemStore(size);
  }

  /** Returns whether the item was not done before. */
  boolean value(int index, @Nullable Object value) {
    return put(index, value);
  }

  /** Returns whether the item was not done before. */
  boolean failure(int index, Throwable failure) {
    return complete(index, Completion.ofFailure(failure));
  }

  /** Returns whether the item was not done before. */
  boolean cancelled(int index) {
    return complete(index, Completion.ofCancel());
  }

  /** Returns whether the item was not done before. */
  boolean complete(int index, Completion<R> how) {
    return put(index, how.failure() == null ? how.value() : how);
  }

  private boolean put(int index, @Nullable Object item) {
    try {
      return putIfPending(index, item);
    } catch (OutOfMemoryError e) {
      giveUp(e);
      return false;
    }
  }

  /** There is no room for the items: the whole ends with that, and they with the whole. */
  private void giveUp(OutOfMemoryError e) {
    synchronized (items) {
      noRoom = e;
    }
    end.run();
  }

  private boolean putIfPending(int index, @Nullable Object item) {
    synchronized (items) {
      if (!isPending(index)) {
        return false;
      }
      items.put(index, item);
      TaskStatus status = item instanceof Completion<?> how ? how.status() : TaskStatus.SUCCEEDED;
      failed += status == TaskStatus.SUCCEEDED ? 0 : 1;
      int before = arrivals.size();
      arrivals.add(index, 1);
      tell(before, status);
      if (arrivals.size() < items.size()) {
        return true;
      }
    }
    end.run();
    return true;
  }

  /** Returns whether none of the items was done before. Those that were stay as they are. */
  boolean values(int first, int count, @Nullable Object[] values) {
    try {
      return putPending(first, count, values);
    } catch (OutOfMemoryError e) {
      giveUp(e);
      return false;
    }
  }

  private boolean putPending(int first, int count, @Nullable Object[] values) {
    int before;
    int now;
    synchronized (items) {
      before = arrivals.size();
      if (!whole.ready()) {
        for (int i = 0; i < count; i++) {
          if (!items.has(first + i)) {
            items.put(first + i, values[i]);
            arrivals.add(first + i, 1);
          }
        }
        tell(before, TaskStatus.SUCCEEDED);
      }
      now = arrivals.size();
    }
    endIfAllCame(before, now);
    return now - before == count;
  }

  private void endIfAllCame(int before, int now) {
    if (now > before && now == items.size()) {
      end.run();
    }
  }

  /**
   * Takes numbers as they came, if none of the items was done before and numbers of another kind
   * did not come first. Returns whether it has; else nothing has changed.
   */
  boolean numbers(int first, NumberRun numbers) {
    try {
      return putNumbers(first, numbers);
    } catch (OutOfMemoryError e) {
      giveUp(e);
      return false;
    }
  }

  private boolean putNumbers(int first, NumberRun numbers) {
    int before;
    int now;
    synchronized (items) {
      if (whole.ready()
          || !items.hasNone(first, numbers.count())
          || !items.putNumbers(first, numbers)) {
        return false;
      }
      before = arrivals.size();
      arrivals.add(first, numbers.count());
      tell(before, TaskStatus.SUCCEEDED);
      now = arrivals.size();
    }
    endIfAllCame(before, now);
    return true;
  }

  /** Tells of those that have come since so many had, and all of which fared the same. */
  private void tell(int before, TaskStatus fate) {
    int done = arrivals.size();
    count(done - before, fate);
    items.notifyAll();
    for (int i = before; handles.length > 0 && i < done; i++) {
      completeHandle(arrivals.at(i));
    }
  }

  private void count(int some, TaskStatus fate) {
    try {
      fates.over(some, fate);
    } catch (Throwable e) {
      Followers.logUntold(e); // it is done all the same
    }
  }

  boolean isPending(int index) {
    synchronized (items) {
      return !items.has(index) && !whole.ready();
    }
  }

  /**
   * What became of all of them together: the values, or a failure that is made of those there are.
   */
  Completion<List<R>> together(Function<List<Throwable>, Throwable> failure) {
    try {
      Throwable missing = missingRoom();
      List<Throwable> failures = missing == null ? failures() : List.of(missing);
      return failures.isEmpty()
          ? Completion.ofValue(values())
          : Completion.ofFailure(failure.apply(failures));
    } catch (Throwable e) {
      return Completion.ofFailure(e); // for want of memory: the whole ends all the same
    }
  }

  private @Nullable Throwable missingRoom() {
    synchronized (items) {
      return noRoom;
    }
  }

  /** The failures, in the order of the items, each once. */
  private List<Throwable> failures() {
    Set<Throwable> failures = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Throwable> inOrder = new ArrayList<>();
    synchronized (items) {
      if (failed == 0) {
        return inOrder;
      }
      for (int i = 0; i < items.size(); i++) {
        Throwable failure = items.get(i) instanceof Completion<?> how ? how.failure() : null;
        if (failure != null && failures.add(failure)) {
          inOrder.add(failure);
        }
      }
    }
    return inOrder;
  }

  /** The values, if all are done and none failed. */
  private List<R> values() {
    return Collections.unmodifiableList(new ValueList<>(items));
  }

  int size() {
    return items.size();
  }

  /** How many are done; all, once the whole is complete. */
  int done() {
    synchronized (items) {
      return whole.ready() ? items.size() : arrivals.size();
    }
  }

  /** How many were not done when the whole was completed, if it is; else, how many are not done. */
  int unfinished() {
    synchronized (items) {
      return items.size() - arrivals.size();
    }
  }

  /** How far an item has come; it is queued if it is not done. */
  TaskStatus status(int index) {
    synchronized (items) {
      return isPending(index) ? TaskStatus.QUEUED : completion(index).status();
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
      return whole.ready() ? failed + unfinished() : failed;
    }
  }

  List<Outcome<R>> outcomes() {
    List<Outcome<R>> outcomes = new ArrayList<>(items.size());
    synchronized (items) {
      for (int i = 0; i < items.size(); i++) {
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
    Object item = items.get(index);
    if (item == ItemStore.NONE) {
      return likeTheWhole();
    }
    return item instanceof Completion<?> how ? (Completion<R>) how : Completion.ofValue((R) item);
  }

  private Completion<R> likeTheWhole() {
    Completion<List<R>> how = whole.completed();
    if (how == null || how.failure() == null) {
      throw new IllegalStateException("The map is not complete");
    }
    return how.ofPart();
  }

  /** The whole is complete, and what is not done never will be. */
  void endWithTheWhole() {
    synchronized (items) {
      items.notifyAll();
      for (int i = 0; i < handles.length; i++) {
        completeHandle(i);
      }
    }
  }

  /** A handle for each item, the same ones each time. */
  List<ItemResult<R>> split(IntFunction<ItemResult<R>> maker) {
    synchronized (items) {
      if (!split) {
        split = true;
        for (int i = 0; i < items.size(); i++) {
          provideHandle(i, maker);
        }
        for (int i = 0; i < arrivals.size(); i++) {
          completeHandle(arrivals.at(i));
        }
        if (whole.ready()) {
          endWithTheWhole();
        }
      }
      return Collections.unmodifiableList(Arrays.asList(handles));
    }
  }

  /** The handle of one item, the same one as {@link #split} gives. */
  ItemResult<R> handle(int index, IntFunction<ItemResult<R>> maker) {
    synchronized (items) {
      provideHandle(index, maker);
      if (!isPending(index)) {
        completeHandle(index);
      }
      return handles[index];
    }
  }

  private void provideHandle(int index, IntFunction<ItemResult<R>> maker) {
    if (handles.length == 0) {
      handles = none(items.size());
    }
    if (handles[index] == null) {
      handles[index] = maker.apply(index);
    }
  }

  @SuppressWarnings("unchecked") // there are no arrays of a type with parameters
  private static <R extends @Nullable Object> ItemResult<R>[] none(int size) {
    return (ItemResult<R>[]) new ItemResult<?>[size];
  }

  private void completeHandle(int index) {
    if (handles.length == 0 || handles[index] == null || handles[index].ready()) {
      return;
    }
    try {
      handles[index].publish(completion(index));
    } catch (Throwable e) {
      Followers.logUntold(e); // it ends with the whole
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
    int done = arrivals.size();
    if (done == items.size()) {
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
    return new OutcomeIterator<>(items.size(), this::awaitOutcome);
  }

  /** The values in the order in which they come. */
  Iterator<R> unordered() {
    return new OutcomeIterator<>(items.size(), this::awaitArrival);
  }

  private Outcome<R> awaitOutcome(int index) {
    synchronized (items) {
      awaitForIterator(() -> !isPending(index), index);
      return outcome(index);
    }
  }

  private Outcome<R> awaitArrival(int position) {
    synchronized (items) {
      awaitForIterator(() -> position < arrivals.size() || whole.ready(), position);
      return position < arrivals.size()
          ? outcome(arrivals.at(position))
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
