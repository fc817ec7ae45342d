package io.processpool;

import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The handle of a map: one value for each item, in the order of the items.
 *
 * <p>It completes when every item is done. If items failed, {@link #get()} raises the failure with
 * the lowest index, the others suppressed in it; {@link #outcomes()} tells them all, with the
 * values of the items that did not fail. Safe for use by several threads.
 *
 * <pre>{@code
 * AsyncMapResult<Integer> squares = pool.mapAsync(x -> x * x, List.of(1, 2, 3));
 * for (int square : squares) { // in order, each as soon as it is there
 *   System.out.println(square);
 * }
 * }</pre>
 *
 * @param <R> the type of one value
 */
public interface AsyncMapResult<R extends @Nullable Object>
    extends AsyncResult<List<R>>, Iterable<R> {

  /**
   * Waits until every item is done and tells what became of each.
   *
   * @return one outcome for each item, in order; for a map that was cancelled or that failed as a
   *     whole, the items that have no value of their own have its exception
   * @throws InterruptedException if the waiting thread is interrupted; the map goes on
   */
  List<Outcome<R>> outcomes() throws InterruptedException;

  /**
   * The values in the order of the items, each as soon as it is there: iterating may begin before
   * the map is complete. {@link Iterator#next()} throws as {@link ResultIterator#next()} does for
   * an item that failed, and the iteration can go on after it.
   *
   * @return a new iterator, for use by one thread
   */
  @Override
  Iterator<R> iterator();

  /**
   * The values in the order in which they come, each as soon as it is there; iterating may begin
   * before the map is complete. {@link Iterator#next()} throws for an item that failed as that of
   * {@link #iterator()} does, and the iteration can go on after it. (IPython's {@code
   * ordered=False}.)
   *
   * <pre>{@code
   * for (int square : result.unordered()) {
   *   System.out.println(square);
   * }
   * }</pre>
   *
   * @return the values, whose iterators each give all of them from the first that came; each
   *     iterator is for use by one thread
   */
  Iterable<R> unordered();

  /**
   * A handle for each item, in the order of the items: each is complete as soon as its item is, and
   * can be waited for, cancelled and aborted alone. (IPython's {@code split}; back: {@link
   * AsyncResult#join(AsyncResult[])}.)
   *
   * <p>To cancel an item does nothing to the others: if it has not started it never will, and if it
   * is running it goes on unseen, or is stopped, by killing its worker if it must, and what else
   * the worker held runs elsewhere. In the map's {@link #outcomes()} the item has a {@link
   * java.util.concurrent.CancellationException}. An item that was cancelled or aborted does not end
   * a map that is to {@linkplain TaskOptions#failFast fail fast}. What ends the map as a whole ends
   * all handles that are not complete.
   *
   * <pre>{@code
   * List<AsyncResult<Integer>> items = result.split();
   * items.get(2).cancel(true);
   * int first = items.get(0).get();
   * }</pre>
   *
   * @return one handle for each item; a second call gives handles that behave alike
   */
  List<AsyncResult<R>> split();

  @Override
  AsyncMapResult<R> onSuccess(Consumer<? super List<R>> action);

  @Override
  AsyncMapResult<R> onFailure(Consumer<? super Throwable> action);

  @Override
  AsyncMapResult<R> onProgress(ProgressListener listener);
}
