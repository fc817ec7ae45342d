package io.processpool.core.schedule;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Which items of a job wait for a worker, in the queue or between two attempts: at first all of
 * them. An item that waits can be withdrawn without looking for it. Guarded by the scheduler's
 * monitor.
 */
public final class WaitingItems {
  private final BitSet others = new BitSet();

  /** Creates the items of a job of which nothing has begun. */
  public WaitingItems() {}

  boolean has(int index) {
    return !others.get(index);
  }

  void add(int index) {
    others.clear(index);
  }

  void add(int first, int count) {
    others.clear(first, first + count);
  }

  void remove(int first, int count) {
    others.set(first, first + count);
  }

  /** Removes those that their job does not need any more. Returns their indexes. */
  List<Integer> removeUnneeded(Job job, int first, int count) {
    List<Integer> removed = new ArrayList<>();
    int end = first + count;
    for (int i = others.nextClearBit(first); i < end; i = others.nextClearBit(i + 1)) {
      if (!job.needs(i)) {
        others.set(i);
        removed.add(i);
      }
    }
    return removed;
  }
}
