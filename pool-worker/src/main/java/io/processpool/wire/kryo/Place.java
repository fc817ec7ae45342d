package io.processpool.wire.kryo;

import java.io.ObjectInputFilter;
import org.jspecify.annotations.Nullable;

/** Where in a graph a filter is asked, and about what. */
record Place(
    @Nullable Class<?> serialClass, long arrayLength, long depth, long references, long streamBytes)
    implements ObjectInputFilter.FilterInfo {
  private static final int NO_ARRAY = -1;

  /** A class by itself. */
  Place(Class<?> type) {
    this(type, NO_ARRAY, 0, 0, 0);
  }

  /** An object whose class does not matter. */
  static Place of(long depth, long references, long streamBytes) {
    return new Place(null, NO_ARRAY, depth, references, streamBytes);
  }

  String describe() {
    return arrayLength == NO_ARRAY
        ? references + " references at depth " + depth + " in " + streamBytes + " bytes"
        : arrayLength + " elements";
  }

  /** The same place, with so many elements in a row. */
  Place withElements(long count) {
    return new Place(int[].class, count, depth, references, streamBytes);
  }
}
