package io.processpool.wire.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.serializers.DefaultSerializers.CollectionsEmptyListSerializer;
import com.esotericsoftware.kryo.kryo5.serializers.DefaultSerializers.CollectionsEmptyMapSerializer;
import com.esotericsoftware.kryo.kryo5.serializers.DefaultSerializers.CollectionsEmptySetSerializer;
import java.util.AbstractMap.SimpleEntry;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Registers the JDK's collections, and stand-ins for those whose classes are private. */
final class PlatformCollections {
  private PlatformCollections() {}

  static void addTo(Kryo kryo) {
    for (Class<?> type : NewCollections.COLLECTIONS) {
      kryo.register(type, new CollectionSerializer(type));
    }
    for (Class<?> type : NewCollections.MAPS) {
      kryo.register(type, new MapSerializer(type));
    }
    kryo.register(EnumSet.class, new EnumSetSerializer());
    kryo.register(List.class, new ImmutableSerializer.OfList());
    kryo.register(Set.class, new ImmutableSerializer.OfSet());
    kryo.register(Map.class, new ImmutableMapSerializer());
    kryo.register(Collections.emptyList().getClass(), new CollectionsEmptyListSerializer());
    kryo.register(Collections.emptySet().getClass(), new CollectionsEmptySetSerializer());
    kryo.register(Collections.emptyMap().getClass(), new CollectionsEmptyMapSerializer());
    kryo.register(
        Collections.singletonList(1).getClass(),
        new HolderSerializer(HolderSerializer.Kind.SINGLETON_LIST));
    kryo.register(
        Collections.singleton(1).getClass(), new HolderSerializer(HolderSerializer.Kind.SINGLETON));
    kryo.register(
        Collections.singletonMap(1, 1).getClass(),
        new EntrySerializer(EntrySerializer.Kind.SINGLETON_MAP));
    kryo.register(SimpleEntry.class, new EntrySerializer(EntrySerializer.Kind.SIMPLE));
    kryo.register(
        SimpleImmutableEntry.class, new EntrySerializer(EntrySerializer.Kind.SIMPLE_IMMUTABLE));
    kryo.register(Map.Entry.class, new EntrySerializer(EntrySerializer.Kind.MAP_ENTRY));
  }
}
