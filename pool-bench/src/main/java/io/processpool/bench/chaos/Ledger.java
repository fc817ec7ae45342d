package io.processpool.bench.chaos;

import io.processpool.AsyncResult;
import io.processpool.FailedAttempt;
import io.processpool.TaskOptions;
import io.processpool.TaskTimeoutException;
import io.processpool.WorkerLostException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Every item of a run, and what became of it: each has exactly one outcome, the right one, and ran
 * no more often than it might. Safe for use by several threads, with each batch settled by one.
 */
final class Ledger {
  /** The number under which each worker notes its own start. */
  static final long WORKERS = 0;

  private final Journal journal;
  private final Hits hits;
  private final Judge judge;
  private final Breaches breaches;
  private final Losses losses = new Losses();
  private final Map<Tally, LongAdder> tallies = new ConcurrentHashMap<>();
  private final Queue<Batch> batches = new ConcurrentLinkedQueue<>();
  private final AtomicLong nextNumber = new AtomicLong(WORKERS + 1);

  Ledger(Journal journal, Hits hits, Breaches breaches) {
    this.journal = journal;
    this.hits = hits;
    this.judge = new Judge(hits);
    this.breaches = breaches;
  }

  /** Opens the account of items that are about to be submitted; empty if there were too many. */
  Optional<Batch> open(String call, TaskOptions options, List<ItemKind> kinds) {
    long first = nextNumber.getAndAdd(kinds.size());
    if (first + kinds.size() > Journal.CAPACITY) {
      return Optional.empty();
    }
    Batch batch = new Batch(call, options, first, kinds);
    batches.add(batch);
    tally(Tally.SUBMITTED, kinds.size());
    return Optional.of(batch);
  }

  /** Settles an item that has a value. */
  void value(Batch batch, int index, Answer answer) {
    deliver(batch, index);
    ItemKind kind = batch.kind(index);
    long number = batch.number(index);
    if (!kind.hasValue() || !answer.isRightFor(number, kind)) {
      wrong(batch, index, "a value that it cannot have, " + answer, null);
    } else if (journal.ended(number) == 0) {
      wrong(batch, index, "a value, though it never ran to its end", null);
    } else {
      tally(Tally.COMPLETED, 1);
    }
  }

  /** Settles an item that comes when it likes, and is told by its answer. */
  void value(Batch batch, Answer answer) {
    int index = batch.indexOf(answer.number());
    if (index < 0) {
      breach(Tally.WRONG, batch + " delivered " + answer + ", which is none of its items");
    } else {
      value(batch, index, answer);
    }
  }

  /** Settles an item that failed. */
  void failure(Batch batch, int index, Throwable failure) {
    deliver(batch, index);
    note(failure);
    Optional<Tally> verdict = judge.verdict(batch, index, failure);
    if (verdict.isPresent()) {
      tally(verdict.get(), 1);
    } else {
      wrong(batch, index, "a failure that it may not have", failure);
    }
  }

  /** Settles an item that comes when it likes, and is told by its failure. */
  void failure(Batch batch, Throwable failure) {
    for (int i = 0; i < batch.size(); i++) {
      if (!batch.isDelivered(i) && judge.verdict(batch, i, failure).isPresent()) {
        failure(batch, i, failure);
        return;
      }
    }
    note(failure);
    breach(
        Tally.WRONG,
        batch + " delivered a failure that none of its items may have: " + text(failure));
  }

  private void note(Throwable failure) {
    if (failure instanceof WorkerLostException lost) {
      losses.add(lost.loss());
    }
  }

  /** Notes what became of the attempts before the last. */
  void attempts(AsyncResult<?> result) {
    result.failedAttempts().stream()
        .map(FailedAttempt::failure)
        .forEach(failure -> losses.add(failure.loss()));
  }

  /** Closes the account of items: those without an outcome were withdrawn, or are lost. */
  void close(Batch batch, String how) {
    for (int i = 0; i < batch.size(); i++) {
      if (!batch.isDelivered(i)) {
        if (batch.isWithdrawn()) {
          tally(Tally.CANCELLED, 1);
        } else {
          breach(Tally.LOST, batch.describe(i) + " has no outcome: " + how + runs(batch, i));
        }
      }
    }
  }

  /** Looks at how often each item ran, and each callback, once the pools have ended. */
  void audit() {
    for (Batch batch : batches) {
      for (int i = 0; i < batch.size(); i++) {
        int allowed = batch.options().attempts();
        if (journal.begun(batch.number(i)) > allowed) {
          breach(
              Tally.DUPLICATED,
              batch.describe(i) + " may run " + allowed + " times at most" + runs(batch, i));
        }
      }
      int excess = batch.excessOfCallbacks();
      if (excess != 0) {
        breach(
            excess > 0 ? Tally.DUPLICATED : Tally.LOST,
            batch + " had " + (1 + excess) + " callbacks instead of 1");
      }
    }
  }

  private void deliver(Batch batch, int index) {
    int times = batch.delivered(index);
    if (times > 1) {
      breach(Tally.DUPLICATED, batch.describe(index) + " was delivered " + times + " times");
    }
  }

  private void wrong(Batch batch, int index, String what, @Nullable Throwable failure) {
    String thrown = failure == null ? "" : ": " + text(failure);
    breach(Tally.WRONG, batch.describe(index) + " has " + what + runs(batch, index) + thrown);
  }

  private void breach(Tally tally, String words) {
    tally(tally, 1);
    breaches.add(tally.words() + ": " + words);
  }

  private String runs(Batch batch, int index) {
    long number = batch.number(index);
    int begun = journal.begun(number);
    if (begun == 0) {
      return "; it never began";
    }
    return "; it began "
        + begun
        + " and ended "
        + journal.ended(number)
        + " times, first in "
        + hits.describe(journal.firstPid(number))
        + ", last in "
        + hits.describe(journal.lastPid(number));
  }

  private static String text(Throwable failure) {
    if (failure instanceof TaskTimeoutException timeout) {
      return "TaskTimeoutException of item " + timeout.itemIndex() + " after " + timeout.limit();
    }
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString().strip();
  }

  private void tally(Tally tally, int items) {
    tallies.computeIfAbsent(tally, unused -> new LongAdder()).add(items);
  }

  long count(Tally tally) {
    LongAdder count = tallies.get(tally);
    return count == null ? 0 : count.sum();
  }

  int calls() {
    return batches.size();
  }

  /** How many items of a kind began. */
  long began(ItemKind kind) {
    long began = 0;
    for (Batch batch : batches) {
      for (int i = 0; i < batch.size(); i++) {
        began += batch.kind(i) == kind ? journal.begun(batch.number(i)) : 0;
      }
    }
    return began;
  }

  /** How many workers began to work. */
  int workersStarted() {
    return journal.begun(WORKERS);
  }

  Losses losses() {
    return losses;
  }
}
