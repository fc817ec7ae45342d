package io.processpool.wire.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes a JDK collection as its elements, taken at one moment, and its comparator if it has one.
 */
final class CollectionSerializer extends Serializer<Collection<?>> {
  private final Class<?> type;
  private final boolean sorted;

  /** For one of {@link NewCollections#COLLECTIONS}. */
  CollectionSerializer(Class<?> type) {
    this.type = type;
    this.sorted = SortedSet.class.isAssignableFrom(type) || type == PriorityQueue.class;
  }

  @Override
  public void write(Kryo kryo, Output out, Collection<?> collection) {
    Object[] elements = collection.toArray();
    out.writeVarInt(elements.length, true);
    if (sorted) {
      kryo.writeClassAndObject(out, comparator(collection));
    }
    for (Object element : elements) {
      kryo.writeClassAndObject(out, element);
    }
  }

  @Override
  @SuppressWarnings("unchecked") // the comparator as it was written
  public Collection<?> read(Kryo kryo, Input in, Class<? extends Collection<?>> unused) {
    ObjectGraph graph = GraphKryo.graphOf(kryo);
    int size = Counts.readElements(kryo, in);
    Object comparator = sorted ? graph.readPartNow(kryo, in) : null;
    Collection<Object> collection =
        NewCollections.collection(type, size, (Comparator<Object>) comparator);
    kryo.reference(collection);
    int id = graph.open();
    Parts parts = Parts.read(kryo, in, size);
    graph.close(id);
    fill(graph, collection, parts);
    return collection;
  }

  private static void fill(ObjectGraph graph, Collection<Object> collection, Parts parts) {
    if (parts.areComplete() || (parts.areThere() && !compares(collection))) {
      collection.addAll(Arrays.asList(parts.settled()));
      return;
    }
    try {
      collection.addAll(parts.there());
    } catch (RuntimeException unfinishedElement) {
      collection.clear();
    }
    graph.refillLater(
        () -> {
          collection.clear();
          collection.addAll(Arrays.asList(parts.settled()));
        });
  }

  private static boolean compares(Collection<?> collection) {
    return collection instanceof Set || collection instanceof PriorityQueue;
  }

  private static @Nullable Comparator<?> comparator(Collection<?> collection) {
    return collection instanceof SortedSet<?> set
        ? set.comparator()
        : ((PriorityQueue<?>) collection).comparator();
  }
}
