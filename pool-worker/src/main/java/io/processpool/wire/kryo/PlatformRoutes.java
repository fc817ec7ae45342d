package io.processpool.wire.kryo;

import java.io.Serializable;
import java.time.ZoneId;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The JDK's classes that have no registration of their own: those of a family go by a public type,
 * then Java serialisation, then plain copies of views.
 */
final class PlatformRoutes {
  private PlatformRoutes() {}

  static Route of(Class<?> type) {
    if (EnumSet.class.isAssignableFrom(type)) {
      return Route.standIn(EnumSet.class);
    }
    if (ZoneId.class.isAssignableFrom(type)) {
      return Route.standIn(ZoneId.class);
    }
    if (View.of(type) != null) {
      return Route.standIn(ViewSerializer.class);
    }
    if (ImmutableSerializer.LISTS.contains(type)) {
      return Route.standIn(List.class);
    }
    if (ImmutableSerializer.SETS.contains(type)) {
      return Route.standIn(Set.class);
    }
    if (ImmutableMapSerializer.MAPS.contains(type)) {
      return Route.standIn(Map.class);
    }
    if (type == Map.entry("", "").getClass()) {
      return Route.standIn(Map.Entry.class);
    }
    if (Serializable.class.isAssignableFrom(type)) {
      return Route.standIn(JavaSerializer.class);
    }
    return ofView(type);
  }

  private static Route ofView(Class<?> type) {
    if (SortedSet.class.isAssignableFrom(type)) {
      return Route.standIn(TreeSet.class);
    }
    if (Set.class.isAssignableFrom(type)) {
      return Route.standIn(LinkedHashSet.class);
    }
    if (Queue.class.isAssignableFrom(type) && !List.class.isAssignableFrom(type)) {
      return Route.standIn(LinkedList.class);
    }
    if (Collection.class.isAssignableFrom(type)) {
      return Route.standIn(ArrayList.class);
    }
    if (SortedMap.class.isAssignableFrom(type)) {
      return Route.standIn(TreeMap.class);
    }
    if (Map.class.isAssignableFrom(type)) {
      return Route.standIn(LinkedHashMap.class);
    }
    if (Map.Entry.class.isAssignableFrom(type)) {
      return Route.standIn(AbstractMap.SimpleEntry.class);
    }
    return Route.refused(type, Route.NOT_SERIALISABLE);
  }
}
