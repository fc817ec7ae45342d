package io.processpool.core.launch;

import io.processpool.spi.Chunk;
import io.processpool.spi.Slot;
import io.processpool.spi.SlotOutcomes;
import io.processpool.spi.TaskId;
import io.processpool.wire.Assignment;
import io.processpool.wire.Block;
import io.processpool.wire.WireException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The chunks that a worker holds, and how far it has come with them. What the worker says of its
 * work must fit. Not safe for use by several threads.
 */
final class HeldChunks {
  private final Map<Long, Held> chunks = new LinkedHashMap<>();

  private long bytesRead;

  private static final class Held {
    private final Chunk chunk;
    private final int count;
    private final long sent;
    private int done;
    private Slot.@Nullable Cancel cancelled;

    Held(Chunk chunk, long sent) {
      this.chunk = chunk;
      this.sent = sent;
      this.count = chunk.count();
    }

    boolean mayComeBack() {
      return cancelled == Slot.Cancel.IF_NOT_STARTED ? done == 0 : cancelled != null;
    }
  }

  /**
   * Adds a chunk.
   *
   * @param sent how many bytes the worker has been sent with it
   */
  void add(Chunk chunk, long sent) {
    chunks.put(chunk.id(), new Held(chunk, sent));
  }

  /** How many of the bytes that it was sent the worker must have read, by what it told last. */
  long bytesRead() {
    return bytesRead;
  }

  /** The worker has been told to cancel a chunk. */
  void cancel(long chunkId, Slot.Cancel mode) {
    Held held = chunks.get(chunkId);
    if (held != null && (mode != Slot.Cancel.IF_NOT_STARTED || held.cancelled == null)) {
      held.cancelled = mode;
    }
  }

  boolean isEmpty() {
    return chunks.isEmpty();
  }

  /** Whether an item is one that the worker holds and has not told the outcome of. */
  boolean isOpen(Slot.Running item) {
    Held held = chunks.get(item.chunkId());
    return held != null && item.item() >= held.done && item.item() < held.count;
  }

  /** How many items of a chunk are done, as far as the worker has told; all, if it is not held. */
  int done(long chunkId) {
    Held held = chunks.get(chunkId);
    return held == null ? Integer.MAX_VALUE : held.done;
  }

  /** Whether all outcomes of what came before a chunk are here. */
  boolean isOldest(long chunkId) {
    return !chunks.isEmpty() && chunks.keySet().iterator().next() == chunkId;
  }

  /** The id of an item's task, if the worker holds it. */
  Optional<TaskId> taskOf(Slot.Running item) {
    Held held = chunks.get(item.chunkId());
    if (held == null) {
      return Optional.empty();
    }
    try {
      Assignment assignment = Assignment.decode(held.chunk.assignment());
      return Optional.of(assignment.first().plus(item.item()));
    } catch (WireException e) {
      return Optional.empty(); // it is not this process that has made it
    }
  }

  /** The worker has told outcomes. Returns where they end in what it has told. */
  int outcomes(SlotOutcomes told) throws WireException {
    long chunkId = told.chunkId();
    int first = told.first();
    int count = told.count();
    Held held = held(chunkId, "outcomes of");
    if (first != held.done || count < 1 || count > held.count - first) {
      throw new WireException(
          String.format(
              "expected were outcomes from item %d to %d of chunk %d, but it sent %d from item %d",
              held.done, held.count - 1, chunkId, count, first));
    }
    int end = Block.end(told.outcomes(), count);
    if (end < 0) {
      throw new WireException(
          String.format(
              "%d outcomes of chunk %d do not fit in %d bytes",
              count, chunkId, told.outcomes().length));
    }
    held.done += count;
    bytesRead = held.sent;
    if (held.done == held.count) {
      chunks.remove(chunkId);
    }
    return end;
  }

  /** The worker has told that a chunk has left it before it was done. */
  void returned(long chunkId) throws WireException {
    Held held = held(chunkId, "back");
    if (!held.mayComeBack()) {
      throw new WireException(
          String.format(
              "chunk %d came back after %d of %d items, and was not to",
              chunkId, held.done, held.count));
    }
    chunks.remove(chunkId);
  }

  private Held held(long chunkId, String what) throws WireException {
    Held held = chunks.get(chunkId);
    if (held == null) {
      throw new WireException("it sent " + what + " chunk " + chunkId + ", which it has not");
    }
    return held;
  }
}
