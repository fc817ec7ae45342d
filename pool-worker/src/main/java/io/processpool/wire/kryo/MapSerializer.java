package io.processpool.wire.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Writes a JDK map as its entries, taken at one moment, and what orders them. */
final class MapSerializer extends Serializer<Map<?, ?>> {
  private final Class<?> type;
  private final boolean sorted;
  private final boolean linked;

  /** For one of {@link NewCollections#MAPS}. */
  MapSerializer(Class<?> type) {
    this.type = type;
    this.sorted = SortedMap.class.isAssignableFrom(type);
    this.linked = type == LinkedHashMap.class;
  }

  @Override
  public void write(Kryo kryo, Output out, Map<?, ?> map) {
    Object[] entries = map.entrySet().toArray();
    out.writeVarInt(entries.length, true);
    if (sorted) {
      kryo.writeClassAndObject(out, ((SortedMap<?, ?>) map).comparator());
    } else if (linked) {
      out.writeBoolean(map instanceof LinkedHashMap<?, ?> of && isAccessOrdered(of));
    }
    for (Object entry : entries) {
      kryo.writeClassAndObject(out, ((Map.Entry<?, ?>) entry).getKey());
      kryo.writeClassAndObject(out, ((Map.Entry<?, ?>) entry).getValue());
    }
  }

  @Override
  public Map<?, ?> read(Kryo kryo, Input in, Class<? extends Map<?, ?>> unused) {
    ObjectGraph graph = GraphKryo.graphOf(kryo);
    int size = Counts.readElements(kryo, in);
    Map<Object, Object> map = make(kryo, in, size);
    kryo.reference(map);
    int id = graph.open();
    Parts parts = Parts.readEntries(kryo, in, size);
    graph.close(id);
    if (parts.areComplete()) {
      fill(map, parts.settled());
    } else {
      fillTwice(graph, map, parts);
    }
    return map;
  }

  @SuppressWarnings("unchecked") // the comparator as it was written
  private Map<Object, Object> make(Kryo kryo, Input in, int size) {
    if (linked && in.readBoolean()) {
      return NewCollections.accessOrderedMap(size);
    }
    Object comparator = sorted ? GraphKryo.graphOf(kryo).readPartNow(kryo, in) : null;
    return NewCollections.map(type, size, (Comparator<Object>) comparator);
  }

  private static void fillTwice(ObjectGraph graph, Map<Object, Object> map, Parts parts) {
    if (parts.areThere()) {
      try {
        fill(map, parts.settled());
      } catch (RuntimeException unfinishedKey) {
        map.clear();
      }
    }
    graph.refillLater(
        () -> {
          map.clear();
          fill(map, parts.settled());
        });
  }

  private static void fill(Map<Object, Object> map, @Nullable Object[] parts) {
    for (int i = 0; i < parts.length; i += 2) {
      map.put(parts[i], parts[i + 1]);
    }
  }

  /** The flag is private, but a copy with other entries behaves according to it. */
  @SuppressWarnings("NonApiType") // only this class has the order
  private static boolean isAccessOrdered(LinkedHashMap<?, ?> map) {
    @SuppressWarnings("unchecked") // emptied at once
    LinkedHashMap<Object, Object> copy = (LinkedHashMap<Object, Object>) map.clone();
    copy.clear();
    copy.put(1, 1);
    copy.put(2, 2);
    copy.get(1);
    return copy.keySet().iterator().next().equals(2);
  }
}
