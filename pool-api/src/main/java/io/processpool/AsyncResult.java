package io.processpool;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The handle of a task that runs, or is to run, in a worker: Python's {@code AsyncResult} as a
 * {@link Future}.
 *
 * <p>Every handle completes: with the task's value, with the exception that it threw, in its own
 * class, or with a {@link PoolException} that says why there is neither. Implementations are safe
 * for use by several threads. Waiting never disturbs the task: a wait that times out can be
 * repeated.
 *
 * <pre>{@code
 * AsyncResult<Integer> answer = pool.applyAsync(() -> 6 * 7);
 * answer.onSuccess(value -> System.out.println("It is " + value));
 * int value = answer.get(Duration.ofSeconds(10));
 * }</pre>
 *
 * @param <R> the type of the result
 */
public interface AsyncResult<R extends @Nullable Object> extends Future<R> {

  /**
   * Waits for the result. Can be called again: value and exception are kept.
   *
   * @return the value, possibly {@code null}
   * @throws ExecutionException if there is no value; its cause is the task's own exception, or a
   *     {@link PoolException}
   * @throws CancellationException if the task was cancelled
   * @throws InterruptedException if the waiting thread is interrupted; the task goes on
   */
  @Override
  R get() throws InterruptedException, ExecutionException;

  /**
   * Waits for the result, for a limited time.
   *
   * @param timeout how long to wait; zero or less looks without waiting
   * @param unit the unit of {@code timeout}
   * @return the value, possibly {@code null}
   * @throws TimeoutException if there is no result in time; the task goes on
   * @throws ExecutionException if there is no value; its cause is the task's own exception, or a
   *     {@link PoolException}
   * @throws CancellationException if the task was cancelled
   * @throws InterruptedException if the waiting thread is interrupted; the task goes on
   */
  @Override
  R get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException;

  /**
   * Waits for the result, for a limited time.
   *
   * @param timeout how long to wait; zero or less looks without waiting
   * @return the value, possibly {@code null}
   * @throws TimeoutException if there is no result in time; the task goes on
   * @throws ExecutionException if there is no value; its cause is the task's own exception, or a
   *     {@link PoolException}
   * @throws CancellationException if the task was cancelled
   * @throws InterruptedException if the waiting thread is interrupted; the task goes on
   */
  R get(Duration timeout) throws InterruptedException, ExecutionException, TimeoutException;

  /**
   * Waits until the task is complete, whatever became of it. (Python's {@code wait}; {@code
   * Object.wait} is final.)
   *
   * @throws InterruptedException if the waiting thread is interrupted; the task goes on
   */
  void await() throws InterruptedException;

  /**
   * Waits until the task is complete, for a limited time.
   *
   * @param timeout how long to wait; zero or less looks without waiting
   * @return whether the task is complete
   * @throws InterruptedException if the waiting thread is interrupted; the task goes on
   */
  boolean await(Duration timeout) throws InterruptedException;

  /**
   * Waits until so much is done, whatever became of it. (Python's {@code return_when}.)
   *
   * @param what how much
   * @throws NullPointerException if {@code what} is {@code null}
   * @throws InterruptedException if the waiting thread is interrupted; the task goes on
   */
  void await(WaitFor what) throws InterruptedException;

  /**
   * Waits until so much is done, for a limited time.
   *
   * <pre>{@code
   * if (result.await(WaitFor.FIRST_COMPLETED, Duration.ofSeconds(10))) {
   *   System.out.println(result.progress() + " of " + result.size() + " are done");
   * }
   * }</pre>
   *
   * @param what how much
   * @param timeout how long to wait; zero or less looks without waiting
   * @return whether so much is done
   * @throws NullPointerException if an argument is {@code null}
   * @throws InterruptedException if the waiting thread is interrupted; the task goes on
   */
  boolean await(WaitFor what, Duration timeout) throws InterruptedException;

  /**
   * Tells whether the arguments may be changed again. They may, from the moment on at which there
   * is a handle: arguments are serialised when they are submitted, and no later change to them is
   * seen by the task. (In IPython, whose {@code sent} this is, they may still be on their way.)
   *
   * @return {@code true}
   */
  default boolean sent() {
    return true;
  }

  /**
   * Waits until the arguments may be changed again, which they may: see {@link #sent()}. (IPython's
   * {@code wait_for_send}.)
   *
   * @param timeout how long to wait at most; it never takes any time
   * @return {@code true}
   * @throws NullPointerException if {@code timeout} is {@code null}
   */
  default boolean awaitSent(Duration timeout) {
    requireNonNull(timeout, "timeout");
    return sent();
  }

  /**
   * Tells whether the task is complete, whatever became of it.
   *
   * @return {@code true} if {@link #get()} would not wait
   */
  boolean ready();

  /**
   * Tells whether the task completed with a value.
   *
   * @return {@code true} if {@link #get()} would return a value
   * @throws IllegalStateException if the task is not complete
   */
  boolean successful();

  /**
   * Has an action called with the value, once; also if the task is complete already. Actions run on
   * the pool's callback executor, in the order of completion; one that throws is logged and hurts
   * nobody.
   *
   * @param action what to do with the value
   * @return this handle
   */
  AsyncResult<R> onSuccess(Consumer<? super R> action);

  /**
   * Has an action called with the exception, once, if there is no value; also if the task is
   * complete already. For a cancelled task it is a {@link CancellationException}. Actions run as
   * those of {@link #onSuccess}.
   *
   * @param action what to do with the exception
   * @return this handle
   */
  AsyncResult<R> onFailure(Consumer<? super Throwable> action);

  /**
   * Cancels the task: this handle completes at once, with a {@link CancellationException}. What has
   * not started never runs. What is running goes on and its result is dropped, unless {@code
   * mayInterruptIfRunning}: then its thread is interrupted, and if that does not end it within the
   * pool's {@linkplain PoolBuilder#cancelGrace grace}, its worker is killed and replaced. Other
   * tasks are not disturbed.
   *
   * @param mayInterruptIfRunning whether to stop a running task
   * @return {@code false} if the task was complete already
   */
  @Override
  boolean cancel(boolean mayInterruptIfRunning);

  /**
   * By what the pool knows this handle, in the logs and elsewhere.
   *
   * @return the id: no other handle of the pool has the same
   */
  String id();

  /**
   * What is known of each task of this handle, also while it runs: the only one of a single task,
   * or each item of a map.
   *
   * <p>The list is a view: each element is made when it is asked for, as of that moment.
   *
   * @return as many elements as there are {@linkplain #size items}, in their order
   */
  List<TaskMetadata> metadata();

  /**
   * How long it has been since the submission; once the handle is complete, how long that took.
   * (IPython's {@code elapsed}.)
   *
   * @return the time
   */
  Duration elapsed();

  /**
   * How long the tasks took, had they run one after the other: the sum of the times from the start
   * to the end of each. (IPython's {@code serial_time}.)
   *
   * @return the time; tasks that were lost with their workers are not in it
   * @throws IllegalStateException if the handle is not complete
   */
  Duration serialTime();

  /**
   * How long it took from the submission until the last result was received. (IPython's {@code
   * wall_time}.)
   *
   * @return the time
   * @throws IllegalStateException if the handle is not complete
   */
  Duration wallTime();

  /**
   * How many times faster this was than one task after the other: {@link #serialTime} by {@link
   * #wallTime}.
   *
   * @return the ratio; 0 if nothing has run
   * @throws IllegalStateException if the handle is not complete
   */
  double speedup();

  /**
   * How long it took from the earliest time of one sort until the latest of another. (IPython's
   * {@code timedelta}.)
   *
   * <pre>{@code
   * Duration untilAllHadStarted =
   *     result.timedelta(task -> Optional.of(task.submitted()), TaskMetadata::started);
   * }</pre>
   *
   * @param start the time of a task from which to count; tasks without it do not count
   * @param end the time of a task to which to count; tasks without it do not count
   * @return the difference, negative if the end is earlier
   * @throws IllegalStateException if no task has the one, or no task has the other
   */
  Duration timedelta(
      Function<? super TaskMetadata, Optional<Instant>> start,
      Function<? super TaskMetadata, Optional<Instant>> end);

  /**
   * Waits for the result and sorts it by who made it. (IPython's {@code get_dict}.)
   *
   * @return the values by the {@linkplain TaskMetadata#worker number of the worker}: for a map the
   *     list of those that this worker made, in order
   * @throws ExecutionException if there is no value; its cause is the task's own exception, or a
   *     {@link PoolException}
   * @throws CancellationException if the task was cancelled
   * @throws InterruptedException if the waiting thread is interrupted; the task goes on
   */
  Map<Integer, R> getByWorker() throws InterruptedException, ExecutionException;

  /**
   * What the tasks have printed to {@link System#out} until now, one after the other. (IPython's
   * {@code stdout}.)
   *
   * @return the text, possibly empty
   * @throws IllegalStateException if the pool does not keep it: {@link WorkerOutput#CAPTURE} does
   */
  String stdout();

  /**
   * What the tasks have printed to {@link System#err} until now, one after the other. (IPython's
   * {@code stderr}.)
   *
   * @return the text, possibly empty
   * @throws IllegalStateException if the pool does not keep it: {@link WorkerOutput#CAPTURE} does
   */
  String stderr();

  /**
   * Waits until the handle is complete, whatever became of it, and shows on this JVM's {@link
   * System#out} what the tasks have printed, as {@link #displayOutputs(GroupBy, PrintStream)} does.
   *
   * @param groupBy in which order
   * @throws IllegalStateException if the pool does not keep it: {@link WorkerOutput#CAPTURE} does
   * @throws InterruptedException if the waiting thread is interrupted; the tasks go on
   */
  default void displayOutputs(GroupBy groupBy) throws InterruptedException {
    displayOutputs(groupBy, System.out);
  }

  /**
   * Waits until the handle is complete, whatever became of it, and shows what the tasks have
   * printed: each line behind {@code [stdout:ID]} or {@code [stderr:ID]} with the id of its task.
   * (IPython's {@code display_outputs}.)
   *
   * @param groupBy in which order
   * @param target where to
   * @throws IllegalStateException if the pool does not keep it: {@link WorkerOutput#CAPTURE} does
   * @throws InterruptedException if the waiting thread is interrupted; the tasks go on
   */
  void displayOutputs(GroupBy groupBy, PrintStream target) throws InterruptedException;

  /**
   * Withdraws what has not started, as IPython's {@code abort} does. An item that has not started
   * never will, and fails with a {@link TaskAbortedException}; so does one that waits for another
   * attempt. What is running goes on, and its result counts: a map completes once its running items
   * are done. Other tasks are not disturbed.
   *
   * <p>A task that was waiting in the pool's queue is complete when this method returns. To abort
   * once more what is not complete does nothing.
   *
   * <pre>{@code
   * result.abort();
   * for (Outcome<Integer> outcome : result.outcomes()) { // waits for what is running
   *   if (outcome.successful()) {
   *     System.out.println("item " + outcome.index() + " made it: " + outcome.get());
   *   }
   * }
   * }</pre>
   *
   * @throws IllegalStateException if the task is complete
   */
  void abort();

  /**
   * How many items this handle stands for.
   *
   * @return 1 for a single task, the number of items for a map
   */
  int size();

  /**
   * How many of the items are done, with a value or without.
   *
   * @return a number from 0 to {@link #size()}
   */
  int progress();

  /**
   * How many of the items have failed, or were cancelled or aborted.
   *
   * @return a number from 0 to {@link #progress()}
   */
  int failures();

  /**
   * Has a listener told how far this has come: when something has changed, but at most ten times a
   * second, and a last time when it is complete. What running tasks {@linkplain
   * TaskContext#progress tell of themselves} counts as a change. Calls are made as those of {@link
   * #onSuccess}, but never two at a time, also if the callback executor has several threads: none
   * tells of less than the one before it. A listener that is slow is told less often.
   *
   * @param listener whom to tell
   * @return this handle
   */
  AsyncResult<R> onProgress(ProgressListener listener);

  /**
   * Waits until this is complete and shows meanwhile how far it has come, as {@link
   * #waitInteractive(Duration, Duration)} does, twice a second.
   *
   * @return {@code true}
   * @throws InterruptedException if the waiting thread is interrupted; the tasks go on
   */
  default boolean waitInteractive() throws InterruptedException {
    return waitInteractive(Duration.ofMillis(500), Duration.ofSeconds(Long.MAX_VALUE));
  }

  /**
   * Waits until this is complete, for a limited time, and shows on {@link System#out} meanwhile how
   * far it has come: how many tasks are done, how fast, how long it will still take, how many have
   * failed, and what a task tells of itself if it is the only one that runs. On a terminal that is
   * a bar in one line; elsewhere it is a line of text each time. (IPython's {@code
   * wait_interactive}.)
   *
   * <pre>{@code
   * AsyncMapResult<Integer> lengths = pool.mapAsync(String::length, words);
   * if (!lengths.waitInteractive(Duration.ofSeconds(1), Duration.ofMinutes(10))) {
   *   lengths.abort();
   * }
   * }</pre>
   *
   * @param interval how long to wait between two looks, more than zero
   * @param timeout how long to wait in all; zero or less shows how far it is and returns
   * @return whether it is complete
   * @throws IllegalArgumentException if the interval is zero or less
   * @throws InterruptedException if the waiting thread is interrupted; the tasks go on
   */
  boolean waitInteractive(Duration interval, Duration timeout) throws InterruptedException;

  /**
   * The attempts to run this task's items that were lost with their workers, the last of an item
   * that was given up included; see {@link TaskOptions#withAttempts}.
   *
   * @return those known so far, in the order in which they failed
   */
  List<FailedAttempt> failedAttempts();

  /**
   * This task as a {@link CompletableFuture}. It completes with the value, or exceptionally with
   * the task's own exception; its dependent stages run where the JDK says. Cancelling it cancels
   * the task, as {@code cancel(true)}; completing it by hand does nothing to the task.
   *
   * @return a new future
   */
  CompletableFuture<R> toCompletableFuture();

  /**
   * Several handles as one, each of them an item; of any pools, also maps and handles of their
   * items. See {@link #join(Collection)}.
   *
   * <pre>{@code
   * AsyncResult<Integer> six = pool.applyAsync(() -> 6);
   * AsyncResult<Integer> seven = pool.applyAsync(() -> 7);
   * List<Integer> factors = AsyncResult.join(six, seven).get();
   * }</pre>
   *
   * @param results the handles, in order
   * @param <R> the type of one result
   * @return the handle of all of them
   * @throws NullPointerException if there is a {@code null} among them
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // they are only read
  static <R extends @Nullable Object> AsyncMapResult<R> join(AsyncResult<? extends R>... results) {
    return join(List.of(results));
  }

  /**
   * Several handles as one, each of them an item; of any pools, also maps and handles of their
   * items. It is complete once they all are; without any it is complete at once.
   *
   * <p>To cancel or abort it is to cancel or abort all of them that are not complete. A handle that
   * failed fails as an item does, with the same exception; nothing is suppressed in the one that
   * {@code get()} raises. Actions run on the callback executor of the first handle's pool.
   *
   * <pre>{@code
   * List<AsyncResult<Integer>> lengths = new ArrayList<>();
   * for (String word : words) {
   *   lengths.add(pool.applyAsync(String::length, word));
   * }
   * AsyncMapResult<Integer> all = AsyncResult.join(lengths);
   * }</pre>
   *
   * @param results the handles, in order; one may be there twice
   * @param <R> the type of one result
   * @return the handle of all of them, whose {@link AsyncMapResult#split()} gives them back
   * @throws NullPointerException if there is a {@code null} among them
   */
  static <R extends @Nullable Object> AsyncMapResult<R> join(
      Collection<? extends AsyncResult<? extends R>> results) {
    return Provider.get().join(List.copyOf(results));
  }

  /**
   * Handles in the order in which they complete. See {@link #asCompleted(Collection)}.
   *
   * @param results the handles
   * @param <T> the type of the handles
   * @return each of them once, as it completes
   * @throws NullPointerException if there is a {@code null} among them
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // they are only read
  static <T extends AsyncResult<?>> Iterable<T> asCompleted(T... results) {
    return asCompleted(List.of(results));
  }

  /**
   * Handles in the order in which they complete, those first that are complete already: Python's
   * {@code concurrent.futures.as_completed}. {@link Iterator#next()} waits for the next one to
   * complete, and throws a {@link WaitInterruptedException} if the waiting thread is interrupted;
   * it can be called again then. Each iterator gives all of the handles, and is for use by one
   * thread.
   *
   * <pre>{@code
   * for (AsyncResult<Integer> item : AsyncResult.asCompleted(result.split())) {
   *   System.out.println(item.successful() ? "done" : "failed");
   * }
   * }</pre>
   *
   * @param results the handles, of any pools; one that is there twice counts once
   * @param <T> the type of the handles
   * @return each of them once, as it completes
   * @throws NullPointerException if there is a {@code null} among them
   */
  static <T extends AsyncResult<?>> Iterable<T> asCompleted(Collection<? extends T> results) {
    return Provider.get().asCompleted(List.copyOf(results));
  }
}
