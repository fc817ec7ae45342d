package io.processpool.wire.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Map entries by themselves, those of a map's own included, and maps of exactly one. */
final class EntrySerializer extends LateSerializer<Object> {
  private final Kind kind;

  EntrySerializer(Kind kind) {
    this.kind = kind;
  }

  /** The classes, by how they come about. */
  enum Kind {
    SIMPLE,
    SIMPLE_IMMUTABLE,
    MAP_ENTRY,
    SINGLETON_MAP
  }

  @Override
  void writeParts(Kryo kryo, Output out, Object object) {
    Map.Entry<?, ?> entry =
        object instanceof Map<?, ?> map
            ? map.entrySet().iterator().next()
            : (Map.Entry<?, ?>) object;
    kryo.writeClassAndObject(out, entry.getKey());
    kryo.writeClassAndObject(out, entry.getValue());
  }

  @Override
  public Object read(Kryo kryo, Input in, Class<? extends Object> type) {
    ObjectGraph graph = GraphKryo.graphOf(kryo);
    Object key = graph.readPartNow(kryo, in);
    return make(key, graph.readPartNow(kryo, in));
  }

  private Object make(@Nullable Object key, @Nullable Object value) {
    return switch (kind) {
      case SIMPLE -> new AbstractMap.SimpleEntry<>(key, value);
      case SIMPLE_IMMUTABLE -> new AbstractMap.SimpleImmutableEntry<>(key, value);
      case MAP_ENTRY -> Map.entry(Objects.requireNonNull(key), Objects.requireNonNull(value));
      case SINGLETON_MAP -> Collections.singletonMap(key, value);
    };
  }
}
