package io.processpool.core.schedule;

import org.jspecify.annotations.Nullable;

/**
 * Encoded items of a job.
 *
 * @param base the index within the job of the first of them
 * @param count how many there are
 * @param block the items, a block
 * @param departure how they came to the pool, if they did so after their job; else {@code null}
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record ItemBlock(int base, int count, byte[] block, @Nullable Departure departure) {

  /** Items that came with their job. */
  public ItemBlock(int base, int count, byte[] block) {
    this(base, count, block, null);
  }
}
