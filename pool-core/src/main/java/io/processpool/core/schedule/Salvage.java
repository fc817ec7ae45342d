package io.processpool.core.schedule;

import io.processpool.WorkerLoss;
import io.processpool.spi.Slot;
import io.processpool.spi.SlotEnd;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sorts what a worker held when it went: items that are done, the one that is lost with it, and
 * those that are to run again, elsewhere.
 *
 * <p>Should workers die with a chunk first in line before any item of it runs, again and again,
 * then the chunk is to blame: it is halved, until single items are. Less speaks against it if what
 * the worker had run before may be the reason.
 */
final class Salvage {
  private static final int SUSPICION = 1;
  private static final int STRONG_SUSPICION = 4;
  private static final int CERTAINTY = 12;

  private final SlotEnd end;
  private final @Nullable Verdict verdict;
  private final boolean hasRun;
  private final LongSupplier chunkIds;
  private final Losses losses;
  private final Deque<QueuedChunk> again = new ArrayDeque<>();

  /** Told of each item that does not simply run again. */
  interface Losses {

    /** An item that was lost with the worker, as a chunk of its own. */
    void lost(QueuedChunk item, WorkerLoss loss);

    /** An item that was lost with the worker when nobody waited for it, as a chunk of its own. */
    void unwanted(QueuedChunk item, WorkerLoss loss);

    /** An item for which the worker was killed, as a chunk of its own. */
    void timedOut(QueuedChunk item, Verdict verdict);
  }

  /**
   * Creates a salvage.
   *
   * @param verdict why the worker was killed before its time; {@code null} if it was not
   * @param hasRun whether it had run other chunks before
   */
  Salvage(
      SlotEnd end,
      @Nullable Verdict verdict,
      boolean hasRun,
      LongSupplier chunkIds,
      Losses losses) {
    this.end = end;
    this.verdict = verdict;
    this.hasRun = hasRun;
    this.chunkIds = chunkIds;
    this.losses = losses;
  }

  /** Sorts the chunks that a worker held, in order. Returns those to be run again, in order. */
  Deque<QueuedChunk> of(List<QueuedChunk> held) {
    for (int i = 0; i < held.size(); i++) {
      QueuedChunk chunk = held.get(i);
      if (chunk.isCancelled()) {
        tellUnwanted(chunk);
      } else {
        sort(chunk, i == 0);
      }
    }
    return again;
  }

  /** Nothing of the chunks that a worker held is wanted. */
  void nothingOf(List<QueuedChunk> held) {
    held.forEach(this::tellUnwanted);
  }

  private void tellUnwanted(QueuedChunk chunk) {
    if (end instanceof SlotEnd.Lost lost) {
      lost.running()
          .filter(item -> isOpen(chunk, item))
          .map(item -> part(chunk, item.item(), item.item() + 1, 0))
          .ifPresent(item -> losses.unwanted(item, lost.loss()));
    }
  }

  private void sort(QueuedChunk chunk, boolean first) {
    SlotEnd.Lost lost = end instanceof SlotEnd.Lost loss ? loss : null;
    Slot.Running ran = lost == null ? null : lost.running().orElse(null);
    if (verdict != null && isOpen(chunk, verdict.item())) {
      takeOut(chunk, verdict.item().item(), item -> losses.timedOut(item, verdict));
    } else if (lost != null && ran != null && isOpen(chunk, ran)) {
      takeOut(chunk, ran.item(), item -> losses.lost(item, lost.loss()));
    } else if (verdict != null && verdict.concerns(chunk) && verdict.item().item() < 0) {
      blame(chunk, STRONG_SUSPICION, item -> losses.timedOut(item, verdict));
    } else if (verdict == null && lost != null && first) {
      int suspicion = hasRun ? SUSPICION : STRONG_SUSPICION;
      blame(chunk, suspicion, item -> losses.lost(item, lost.loss()));
    } else {
      runAgain(chunk, chunk.done(), chunk.count(), 0);
    }
  }

  private static boolean isOpen(QueuedChunk chunk, Slot.Running item) {
    return item.chunkId() == chunk.id()
        && item.item() >= chunk.done()
        && item.item() < chunk.count();
  }

  /** One item is lost, and those around it run again. */
  private void takeOut(QueuedChunk chunk, int item, Consumer<QueuedChunk> loss) {
    runAgain(chunk, chunk.done(), item, 0);
    loss.accept(part(chunk, item, item + 1, 0));
    runAgain(chunk, item + 1, chunk.count(), 0);
  }

  /** For a chunk that was first in line and of which nothing ran, as far as is known. */
  private void blame(QueuedChunk chunk, int suspicion, Consumer<QueuedChunk> loss) {
    int from = chunk.done();
    int suspicions = chunk.suspicions() + suspicion;
    if (from > 0 || suspicions < CERTAINTY) {
      runAgain(chunk, from, chunk.count(), suspicions);
    } else if (chunk.count() > 1) {
      int middle = chunk.count() / 2;
      runAgain(chunk, 0, middle, 0);
      runAgain(chunk, middle, chunk.count(), 0);
    } else {
      loss.accept(part(chunk, 0, 1, 0));
    }
  }

  private void runAgain(QueuedChunk chunk, int from, int to, int suspicions) {
    if (from < to) {
      again.addLast(part(chunk, from, to, suspicions));
    }
  }

  private QueuedChunk part(QueuedChunk chunk, int from, int to, int suspicions) {
    return chunk.part(chunkIds.getAsLong(), from, to, suspicions);
  }
}
