package io.processpool.core.result;

import java.util.Arrays;

/**
 * In which order items came: those that came together, or one after the other, as one range. Not
 * safe for use by several threads.
 */
final class Arrivals {
  private static final int FEW = 8;

  private int[] firsts = new int[FEW];

  /** How many items there are up to the end of each range. */
  private int[] ends = new int[FEW];

  private int ranges;

  /** How many items have come. */
  int size() {
    return ranges == 0 ? 0 : ends[ranges - 1];
  }

  /** Items come that follow on each other. */
  void add(int first, int count) {
    int size = size();
    if (ranges > 0 && firsts[ranges - 1] + size - beginOf(ranges - 1) == first) {
      ends[ranges - 1] = size + count;
      return;
    }
    if (ranges == firsts.length) {
      int larger = ranges + (ranges >> 1);
      firsts = Arrays.copyOf(firsts, larger);
      ends = Arrays.copyOf(ends, larger);
    }
    firsts[ranges] = first;
    ends[ranges] = size + count;
    ranges++;
  }

  private int beginOf(int range) {
    return range == 0 ? 0 : ends[range - 1];
  }

  /** The index of the item that came at some position. */
  int at(int position) {
    int found = Arrays.binarySearch(ends, 0, ranges, position + 1);
    int range = found < 0 ? -found - 1 : found;
    return firsts[range] + position - beginOf(range);
  }
}
