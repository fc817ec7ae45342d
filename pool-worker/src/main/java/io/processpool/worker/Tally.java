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
    items++;
    busy += figures.duration();
    if (figures.hasDetail()) {
      measured += figures.duration();
      reading += figures.reading();
      writing += figures.writing();
    }
  }

  SlotTotals totals() {
    return new SlotTotals(items, busy, measured, reading, writing);
  }
}
