package io.processpool.core.result;

import static java.util.Objects.requireNonNull;

import io.processpool.wire.NumberRun;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Items by their index, of which some may be there. Integers, Longs and Doubles are kept as
 * primitives, as long as they are of one kind, and made objects whenever they are looked at:
 * millions of small objects that live as long as their map would take three times the memory, and
 * more than half of the time that the map takes. Not safe for use by several threads, but once all
 * items are there.
 */
final class ItemStore {
  /** In the place of what is not there. */
  static final Object NONE = new Object();

  private final int size;

  /** Those that are no such numbers; made when the first of them comes. */
  private @Nullable Object @Nullable [] objects;

  /** Those that are. */
  private @Nullable Object numbers;

  private final BitSet areNumbers = new BitSet();

  ItemStore(int size) {
    this.size = size;
  }

  int size() {
    return size;
  }

  /** The item at an index, or {@link #NONE}. */
  @Nullable Object get(int index) {
    if (areNumbers.get(index)) {
      return number(index);
    }
    return objects == null ? NONE : objects[index];
  }

  private Object number(int index) {
    if (numbers instanceof int[] ints) {
      return ints[index];
    }
    if (numbers instanceof long[] longs) {
      return longs[index];
    }
    return ((double[]) requireNonNull(numbers))[index];
  }

  boolean has(int index) {
    return areNumbers.get(index) || (objects != null && objects[index] != NONE);
  }

  /** Whether none of some items is there. */
  boolean hasNone(int first, int count) {
    int next = areNumbers.nextSetBit(first);
    if (next >= 0 && next < first + count) {
      return false;
    }
    for (int i = first; objects != null && i < first + count; i++) {
      if (objects[i] != NONE) {
        return false;
      }
    }
    return true;
  }

  /** Puts an item where none is. */
  void put(int index, @Nullable Object item) {
    expectNumbersLike(item);
    if (putNumber(index, item)) {
      return;
    }
    if (objects == null) {
      objects = new Object[size];
      Arrays.fill(objects, NONE);
    }
    objects[index] = item;
  }

  private boolean putNumber(int index, @Nullable Object item) {
    if (item instanceof Integer number && numbers instanceof int[] ints) {
      ints[index] = number;
    } else if (item instanceof Long number && numbers instanceof long[] longs) {
      longs[index] = number;
    } else if (item instanceof Double number && numbers instanceof double[] doubles) {
      doubles[index] = number;
    } else {
      return false;
    }
    areNumbers.set(index);
    return true;
  }

  /** Has numbers of the kind of one be kept as such, if nothing is there yet. */
  private void expectNumbersLike(@Nullable Object item) {
    if (numbers != null || objects != null) {
      return;
    }
    if (item instanceof Integer) {
      numbers = new int[size];
    } else if (item instanceof Long) {
      numbers = new long[size];
    } else if (item instanceof Double) {
      numbers = new double[size];
    }
  }

  /**
   * Puts numbers where none is, if they are of the kind of those before. Returns whether it did.
   */
  boolean putNumbers(int first, NumberRun run) {
    if (numbers == null) {
      numbers = run.newArray(size);
    }
    boolean fits = run.copyTo(numbers, first);
    if (fits) {
      areNumbers.set(first, first + run.count());
    }
    return fits;
  }
}
