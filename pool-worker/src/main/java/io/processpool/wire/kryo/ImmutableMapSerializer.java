package io.processpool.wire.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.util.Map;
import java.util.Set;

/** The unmodifiable maps of {@code Map.of}. */
final class ImmutableMapSerializer extends LateSerializer<Map<?, ?>> {
  static final Set<Class<?>> MAPS = Set.of(Map.of(1, 1).getClass(), Map.of().getClass());

  @Override
  void writeParts(Kryo kryo, Output out, Map<?, ?> map) {
    out.writeVarInt(map.size(), true);
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      kryo.writeClassAndObject(out, entry.getKey());
      kryo.writeClassAndObject(out, entry.getValue());
    }
  }

  @Override
  public Map<?, ?> read(Kryo kryo, Input in, Class<? extends Map<?, ?>> type) {
    int size = Counts.readElements(kryo, in);
    Parts parts = Parts.readEntries(kryo, in, size);
    Object[] keysAndValues = parts.settled();
    Map.Entry<?, ?>[] entries = new Map.Entry<?, ?>[size];
    for (int i = 0; i < size; i++) {
      entries[i] = Map.entry(keysAndValues[2 * i], keysAndValues[2 * i + 1]);
    }
    Map<?, ?> map = Map.ofEntries(entries);
    if (!parts.areComplete()) {
      GraphKryo.graphOf(kryo)
          .refillLater(
              () -> {
                for (Map.Entry<?, ?> entry : entries) {
                  ImmutableSerializer.check(map.containsKey(entry.getKey()));
                }
              });
    }
    return map;
  }
}
