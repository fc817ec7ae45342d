package io.processpool.worker;

import io.processpool.spi.SlotTotals;
import io.processpool.wire.Block;
import org.jspecify.annotations.Nullable;

/** Where a {@link ChunkRunner} puts what it has done. Safe for use by several threads. */
public interface OutcomeSink {

  /**
   * Takes outcomes of one chunk, in order. They may wait until {@link #flush}.
   *
   * @param chunkId the chunk
   * @param first the position within the chunk of the first of them
   * @param count how many there are
   * @param outcomes their block
   * @param totals what was done until now, with these; {@code null} if that was told before
   */
  void outcomes(long chunkId, int first, int count, byte[] outcomes, @Nullable SlotTotals totals);

  /**
   * Tells whether {@link #outcome} may be given a large array where it is.
   *
   * @return whether it need not be in the block
   */
  default boolean sendsFromPlace() {
    return false;
  }

  /**
   * Takes an outcome of one chunk. It may wait until {@link #flush}.
   *
   * @param chunkId the chunk
   * @param item its position within the chunk
   * @param outcome its block, which is empty afterwards
   * @param totals what was done until now, with this one
   */
  default void outcome(long chunkId, int item, Block.Writer outcome, SlotTotals totals) {
    outcomes(chunkId, item, 1, outcome.take(), totals);
  }

  /** Has everything leave that was taken. */
  void flush();

  /**
   * Tells at once that a chunk has left without the outcomes of all its items; those that it has
   * were given before.
   *
   * @param chunkId the chunk
   */
  void returned(long chunkId);
}
