package io.processpool;

import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The results of {@link Pool#imap imap}, as they come. It pulls its input as its results are taken,
 * so that an endless input is legal.
 *
 * <p>After an item that failed the iteration goes on with the next. An exhausted iterator stays
 * exhausted. {@link #close()} may be called from any thread; the other methods are for one thread
 * at a time.
 *
 * <pre>{@code
 * try (ResultIterator<Integer> squares = pool.imap(x -> x * x, numbers)) {
 *   while (squares.hasNext()) {
 *     System.out.println(squares.next(Duration.ofSeconds(10)));
 *   }
 * }
 * }</pre>
 *
 * @param <R> the type of one result
 */
public interface ResultIterator<R extends @Nullable Object> extends Iterator<R>, AutoCloseable {

  /**
   * Waits until it is known whether there is another item, not for its result.
   *
   * @return whether {@link #next()} has a result or an exception to deliver
   * @throws WaitInterruptedException if the waiting thread is interrupted
   */
  @Override
  boolean hasNext();

  /**
   * Waits for the next result.
   *
   * @return the result, possibly {@code null}
   * @throws NoSuchElementException if there is none left
   * @throws RemoteTaskException if the item's task threw a checked exception, which is the cause;
   *     an unchecked one is thrown as itself
   * @throws CancellationException if this iterator was closed
   * @throws PoolException if the item has no result for a reason of the pool's
   * @throws WaitInterruptedException if the waiting thread is interrupted
   */
  @Override
  R next();

  /**
   * Waits for the next result, for a limited time. A call that timed out can be repeated: nothing
   * is skipped.
   *
   * @param timeout how long to wait; zero or less looks without waiting
   * @return the result, possibly {@code null}
   * @throws TimeoutException if there is no result in time
   * @throws NoSuchElementException if there is none left
   * @throws RemoteTaskException if the item's task threw a checked exception, which is the cause;
   *     an unchecked one is thrown as itself
   * @throws CancellationException if this iterator was closed
   * @throws PoolException if the item has no result for a reason of the pool's
   * @throws InterruptedException if the waiting thread is interrupted
   */
  R next(Duration timeout) throws InterruptedException, TimeoutException;

  /**
   * The results that are left, as a sequential stream. Closing the stream closes this iterator.
   *
   * @return a stream to be used instead of this iterator
   */
  Stream<R> stream();

  /**
   * Pulls no more input and cancels what is left, as {@code cancel(true)} would. Does nothing to an
   * exhausted or closed iterator.
   */
  @Override
  void close();
}
