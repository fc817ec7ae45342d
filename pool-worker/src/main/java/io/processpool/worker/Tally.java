package io.processpool.worker;

import io.processpool.spi.SlotTotals;
import io.processpool.wire.Figures;

/** Sums what was measured of items. Not safe for use by several threads. */
final class Tally {
  private long items;
  private long busy;
  private long measured;
  private long reading;
  private long writing;

  void add(Figures figures) {
    add(1, figures.duration());
    if (figures.hasDetail()) {
      measured += figures.duration();
      reading += figures.reading();
      writing += figures.writing();
    }
  }

  /** Items that took some time together, of which no more is known. */
  void add(int some, long duration) {
    items += some;
    busy += duration;
  }

  SlotTotals totals() {
    return new SlotTotals(items, busy, measured, reading, writing);
  }
}
