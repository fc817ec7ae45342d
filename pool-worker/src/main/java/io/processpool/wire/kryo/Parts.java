package io.processpool.wire.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.io.Input;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The elements of a collection as they were read, some of which may come {@link ObjectGraph.Later}.
 */
final class Parts {
  private final @Nullable Object[] parts;
  private final boolean someLater;
  private final boolean someUnfinished;

  private Parts(@Nullable Object[] parts, boolean someLater, boolean someUnfinished) {
    this.parts = parts;
    this.someLater = someLater;
    this.someUnfinished = someUnfinished;
  }

  /** Reads elements. */
  static Parts read(Kryo kryo, Input in, int size) {
    return read(kryo, in, size, 1);
  }

  /** Reads keys and values by turns. */
  static Parts readEntries(Kryo kryo, Input in, int size) {
    return read(kryo, in, Math.multiplyExact(size, 2), 2);
  }

  private static Parts read(Kryo kryo, Input in, int size, int keyInterval) {
    ObjectGraph graph = GraphKryo.graphOf(kryo);
    @Nullable Object[] parts = new Object[size];
    boolean someLater = false;
    boolean someUnfinished = false;
    for (int i = 0; i < size; i++) {
      long before = graph.backReferences();
      parts[i] = graph.readPart(kryo, in);
      someLater |= parts[i] instanceof ObjectGraph.Later;
      someUnfinished |= i % keyInterval == 0 && graph.backReferences() != before;
    }
    return new Parts(parts, someLater, someUnfinished);
  }

  /** Whether all are there, and the hash codes of elements or keys will not change. */
  boolean areComplete() {
    return !someLater && !someUnfinished;
  }

  boolean areThere() {
    return !someLater;
  }

  /** Those that are there by now. */
  List<@Nullable Object> there() {
    List<@Nullable Object> there = new ArrayList<>(parts.length);
    for (Object part : parts) {
      if (!(part instanceof ObjectGraph.Later)) {
        there.add(part);
      }
    }
    return there;
  }

  /** All of them. */
  @Nullable Object[] settled() {
    if (someLater) {
      for (int i = 0; i < parts.length; i++) {
        parts[i] = ObjectGraph.settled(parts[i]);
      }
    }
    return parts;
  }
}
