package io.processpool.bench.chaos;

import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Outcome;
import io.processpool.RemoteTaskException;
import io.processpool.ResultIterator;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Waits for results, for long but not for ever, and settles their items. */
final class Waiting {
  /** No handle of a run has to wait for so long, even on a small machine that is busy. */
  static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Ledger ledger;
  private final Hangs hangs;

  Waiting(Ledger ledger, Hangs hangs) {
    this.ledger = ledger;
    this.hangs = hangs;
  }

  /** Expects one callback. */
  <R extends @Nullable Object> void callbacks(Batch batch, AsyncResult<R> result) {
    batch.expectCallback();
    var unused = result.onSuccess(value -> batch.callback()).onFailure(failure -> batch.callback());
  }

  /** Settles a single item. */
  void settle(Batch batch, AsyncResult<Answer> result) throws InterruptedException {
    if (isReady(batch, result)) {
      try {
        ledger.value(batch, 0, result.get());
      } catch (ExecutionException e) {
        ledger.failure(batch, 0, e.getCause() == null ? e : e.getCause());
      } catch (CancellationException e) {
        ledger.failure(batch, 0, e);
      }
    }
    ledger.attempts(result);
    ledger.close(batch, "its handle is not complete after " + PATIENCE);
  }

  /** Settles the items of a map. */
  void settle(Batch batch, AsyncMapResult<Answer> result) throws InterruptedException {
    String how = "its handle is not complete after " + PATIENCE;
    if (isReady(batch, result)) {
      List<Outcome<Answer>> outcomes = result.outcomes();
      how = "its map is complete, with " + outcomes.size() + " outcomes";
      for (Outcome<Answer> outcome : outcomes) {
        if (outcome instanceof Outcome.Success<Answer> success) {
          ledger.value(batch, success.index(), success.value());
        } else if (outcome instanceof Outcome.Failure<Answer> failure) {
          ledger.failure(batch, failure.index(), failure.exception());
        }
      }
    }
    ledger.attempts(result);
    ledger.close(batch, how);
  }

  private boolean isReady(Batch batch, AsyncResult<?> result) throws InterruptedException {
    boolean ready = result.await(PATIENCE);
    if (!ready) {
      hangs.found(batch + " is not complete: " + result.progress() + " items are done");
    }
    return ready;
  }

  /**
   * Settles the items of an iterator.
   *
   * @param ordered whether the results come in the order of the items
   * @param most how many results to take before the iterator is closed
   */
  void settle(Batch batch, ResultIterator<Answer> results, boolean ordered, int most)
      throws InterruptedException {
    String how = "the iterator is at its end";
    try {
      for (int i = 0; i < most && results.hasNext(); i++) {
        take(batch, results, ordered ? i : -1);
      }
    } catch (TimeoutException e) {
      how = "the iterator delivers nothing after " + PATIENCE;
      hangs.found(batch + ": " + how);
    } finally {
      if (most < batch.size()) {
        batch.withdraw();
      }
      results.close();
    }
    ledger.close(batch, how);
  }

  private void take(Batch batch, ResultIterator<Answer> results, int index)
      throws InterruptedException, TimeoutException {
    try {
      Answer answer = results.next(PATIENCE);
      if (index >= 0) {
        ledger.value(batch, index, answer);
      } else {
        ledger.value(batch, answer);
      }
    } catch (RuntimeException | StackOverflowError e) {
      Throwable failure = thrown(e);
      if (index >= 0) {
        ledger.failure(batch, index, failure);
      } else {
        ledger.failure(batch, failure);
      }
    }
  }

  private static Throwable thrown(Throwable failure) {
    return failure instanceof RemoteTaskException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
