package io.processpool.bench.chaos;

import org.jspecify.annotations.Nullable;

/**
 * What an item returns.
 *
 * @param number the item's number
 * @param value a pure function of the number
 * @param load what else there is to carry
 */
record Answer(long number, long value, @Nullable Object load) {

  static Answer to(Item item) {
    return new Answer(item.number(), mix(item.number()), null);
  }

  static Answer to(Item item, Object load) {
    return new Answer(item.number(), mix(item.number()), load);
  }

  /** Tells whether this is the answer that the item with this number and kind must have. */
  boolean isRightFor(long expected, ItemKind kind) {
    boolean carries =
        kind == ItemKind.BIG_RESULT ? Item.bigText(expected).equals(load) : load == null;
    return number == expected && value == mix(expected) && carries;
  }

  /** The finalizer of SplitMix64. */
  private static long mix(long number) {
    long z = number * 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  @Override
  public String toString() {
    return "Answer[number=" + number + ", value=" + value + "]";
  }
}
