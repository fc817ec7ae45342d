package io.processpool.core.schedule;

import io.processpool.spi.Slot;
import java.time.Duration;

/**
 * Why a worker is killed before its time: an item took too long.
 *
 * @param item the item; its position is negative if the chunk never began
 * @param limit how long it was allowed to take
 * @param threadDump what the worker did; empty if it did not answer any more
 */
record Verdict(Slot.Running item, Duration limit, String threadDump) {

  boolean concerns(QueuedChunk chunk) {
    return item.chunkId() == chunk.id();
  }
}
