package io.processpool.core.schedule;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The chunks that wait for a worker, in order. What is withdrawn is passed over when its turn
 * comes; once there is much of that, it is cleared away, so that to withdraw many items one by one
 * does not take longer for each. Guarded by the scheduler's monitor.
 */
final class ChunkQueue {
  private final LongSupplier chunkIds;
  private final Deque<QueuedChunk> chunks = new ArrayDeque<>();
  private long items;
  private long withdrawn;
  private long cancelled;

  ChunkQueue(LongSupplier chunkIds) {
    this.chunkIds = chunkIds;
  }

  int size() {
    return chunks.size();
  }

  void clear() {
    chunks.clear();
    items = 0;
  }

  private void addLast(QueuedChunk chunk) {
    chunks.addLast(chunk);
    items += chunk.count();
  }

  /** Adds all of them or, without memory for that, none. */
  void addLast(List<QueuedChunk> more) {
    chunks.addAll(more);
    for (QueuedChunk chunk : more) {
      items += chunk.count();
    }
  }

  void addFirst(QueuedChunk chunk) {
    chunks.addFirst(chunk);
    items += chunk.count();
  }

  void addFirst(List<QueuedChunk> parts) {
    for (int i = parts.size() - 1; i >= 0; i--) {
      addFirst(parts.get(i));
    }
  }

  QueuedChunk removeFirst() {
    QueuedChunk first = chunks.removeFirst();
    items -= first.count();
    return first;
  }

  /** The chunk at the head. */
  QueuedChunk first() {
    return chunks.getFirst();
  }

  boolean isFirst(QueuedChunk chunk) {
    return chunks.peekFirst() == chunk;
  }

  /** Whether anything is left that is needed. Some of it is in the chunk at the head then. */
  boolean hasNeeded() {
    while (!chunks.isEmpty() && !chunks.getFirst().needsAny()) {
      var unused = removeFirst();
    }
    return !chunks.isEmpty();
  }

  /** Notes that a job is complete, of which up to so many chunks may wait. */
  void cancelled(int count) {
    cancelled += count;
    if (cancelled > chunks.size() / 2) {
      cancelled = 0;
      chunks.removeIf(QueuedChunk::isCancelled);
      items = chunks.stream().mapToLong(QueuedChunk::count).sum();
    }
  }

  /** Notes that up to so many items are not needed any more. */
  void withdrawn(int count) {
    withdrawn += count;
    if (withdrawn > items / 2) {
      withdrawn = 0;
      List<QueuedChunk> before = List.copyOf(chunks);
      clear();
      before.forEach(chunk -> needed(chunk).forEach(this::addLast));
    }
  }

  /** What is needed of a chunk from the queue. Whoever withdrew the rest has told of it. */
  List<QueuedChunk> needed(QueuedChunk chunk) {
    return new Sieve(chunkIds).needed(chunk);
  }
}
