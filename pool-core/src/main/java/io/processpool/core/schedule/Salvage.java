package io.processpool.core.schedule;

import io.processpool.WorkerLoss;
import io.processpool.spi.SlotEnd;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Sorts what a worker held when it went: items that are done, the one that is lost with it, and
 * those that are to run again, elsewhere.
 *
 * <p>Should workers die with a chunk first in line before any item of it runs, again and again,
 * then the chunk is to blame: it is halved, until single items are.
 */
final class Salvage {
  private static final int BLAMED_AFTER = 3;

  private final SlotEnd end;
  private final LongSupplier chunkIds;
  private final LossListener losses;
  private final Deque<QueuedChunk> again = new ArrayDeque<>();

  /** Told of each item that is lost. */
  interface LossListener {
    void lost(QueuedChunk chunk, int item, WorkerLoss loss);
  }

  Salvage(SlotEnd end, LongSupplier chunkIds, LossListener losses) {
    this.end = end;
    this.chunkIds = chunkIds;
    this.losses = losses;
  }

  /** Sorts the chunks that a worker held, in order. Returns those to be run again, in order. */
  Deque<QueuedChunk> of(List<QueuedChunk> held) {
    for (int i = 0; i < held.size(); i++) {
      QueuedChunk chunk = held.get(i);
      if (chunk.isCancelled()) {
        continue;
      }
      if (end instanceof SlotEnd.Lost lost) {
        sort(chunk, i == 0, lost);
      } else {
        runAgain(chunk, chunk.done(), chunk.count(), 0);
      }
    }
    return again;
  }

  private void sort(QueuedChunk chunk, boolean first, SlotEnd.Lost lost) {
    int from = chunk.done();
    int item = lost.item();
    if (lost.chunkId() == chunk.id() && item >= from && item < chunk.count()) {
      runAgain(chunk, from, item, 0);
      losses.lost(chunk, item, lost.loss());
      runAgain(chunk, item + 1, chunk.count(), 0);
    } else if (!first) {
      runAgain(chunk, from, chunk.count(), 0);
    } else if (from > 0 || chunk.unexplainedLosses() + 1 < BLAMED_AFTER) {
      runAgain(chunk, from, chunk.count(), chunk.unexplainedLosses() + 1);
    } else if (chunk.count() > 1) {
      int middle = chunk.count() / 2;
      runAgain(chunk, 0, middle, 0);
      runAgain(chunk, middle, chunk.count(), 0);
    } else {
      losses.lost(chunk, 0, lost.loss());
    }
  }

  private void runAgain(QueuedChunk chunk, int from, int to, int unexplainedLosses) {
    if (from < to) {
      again.addLast(chunk.part(chunkIds.getAsLong(), from, to, unexplainedLosses));
    }
  }
}
