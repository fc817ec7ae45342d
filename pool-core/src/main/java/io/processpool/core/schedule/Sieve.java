package io.processpool.core.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Parts chunks into what their jobs still need of them and what they do not. */
final class Sieve {
  private final LongSupplier chunkIds;
  private final List<Integer> unneeded = new ArrayList<>();

  Sieve(LongSupplier chunkIds) {
    this.chunkIds = chunkIds;
  }

  /**
   * What is needed of a chunk of which nothing has begun, in order: perhaps all, perhaps nothing.
   * It waits from now on.
   */
  List<QueuedChunk> needed(QueuedChunk chunk) {
    if (chunk.isCancelled()) {
      return List.of();
    }
    if (chunk.done() == 0 && chunk.needsAll()) {
      chunk.allWaitAgain();
      return List.of(chunk);
    }
    List<QueuedChunk> parts = new ArrayList<>(1);
    int from = 0;
    for (int i = 0; i < chunk.count(); i++) {
      if (chunk.needs(i)) {
        chunk.waitAgain(i);
      } else {
        addPart(parts, chunk, from, i);
        if (!chunk.waits(i)) {
          unneeded.add(chunk.base() + i);
        }
        from = i + 1;
      }
    }
    if (from == 0) {
      return List.of(chunk);
    }
    addPart(parts, chunk, from, chunk.count());
    return parts;
  }

  private void addPart(List<QueuedChunk> parts, QueuedChunk chunk, int from, int to) {
    if (from < to) {
      parts.add(chunk.part(chunkIds.getAsLong(), from, to, chunk.suspicions()));
    }
  }

  /** The indexes, within their job, of the items that were left out and had not been waiting. */
  List<Integer> unneeded() {
    return unneeded;
  }
}
