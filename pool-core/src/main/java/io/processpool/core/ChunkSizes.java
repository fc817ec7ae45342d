package io.processpool.core;

/** How many items of a map travel together. */
interface ChunkSizes {
  /** What a chunk itself costs is next to nothing beside so many items, however short. */
  int MOST_GUIDED = 1 << 16;

  /**
   * The size of the next chunk.
   *
   * @param left how many items are left, at least 1
   * @return how many of them to take, from 1 to all
   */
  int next(int left);

  /** All chunks of one size, but the last one. */
  static ChunkSizes of(int size) {
    return left -> Math.min(size, left);
  }

  /**
   * Large ones first and small ones last, so that workers are done at about the same time whatever
   * single items take: each is such a part of what is left that there would be as many for each
   * worker. This is guided self-scheduling (Polychronopoulos and Kuck, IEEE Transactions on
   * Computers C-36(12), 1987), with chunks that are smaller by that factor: the first is as large
   * as all are in Python's {@code Pool}, lest much hangs on how long the items of one take. None
   * has more than {@value #MOST_GUIDED} items, lest workers wait long for the first to come whole.
   *
   * @param parts in how many parts to divide what is left, for each worker
   */
  static ChunkSizes guided(int workers, int parts) {
    long divisor = (long) workers * parts;
    return left -> (int) Math.min(MOST_GUIDED, (left + divisor - 1) / divisor);
  }
}
