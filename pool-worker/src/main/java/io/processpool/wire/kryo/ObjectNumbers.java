package io.processpool.wire.kryo;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Numbers objects from 0 in the order in which they come, by identity.
 *
 * <p>Kryo's own map is slow with millions: it is filled so far that it takes a long search to see
 * that an object is missing, as most are when they come; to grow it asks each object anew for its
 * hash code; and it stores each object somewhere in one large old array, of which the collector of
 * garbage has to take note every time. Here the table holds numbers only, at least half of it is
 * empty, and the objects lie one behind the other in short arrays.
 *
 * <p>Not thread-safe.
 */
final class ObjectNumbers {
  /** What {@link #find} says of an object that has no number. */
  static final int NONE = -1;

  private static final int SMALLEST = 64;
  private static final int LARGEST_KEPT = 4096;

  private static final int PART_BITS = 10;
  private static final int PART_SIZE = 1 << PART_BITS;
  private static final int FEW_PARTS = LARGEST_KEPT / 2 / PART_SIZE;

  /**
   * Where an object's number is found by its hash code: the number and one in as many of the lower
   * bits as tell the place, the hash code in the others; 0 if there is none.
   */
  private int[] table = new int[SMALLEST];

  /** The objects by their numbers. */
  private @Nullable Object[][] parts = new Object[FEW_PARTS][];

  private @Nullable Object[] part = new Object[SMALLEST / 2];
  private int size;

  ObjectNumbers() {
    parts[0] = part;
  }

  /** The number of an object, or {@link #NONE}. */
  int find(Object object) {
    int hash = System.identityHashCode(object);
    int last = table.length - 1;
    int place = hash & last;
    for (int entry = table[place]; entry != 0; entry = table[place]) {
      int number = (entry & last) - 1;
      if (((entry ^ hash) & ~last) == 0 && numbered(number) == object) {
        return number;
      }
      place = place + 1 & last;
    }
    return NONE;
  }

  /** Numbers an object that has no number, and returns it. */
  int add(Object object) {
    if (2 * size >= table.length) {
      grow();
    }
    int at = size & PART_SIZE - 1;
    if (at == part.length || (at == 0 && size > 0)) {
      part = nextPart(at);
    }
    part[at] = object;
    put(object, size);
    return size++;
  }

  private @Nullable Object numbered(int number) {
    return parts[number >>> PART_BITS][number & PART_SIZE - 1];
  }

  private @Nullable Object[] nextPart(int at) {
    int index = size >>> PART_BITS;
    if (at > 0) {
      parts[index] = Arrays.copyOf(part, PART_SIZE);
    } else {
      if (index == parts.length) {
        parts = Arrays.copyOf(parts, 2 * index);
      }
      if (parts[index] == null) {
        parts[index] = new Object[PART_SIZE];
      }
    }
    return parts[index];
  }

  private void put(@Nullable Object object, int number) {
    int hash = System.identityHashCode(object);
    int last = table.length - 1;
    int place = hash & last;
    while (table[place] != 0) {
      place = place + 1 & last;
    }
    table[place] = (hash & ~last) | number + 1;
  }

  private void grow() {
    table = new int[Math.multiplyExact(2, table.length)];
    for (int number = 0; number < size; number++) {
      put(numbered(number), number);
    }
  }

  /** Forgets all, and does not keep more than a little memory. */
  void clear() {
    if (table.length > LARGEST_KEPT) {
      table = new int[SMALLEST];
      parts = new Object[FEW_PARTS][];
      part = new Object[SMALLEST / 2];
      parts[0] = part;
    } else if (size > 0) {
      Arrays.fill(table, 0);
      for (int first = 0; first < size; first += PART_SIZE) {
        Arrays.fill(parts[first >>> PART_BITS], 0, Math.min(size - first, PART_SIZE), null);
      }
      part = parts[0];
    }
    size = 0;
  }
}
