package io.processpool.bench.compare;

import java.util.Locale;

/**
 * What a ratio or a figure must keep to.
 *
 * @param atLeast whether it must reach the limit, or not exceed it
 * @param limit the limit itself
 */
record Bound(boolean atLeast, double limit) {

  static Bound atLeast(double limit) {
    return new Bound(true, limit);
  }

  static Bound atMost(double limit) {
    return new Bound(false, limit);
  }

  boolean holds(double value) {
    return atLeast ? value >= limit : value <= limit;
  }

  @Override
  public String toString() {
    String number = String.format(Locale.ROOT, "%.2f", limit).replaceAll("\\.?0+$", "");
    return (atLeast ? "≥ " : "≤ ") + number;
  }
}
