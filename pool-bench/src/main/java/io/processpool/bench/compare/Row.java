package io.processpool.bench.compare;

import org.jspecify.annotations.Nullable;

/**
 * A row of the table.
 *
 * @param metric what is measured
 * @param unit its unit
 * @param moreIsBetter whether a larger figure is the better one
 * @param ours our figure
 * @param demand what our figure itself must keep to; null if it is held against others only
 * @param peer a peer's figure, or null
 * @param limit the limit's figure, or null
 */
record Row(
    String metric,
    String unit,
    boolean moreIsBetter,
    Reading ours,
    @Nullable Bound demand,
    @Nullable Rival peer,
    @Nullable Rival limit) {

  static Row lessIsBetter(String metric, String unit, Reading ours) {
    return new Row(metric, unit, false, ours, null, null, null);
  }

  static Row moreIsBetter(String metric, String unit, Reading ours) {
    return new Row(metric, unit, true, ours, null, null, null);
  }

  Row demand(Bound wanted) {
    return new Row(metric, unit, moreIsBetter, ours, wanted, peer, limit);
  }

  Row peer(Rival rival) {
    return new Row(metric, unit, moreIsBetter, ours, demand, rival, limit);
  }

  Row limit(Rival rival) {
    return new Row(metric, unit, moreIsBetter, ours, demand, peer, rival);
  }
}
