package io.processpool.spi;

/**
 * Items that travel together, and the function to be applied to each. The bytes are opaque to a
 * backend, and nobody may change them.
 *
 * @param id the chunk's name, never used twice within a pool
 * @param function the function
 * @param count how many items there are
 * @param items the items
 * @param assignment whose they are: what who runs them is told beside the items
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Chunk(long id, Function function, int count, byte[] items, byte[] assignment) {

  /**
   * A serialised function.
   *
   * @param id the function's name within the pool, under which a slot may keep it until it is told
   *     to {@link Slot#forget} it; 0 for a function that is used once
   * @param bytes the function
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  public record Function(int id, byte[] bytes) {}
}
