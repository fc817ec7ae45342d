package io.processpool.core.report;

import java.util.Arrays;

/** Figures, the smallest first. */
final class Sorted {
  private final long[] values;

  Sorted(long[] values) {
    this.values = values.clone();
    Arrays.sort(this.values);
  }

  int count() {
    return values.length;
  }

  long median() {
    return quantile(0.5);
  }

  long total() {
    return Arrays.stream(values).sum();
  }

  /** The least figure that so large a part of them does not exceed; 0 if there are none. */
  long quantile(double part) {
    return values.length == 0 ? 0 : values[rank(part, values.length)];
  }

  /** The same without one of them. */
  long quantileOfOthers(double part, long one) {
    if (values.length < 2) {
      return 0;
    }
    int position = Arrays.binarySearch(values, one);
    int rank = rank(part, values.length - 1);
    return values[rank < position ? rank : rank + 1];
  }

  private static int rank(double part, int count) {
    return Math.max(0, (int) Math.ceil(part * count) - 1);
  }
}
