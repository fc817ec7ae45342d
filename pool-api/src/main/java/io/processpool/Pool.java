package io.processpool;

import io.processpool.function.SerializableBiFunction;
import io.processpool.function.SerializableCallable;
import io.processpool.function.SerializableFunction;
import io.processpool.function.SerializableTriFunction;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Worker processes that run tasks: Python's {@code multiprocessing.Pool} for the JVM.
 *
 * <p>Functions, arguments and results are serialised; they need not be {@link
 * java.io.Serializable}, but for lambdas, which the function types make so. What cannot travel is
 * refused at the call with a {@link TaskSerializationException}. Any task may die in any way, with
 * its whole process: only its own handle fails, with a {@link WorkerLostException}, and another
 * worker takes the place.
 *
 * <p>What a function has captured is copied anew for each single task. For several items it is
 * copied once into each worker, and those that run there share it.
 *
 * <p>Every method may be called from any thread, also from callbacks. Tasks are handed out in the
 * order of their submission. Once the pool accepts no more work, every submission throws {@link
 * IllegalStateException}; where {@linkplain PoolBuilder#maxPending the tasks under way are
 * limited}, {@code apply} and {@code applyAsync} wait for a place, and throw {@link
 * WaitInterruptedException} if that is interrupted, or {@link RejectedExecutionException}. {@link
 * NullPointerException} names a parameter that is {@code null} and must not be, and {@link
 * IllegalArgumentException} a number that is not allowed.
 *
 * <pre>{@code
 * try (Pool pool = Pool.create(4)) {
 *   List<Integer> squares = pool.map(x -> x * x, List.of(1, 2, 3));
 *   AsyncResult<String> later = pool.applyAsync(String::strip, "  text ");
 *   System.out.println(squares + later.get());
 * }
 * }</pre>
 *
 * <p>The blocking calls throw what the task threw: an unchecked exception as itself, a checked one
 * as the cause of a {@link RemoteTaskException}. If their thread is interrupted, they cancel the
 * task, as {@code cancel(true)} would.
 *
 * @see <a href="https://docs.python.org/3/library/multiprocessing.html#multiprocessing.pool.Pool">
 *     multiprocessing.pool.Pool</a>
 */
public interface Pool extends AutoCloseable {

  /**
   * Creates a pool of as many workers as this JVM has processors.
   *
   * @return a running pool
   * @throws PoolStartException if the workers cannot be started
   */
  static Pool create() {
    return builder().build();
  }

  /**
   * Creates a pool.
   *
   * @param workers the number of worker processes, 1 or more
   * @return a running pool
   * @throws IllegalArgumentException if {@code workers} is less than 1
   * @throws PoolStartException if the workers cannot be started
   */
  static Pool create(int workers) {
    return builder().workers(workers).build();
  }

  /**
   * Begins the settings of a pool.
   *
   * @return a builder with every setting at its default
   */
  static PoolBuilder builder() {
    return new PoolBuilder();
  }

  /**
   * Runs a task in a worker and waits for its result.
   *
   * @param task the task
   * @param <R> the type of the result
   * @return the result, possibly {@code null}
   * @throws InterruptedException if the waiting thread is interrupted
   */
  default <R extends @Nullable Object> R apply(SerializableCallable<R> task)
      throws InterruptedException {
    return Blocking.get(applyAsync(task));
  }

  /**
   * Runs a task of one argument in a worker and waits for its result.
   *
   * @param task the task
   * @param argument its argument, possibly {@code null}
   * @param <A> the type of the argument
   * @param <R> the type of the result
   * @return the result, possibly {@code null}
   * @throws InterruptedException if the waiting thread is interrupted
   */
  default <A extends @Nullable Object, R extends @Nullable Object> R apply(
      SerializableFunction<? super A, R> task, A argument) throws InterruptedException {
    return Blocking.get(applyAsync(task, argument));
  }

  /**
   * Runs a task of two arguments in a worker and waits for its result.
   *
   * @param task the task
   * @param first its first argument, possibly {@code null}
   * @param second its second argument, possibly {@code null}
   * @param <A> the type of the first argument
   * @param <B> the type of the second argument
   * @param <R> the type of the result
   * @return the result, possibly {@code null}
   * @throws InterruptedException if the waiting thread is interrupted
   */
  default <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
      R apply(SerializableBiFunction<? super A, ? super B, R> task, A first, B second)
          throws InterruptedException {
    return Blocking.get(applyAsync(task, first, second));
  }

  /**
   * Runs a task of three arguments in a worker and waits for its result.
   *
   * @param task the task
   * @param first its first argument, possibly {@code null}
   * @param second its second argument, possibly {@code null}
   * @param third its third argument, possibly {@code null}
   * @param <A> the type of the first argument
   * @param <B> the type of the second argument
   * @param <C> the type of the third argument
   * @param <R> the type of the result
   * @return the result, possibly {@code null}
   * @throws InterruptedException if the waiting thread is interrupted
   */
  default <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          R extends @Nullable Object>
      R apply(
          SerializableTriFunction<? super A, ? super B, ? super C, R> task,
          A first,
          B second,
          C third)
          throws InterruptedException {
    return Blocking.get(applyAsync(task, first, second, third));
  }

  /**
   * Submits a task.
   *
   * @param task the task
   * @param <R> the type of the result
   * @return its handle
   */
  <R extends @Nullable Object> AsyncResult<R> applyAsync(SerializableCallable<R> task);

  /**
   * Submits a task of one argument.
   *
   * @param task the task
   * @param argument its argument, possibly {@code null}
   * @param <A> the type of the argument
   * @param <R> the type of the result
   * @return its handle
   */
  <A extends @Nullable Object, R extends @Nullable Object> AsyncResult<R> applyAsync(
      SerializableFunction<? super A, R> task, A argument);

  /**
   * Submits a task of two arguments.
   *
   * @param task the task
   * @param first its first argument, possibly {@code null}
   * @param second its second argument, possibly {@code null}
   * @param <A> the type of the first argument
   * @param <B> the type of the second argument
   * @param <R> the type of the result
   * @return its handle
   */
  <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
      AsyncResult<R> applyAsync(
          SerializableBiFunction<? super A, ? super B, R> task, A first, B second);

  /**
   * Submits a task of three arguments.
   *
   * @param task the task
   * @param first its first argument, possibly {@code null}
   * @param second its second argument, possibly {@code null}
   * @param third its third argument, possibly {@code null}
   * @param <A> the type of the first argument
   * @param <B> the type of the second argument
   * @param <C> the type of the third argument
   * @param <R> the type of the result
   * @return its handle
   */
  <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          R extends @Nullable Object>
      AsyncResult<R> applyAsync(
          SerializableTriFunction<? super A, ? super B, ? super C, R> task,
          A first,
          B second,
          C third);

  /**
   * Applies a function to every item and waits for all results. The items travel in chunks, large
   * ones first and small ones last.
   *
   * @param task the function
   * @param items the items, of which each may be {@code null}
   * @param <A> the type of an item
   * @param <R> the type of a result
   * @return the results in the order of the items; unmodifiable
   * @throws InterruptedException if the waiting thread is interrupted
   */
  default <A extends @Nullable Object, R extends @Nullable Object> List<R> map(
      SerializableFunction<? super A, R> task, Iterable<? extends A> items)
      throws InterruptedException {
    return Blocking.get(mapAsync(task, items));
  }

  /**
   * Applies a function to every item and waits for all results.
   *
   * @param task the function
   * @param items the items, of which each may be {@code null}
   * @param chunkSize how many items travel together, 1 or more
   * @param <A> the type of an item
   * @param <R> the type of a result
   * @return the results in the order of the items; unmodifiable
   * @throws InterruptedException if the waiting thread is interrupted
   */
  default <A extends @Nullable Object, R extends @Nullable Object> List<R> map(
      SerializableFunction<? super A, R> task, Iterable<? extends A> items, int chunkSize)
      throws InterruptedException {
    return Blocking.get(mapAsync(task, items, chunkSize));
  }

  /**
   * Submits a function to be applied to every item. The items travel in chunks, large ones first
   * and small ones last.
   *
   * @param task the function
   * @param items the items, of which each may be {@code null}
   * @param <A> the type of an item
   * @param <R> the type of a result
   * @return the handle of all results
   */
  <A extends @Nullable Object, R extends @Nullable Object> AsyncMapResult<R> mapAsync(
      SerializableFunction<? super A, R> task, Iterable<? extends A> items);

  /**
   * Submits a function to be applied to every item.
   *
   * @param task the function
   * @param items the items, of which each may be {@code null}
   * @param chunkSize how many items travel together, 1 or more
   * @param <A> the type of an item
   * @param <R> the type of a result
   * @return the handle of all results
   */
  <A extends @Nullable Object, R extends @Nullable Object> AsyncMapResult<R> mapAsync(
      SerializableFunction<? super A, R> task, Iterable<? extends A> items, int chunkSize);

  /**
   * Calls a function of two arguments once for each item and waits for all results. The items
   * travel in chunks, large ones first and small ones last.
   *
   * @param task the function
   * @param calls the arguments of each call, from {@link Args#of}
   * @param <A> the type of the first argument
   * @param <B> the type of the second argument
   * @param <R> the type of a result
   * @return the results in the order of the calls; unmodifiable
   * @throws InterruptedException if the waiting thread is interrupted
   */
  default <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
      List<R> starmap(
          SerializableBiFunction<? super A, ? super B, R> task,
          Iterable<? extends Args.Pair<? extends A, ? extends B>> calls)
          throws InterruptedException {
    return Blocking.get(starmapAsync(task, calls));
  }

  /**
   * Calls a function of two arguments once for each item and waits for all results.
   *
   * @param task the function
   * @param calls the arguments of each call, from {@link Args#of}
   * @param chunkSize how many items travel together, 1 or more
   * @param <A> the type of the first argument
   * @param <B> the type of the second argument
   * @param <R> the type of a result
   * @return the results in the order of the calls; unmodifiable
   * @throws InterruptedException if the waiting thread is interrupted
   */
  default <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
      List<R> starmap(
          SerializableBiFunction<? super A, ? super B, R> task,
          Iterable<? extends Args.Pair<? extends A, ? extends B>> calls,
          int chunkSize)
          throws InterruptedException {
    return Blocking.get(starmapAsync(task, calls, chunkSize));
  }

  /**
   * Submits a function of two arguments to be called once for each item. The items travel in
   * chunks, large ones first and small ones last.
   *
   * @param task the function
   * @param calls the arguments of each call, from {@link Args#of}
   * @param <A> the type of the first argument
   * @param <B> the type of the second argument
   * @param <R> the type of a result
   * @return the handle of all results
   */
  <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
      AsyncMapResult<R> starmapAsync(
          SerializableBiFunction<? super A, ? super B, R> task,
          Iterable<? extends Args.Pair<? extends A, ? extends B>> calls);

  /**
   * Submits a function of two arguments to be called once for each item.
   *
   * @param task the function
   * @param calls the arguments of each call, from {@link Args#of}
   * @param chunkSize how many items travel together, 1 or more
   * @param <A> the type of the first argument
   * @param <B> the type of the second argument
   * @param <R> the type of a result
   * @return the handle of all results
   */
  <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
      AsyncMapResult<R> starmapAsync(
          SerializableBiFunction<? super A, ? super B, R> task,
          Iterable<? extends Args.Pair<? extends A, ? extends B>> calls,
          int chunkSize);

  /**
   * Calls a function of three arguments once for each item and waits for all results. The items
   * travel in chunks, large ones first and small ones last.
   *
   * @param task the function
   * @param calls the arguments of each call, from {@link Args#of}
   * @param <A> the type of the first argument
   * @param <B> the type of the second argument
   * @param <C> the type of the third argument
   * @param <R> the type of a result
   * @return the results in the order of the calls; unmodifiable
   * @throws InterruptedException if the waiting thread is interrupted
   */
  default <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          R extends @Nullable Object>
      List<R> starmap(
          SerializableTriFunction<? super A, ? super B, ? super C, R> task,
          Iterable<? extends Args.Triple<? extends A, ? extends B, ? extends C>> calls)
          throws InterruptedException {
    return Blocking.get(starmapAsync(task, calls));
  }

  /**
   * Calls a function of three arguments once for each item and waits for all results.
   *
   * @param task the function
   * @param calls the arguments of each call, from {@link Args#of}
   * @param chunkSize how many items travel together, 1 or more
   * @param <A> the type of the first argument
   * @param <B> the type of the second argument
   * @param <C> the type of the third argument
   * @param <R> the type of a result
   * @return the results in the order of the calls; unmodifiable
   * @throws InterruptedException if the waiting thread is interrupted
   */
  default <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          R extends @Nullable Object>
      List<R> starmap(
          SerializableTriFunction<? super A, ? super B, ? super C, R> task,
          Iterable<? extends Args.Triple<? extends A, ? extends B, ? extends C>> calls,
          int chunkSize)
          throws InterruptedException {
    return Blocking.get(starmapAsync(task, calls, chunkSize));
  }

  /**
   * Submits a function of three arguments to be called once for each item. The items travel in
   * chunks, large ones first and small ones last.
   *
   * @param task the function
   * @param calls the arguments of each call, from {@link Args#of}
   * @param <A> the type of the first argument
   * @param <B> the type of the second argument
   * @param <C> the type of the third argument
   * @param <R> the type of a result
   * @return the handle of all results
   */
  <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          R extends @Nullable Object>
      AsyncMapResult<R> starmapAsync(
          SerializableTriFunction<? super A, ? super B, ? super C, R> task,
          Iterable<? extends Args.Triple<? extends A, ? extends B, ? extends C>> calls);

  /**
   * Submits a function of three arguments to be called once for each item.
   *
   * @param task the function
   * @param calls the arguments of each call, from {@link Args#of}
   * @param chunkSize how many items travel together, 1 or more
   * @param <A> the type of the first argument
   * @param <B> the type of the second argument
   * @param <C> the type of the third argument
   * @param <R> the type of a result
   * @return the handle of all results
   */
  <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          R extends @Nullable Object>
      AsyncMapResult<R> starmapAsync(
          SerializableTriFunction<? super A, ? super B, ? super C, R> task,
          Iterable<? extends Args.Triple<? extends A, ? extends B, ? extends C>> calls,
          int chunkSize);

  /**
   * Applies a function to the items as its results are taken; an endless input is legal. The items
   * travel one by one.
   *
   * @param task the function
   * @param items the items, of which each may be {@code null}; pulled by a thread of the pool's as
   *     results are taken, at most {@link PoolBuilder#imapBuffer} and what the workers hold ahead
   * @param <A> the type of an item
   * @param <R> the type of a result
   * @return the results in the order of the items
   */
  <A extends @Nullable Object, R extends @Nullable Object> ResultIterator<R> imap(
      SerializableFunction<? super A, R> task, Iterable<? extends A> items);

  /**
   * Applies a function to the items as its results are taken; an endless input is legal.
   *
   * @param task the function
   * @param items the items, of which each may be {@code null}; pulled by a thread of the pool's as
   *     results are taken, at most {@link PoolBuilder#imapBuffer} and what the workers hold ahead
   * @param chunkSize how many items travel together, 1 or more
   * @param <A> the type of an item
   * @param <R> the type of a result
   * @return the results in the order of the items
   */
  <A extends @Nullable Object, R extends @Nullable Object> ResultIterator<R> imap(
      SerializableFunction<? super A, R> task, Iterable<? extends A> items, int chunkSize);

  /**
   * Applies a function to the items as its results are taken, which come as they are done. The
   * items travel one by one.
   *
   * @param task the function
   * @param items the items, of which each may be {@code null}; pulled by a thread of the pool's as
   *     results are taken, at most {@link PoolBuilder#imapBuffer} and what the workers hold ahead
   * @param <A> the type of an item
   * @param <R> the type of a result
   * @return the results in the order of completion
   */
  <A extends @Nullable Object, R extends @Nullable Object> ResultIterator<R> imapUnordered(
      SerializableFunction<? super A, R> task, Iterable<? extends A> items);

  /**
   * Applies a function to the items as its results are taken, which come as they are done.
   *
   * @param task the function
   * @param items the items, of which each may be {@code null}; pulled by a thread of the pool's as
   *     results are taken, at most {@link PoolBuilder#imapBuffer} and what the workers hold ahead
   * @param chunkSize how many items travel together, 1 or more
   * @param <A> the type of an item
   * @param <R> the type of a result
   * @return the results in the order of completion
   */
  <A extends @Nullable Object, R extends @Nullable Object> ResultIterator<R> imapUnordered(
      SerializableFunction<? super A, R> task, Iterable<? extends A> items, int chunkSize);

  /**
   * A view of this pool that runs tasks in another way. It shares everything with this pool, also
   * its end.
   *
   * @param options how the view runs its tasks
   * @return the view
   * @throws UnsupportedOperationException if the pool's {@linkplain PoolBuilder#backend backend}
   *     cannot run them so
   */
  Pool with(TaskOptions options);

  /**
   * What the pool has done so far: counts of tasks, and what each worker did.
   *
   * <pre>{@code
   * PoolStats stats = pool.stats();
   * System.out.println(stats.completed() + " of " + stats.submitted() + " are done");
   * }</pre>
   *
   * @return the numbers of now; they can be asked for after the end of the pool, too
   */
  PoolStats stats();

  /**
   * How the pool fares, in detail: what the workers did, its last tasks, which of them took long,
   * and what could be done better. It can be written as a page for a browser, and as a trace.
   *
   * <pre>{@code
   * pool.report().writeHtml(Path.of("pool.html"));
   * System.out.println(pool.report()); // as text
   * }</pre>
   *
   * @return a report of now; it can be asked for after the end of the pool, too
   */
  PoolReport report();

  /**
   * The handle with an id, for those who have only that: from a log, or from elsewhere in the
   * program. (IPython's {@code get_result}, which makes an {@code AsyncHubResult}.) Handles that
   * are not complete are there, and of those that are complete the last ones: as many as {@link
   * PoolBuilder#keepResults} says and, of the last 1,000, those that somebody else still has.
   *
   * <pre>{@code
   * String id = pool.applyAsync(String::length, "text").id();
   * pool.result(id).ifPresent(result -> System.out.println(result.metadata().get(0).status()));
   * }</pre>
   *
   * @param id the id of a handle, or of a task: for an item of a map the handle that {@link
   *     AsyncMapResult#split} gives
   * @return the handle; empty if the pool has none with this id any more, or never had
   * @throws IllegalArgumentException if this is no id of a task
   */
  Optional<AsyncResult<?>> result(String id);

  /**
   * The number of worker processes that this pool keeps, or grows to if it {@linkplain
   * PoolBuilder#minWorkers shrinks} meanwhile.
   *
   * @return the number, 1 or more
   */
  int workers();

  /**
   * Accepts no more work. Returns at once; what was submitted goes on, and the workers end after
   * it. (Python's {@code close}.) Does nothing to a pool that is shut down already.
   */
  void shutdown();

  /**
   * Tells whether the pool has stopped accepting work.
   *
   * @return {@code true} after {@link #shutdown}, {@link #terminate} or {@link #close}
   */
  boolean isShutdown();

  /**
   * Stops at once: what is queued is dropped, what is running is killed, and every handle that is
   * not complete completes with a {@link PoolTerminatedException}. Does nothing to a pool that has
   * ended already.
   */
  void terminate();

  /**
   * Waits until the pool has ended: everything that was submitted is complete, the callbacks have
   * run and the worker processes are gone. From now on an unfinished {@link #imap imap} pulls no
   * more input: its iterator delivers what was submitted of it, and then a {@link
   * PoolTerminatedException} that tells how much that is.
   *
   * <p>Called by a callback, it does not wait for callbacks; and callbacks that go on for more than
   * 5 seconds after the workers have gone are not waited for.
   *
   * @throws IllegalStateException if the pool still accepts work
   * @throws InterruptedException if the waiting thread is interrupted
   */
  void join() throws InterruptedException;

  /**
   * Waits as {@link #join()} does, for a limited time.
   *
   * <p>The first pool that a user has with some JDK makes an archive with which later workers start
   * sooner. If its work takes less than a few seconds, it ends only when that is made, or after 5
   * seconds without; until then this returns {@code false}, though all work is done.
   *
   * @param timeout how long to wait; zero or less looks without waiting
   * @return whether the pool has ended
   * @throws IllegalStateException if the pool still accepts work
   * @throws InterruptedException if the waiting thread is interrupted
   */
  boolean join(Duration timeout) throws InterruptedException;

  /**
   * Ends the pool in an orderly way: {@link #shutdown()} and {@link #join()}. If the thread is
   * interrupted meanwhile, terminates the pool and sets the thread's interrupt flag again.
   * (Python's {@code with} terminates the tasks that are still running; this waits for them, as the
   * JDK's executors do.)
   *
   * <p>The very first time with some JDK, this may take up to 5 seconds more than the work: see
   * {@link #join(Duration)}.
   */
  @Override
  void close();
}
