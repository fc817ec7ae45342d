package io.processpool.core.result;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Results by the places in which they are taken, one after the other from place 0 on, however they
 * come. Places go on beyond the largest {@code int}. Not thread-safe.
 */
final class ItemRing {
  private static final int SMALLEST = 64;

  /** A power of two many. A place is an index here, without its higher bits. */
  private ImapJob.@Nullable Item[] items = new ImapJob.Item[SMALLEST];

  private int first;

  /** The place of the result that is taken next. */
  int first() {
    return first;
  }

  /** Puts a result in its place. If another one was taken from there already, then that counts. */
  void put(int place, ImapJob.Item item) {
    int ahead = place - first;
    if (ahead < 0) {
      return;
    }
    if (ahead >= items.length) {
      grow(ahead);
    }
    items[index(place)] = item;
  }

  /** The next result, if it is there. */
  ImapJob.@Nullable Item peek() {
    return items[index(first)];
  }

  /** Takes the next result out, which is there. */
  void remove() {
    items[index(first)] = null;
    first++;
  }

  /** How many results there are before the first that is missing. */
  int inOrder() {
    int count = 0;
    while (count < items.length && items[index(first + count)] != null) {
      count++;
    }
    return count;
  }

  /** Drops the results. */
  void clear() {
    Arrays.fill(items, null);
  }

  private int index(int place) {
    return place & items.length - 1;
  }

  private void grow(int ahead) {
    ImapJob.@Nullable Item[] before = items;
    ImapJob.@Nullable Item[] grown =
        new ImapJob.Item[Math.multiplyExact(2, Integer.highestOneBit(ahead))];
    for (int i = 0; i < before.length; i++) {
      int place = first + i;
      grown[place & grown.length - 1] = before[index(place)];
    }
    items = grown;
  }
}
