package io.processpool.bench.chaos;

import io.processpool.PoolTerminatedException;
import io.processpool.TaskTimeoutException;
import io.processpool.WorkerLoss;
import io.processpool.WorkerLostException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

/** Says which failures an item may have. */
final class Judge {
  private final Hits hits;

  Judge(Hits hits) {
    this.hits = hits;
  }

  /** What an item's failure is to be counted as; empty if it may not fail so. */
  Optional<Tally> verdict(Batch batch, int index, Throwable failure) {
    Optional<Tally> own = verdictOnOwn(batch, index, failure);
    return own.isEmpty() && isOfAnother(batch, failure) ? Optional.of(Tally.CANCELLED) : own;
  }

  /** Whether a batch that ends at its first failure has come to it: it is that of all the rest. */
  private boolean isOfAnother(Batch batch, Throwable failure) {
    return batch.options().endsAtFirstFailure()
        && IntStream.range(0, batch.size())
            .anyMatch(index -> verdictOnOwn(batch, index, failure).isPresent());
  }

  private Optional<Tally> verdictOnOwn(Batch batch, int index, Throwable failure) {
    if (failure instanceof CancellationException) {
      return allowed(batch.isWithdrawn(), Tally.CANCELLED);
    }
    if (failure instanceof PoolTerminatedException) {
      return allowed(batch.isTerminated(), Tally.TERMINATED);
    }
    if (failure instanceof TaskTimeoutException timeout) {
      boolean limited = batch.options().timeout().equals(Optional.of(timeout.limit()));
      return allowed(limited && timeout.itemIndex() == index, Tally.TIMED_OUT);
    }
    if (failure instanceof WorkerLostException lost) {
      boolean explained = isExplained(lost) || isOwnDoing(batch.kind(index), lost);
      return allowed(explained && lost.itemIndex() == index, Tally.LOST_WITH_WORKER);
    }
    return allowed(isOwn(batch, index, failure), Tally.OWN_EXCEPTION);
  }

  /** Whether the tormentor took part in an attempt, at the least. */
  private boolean isExplained(WorkerLostException lost) {
    if (hits.isMortal(lost.pid())) {
      return true;
    }
    for (Throwable before : lost.getSuppressed()) {
      if (before instanceof WorkerLostException attempt && hits.isMortal(attempt.pid())) {
        return true;
      }
    }
    return false;
  }

  private boolean isOwnDoing(ItemKind kind, WorkerLostException lost) {
    Optional<WorkerLoss.Reason> own = kind.endOfWorker();
    WorkerLoss.Reason told = lost.loss().reason();
    return own.equals(Optional.of(told))
        || (own.equals(Optional.of(WorkerLoss.Reason.EXIT)) && isMutedExit(lost.pid(), told));
  }

  /** A worker that was stopped in the middle of its exit may have no time left to tell of it. */
  private boolean isMutedExit(long pid, WorkerLoss.Reason told) {
    return told == WorkerLoss.Reason.HALT && hits.wasStopped(pid);
  }

  private static boolean isOwn(Batch batch, int index, Throwable failure) {
    ItemKind kind = batch.kind(index);
    if (kind == ItemKind.UNSENDABLE) {
      return kind.mayThrow(failure);
    }
    boolean thrown =
        kind.mayThrow(failure)
            || (kind == ItemKind.SLEEP
                && batch.options().softTimeout().isPresent()
                && failure instanceof InterruptedException);
    return thrown && ItemKind.nameOf(batch.number(index)).equals(failure.getMessage());
  }

  private static Optional<Tally> allowed(boolean legal, Tally tally) {
    return legal ? Optional.of(tally) : Optional.empty();
  }
}
