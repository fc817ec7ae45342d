package io.processpool.wire.kryo;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Numbers objects from 0 in the order in which they come, by identity.
 *
 * <p>Kryo's own map is slow with millions: it is filled so far that it takes a long search to see
 * that an object is missing, as most are when they come; and to grow it asks each object anew for
 * its hash code. Here half of the places are empty, and the hash codes are kept.
 *
 * <p>Not thread-safe.
 */
final class ObjectNumbers {
  /** What {@link #find} says of an object that has no number. */
  static final int NONE = -1;

  private static final int SMALLEST = 64;
  private static final int LARGEST_KEPT = 2048;

  private @Nullable Object[] objects = new Object[SMALLEST];

  /** Of each object the hash code and, in the lower half, the number. */
  private long[] entries = new long[SMALLEST];

  private int size;

  /** The number of an object, or {@link #NONE}. */
  int find(Object object) {
    int last = objects.length - 1;
    int place = System.identityHashCode(object) & last;
    while (objects[place] != object) {
      if (objects[place] == null) {
        return NONE;
      }
      place = place + 1 & last;
    }
    return (int) entries[place];
  }

  /** Numbers an object that has no number, and returns it. */
  int add(Object object) {
    if (2 * size >= objects.length) {
      grow();
    }
    put(object, (long) System.identityHashCode(object) << Integer.SIZE | size);
    return size++;
  }

  private void put(Object object, long entry) {
    int last = objects.length - 1;
    int place = (int) (entry >>> Integer.SIZE) & last;
    while (objects[place] != null) {
      place = place + 1 & last;
    }
    objects[place] = object;
    entries[place] = entry;
  }

  private void grow() {
    @Nullable Object[] before = objects;
    long[] entriesBefore = entries;
    int length = Math.multiplyExact(2, before.length);
    objects = new Object[length];
    entries = new long[length];
    for (int i = 0; i < before.length; i++) {
      Object object = before[i];
      if (object != null) {
        put(object, entriesBefore[i]);
      }
    }
  }

  /** Forgets all, and does not keep more than a little memory. */
  void clear() {
    if (objects.length > LARGEST_KEPT) {
      objects = new Object[SMALLEST];
      entries = new long[SMALLEST];
    } else if (size > 0) {
      Arrays.fill(objects, null);
    }
    size = 0;
  }
}
