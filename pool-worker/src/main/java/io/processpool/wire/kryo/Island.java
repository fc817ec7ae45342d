package io.processpool.wire.kryo;

import java.io.Serial;
import java.io.Serializable;

/** Stands in a Java-serialised stream for an object that Kryo writes. */
final class Island implements Serializable {
  @Serial private static final long serialVersionUID = 1L;

  private final int index;

  /** Names an object by its place among those of the stream. */
  Island(int index) {
    this.index = index;
  }

  int index() {
    return index;
  }
}
