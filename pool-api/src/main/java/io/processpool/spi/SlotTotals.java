package io.processpool.spi;

/**
 * What a slot has done since it was started. Times are in nanoseconds.
 *
 * @param items how many items it has run
 * @param busy how long they took
 * @param measured how long those of them took of which more is known: not the very short ones, but
 *     for a sample of them
 * @param reading how much of that was reading arguments
 * @param writing how much of that was writing results
 */
public record SlotTotals(long items, long busy, long measured, long reading, long writing) {

  /**
   * Checks that the numbers can be.
   *
   * @throws IllegalArgumentException if one is negative, or a part is more than the whole
   */
  public SlotTotals {
    boolean arePossible =
        items >= 0
            && measured >= 0
            && busy >= measured
            && reading >= 0
            && writing >= 0
            && measured - reading >= writing;
    if (!arePossible) {
      throw new IllegalArgumentException(
          String.format(
              "%d items in %d ns, of which %d were measured: %d for reading, %d for writing",
              items, busy, measured, reading, writing));
    }
  }

  /** That of a slot that has not done anything. */
  public static final SlotTotals NONE = new SlotTotals(0, 0, 0, 0, 0);
}
