package io.processpool.core.result;

import io.processpool.RemoteTaskException;
import io.processpool.ResultIterator;
import io.processpool.WaitInterruptedException;
import io.processpool.core.concurrent.Nanos;
import io.processpool.core.result.ImapJob.Item;
import java.lang.ref.Cleaner;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The results of an imap, for its consumer. One that nobody can reach any more is closed.
 *
 * @param <R> the type of one result
 */
final class ImapIterator<R extends @Nullable Object> implements ResultIterator<R> {
  private static final Cleaner ABANDONED = Cleaner.create();

  private final ImapJob job;

  @SuppressWarnings("unused") // held so that the pool lives as long as its iterator
  private final Object lease;

  ImapIterator(ImapJob job, Object lease) {
    this.job = job;
    this.lease = lease;
    ABANDONED.register(this, job::close);
  }

  @Override
  public boolean hasNext() {
    try {
      return job.hasNext();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  @Override
  public R next() {
    try {
      return take(Long.MAX_VALUE);
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (TimeoutException e) {
      throw new IllegalStateException("A wait without limit has timed out", e);
    }
  }

  @Override
  public R next(Duration timeout) throws InterruptedException, TimeoutException {
    return take(Nanos.of(timeout));
  }

  @SuppressWarnings({"NullAway", "unchecked"}) // the function that gave it returns an R
  private R take(long timeoutNanos) throws InterruptedException, TimeoutException {
    Item item = job.next(timeoutNanos);
    if (item == null) {
      throw new NoSuchElementException("No result is left");
    }
    if (item.failure() != null) {
      throw RemoteTaskException.unchecked(item.failure());
    }
    return (R) item.value();
  }

  @Override
  public Stream<R> stream() {
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(this, Spliterator.ORDERED), false)
        .onClose(this::close);
  }

  @Override
  public void close() {
    job.close();
  }

  private static WaitInterruptedException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new WaitInterruptedException("Interrupted while waiting for a result", e);
  }
}
