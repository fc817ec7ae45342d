package io.processpool.wire.kryo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The wrappers of {@link Collections} and {@link Arrays#asList}: each shows one other object. */
@SuppressWarnings({"ImmutableEnumChecker", "JdkObsolete"}) // stateless; a list without indices
enum View {
  ARRAY(new Object[0], shown -> Arrays.asList((Object[]) shown)),
  UNMODIFIABLE_COLLECTION(
      new ArrayList<>(), shown -> Collections.unmodifiableCollection((Collection<?>) shown)),
  UNMODIFIABLE_LIST(new LinkedList<>(), shown -> Collections.unmodifiableList((List<?>) shown)),
  UNMODIFIABLE_ARRAY_LIST(
      new ArrayList<>(), shown -> Collections.unmodifiableList((List<?>) shown)),
  UNMODIFIABLE_SET(Set.of(), shown -> Collections.unmodifiableSet((Set<?>) shown)),
  UNMODIFIABLE_SORTED_SET(
      new TreeSet<>(), shown -> Collections.unmodifiableSortedSet((SortedSet<?>) shown)),
  UNMODIFIABLE_NAVIGABLE_SET(
      new TreeSet<>(), shown -> Collections.unmodifiableNavigableSet((NavigableSet<?>) shown)),
  UNMODIFIABLE_MAP(Map.of(), shown -> Collections.unmodifiableMap((Map<?, ?>) shown)),
  UNMODIFIABLE_SORTED_MAP(
      new TreeMap<>(), shown -> Collections.unmodifiableSortedMap((SortedMap<?, ?>) shown)),
  UNMODIFIABLE_NAVIGABLE_MAP(
      new TreeMap<>(), shown -> Collections.unmodifiableNavigableMap((NavigableMap<?, ?>) shown)),
  SYNCHRONIZED_COLLECTION(
      new ArrayList<>(), shown -> Collections.synchronizedCollection((Collection<?>) shown)),
  SYNCHRONIZED_LIST(new LinkedList<>(), shown -> Collections.synchronizedList((List<?>) shown)),
  SYNCHRONIZED_ARRAY_LIST(
      new ArrayList<>(), shown -> Collections.synchronizedList((List<?>) shown)),
  SYNCHRONIZED_SET(Set.of(), shown -> Collections.synchronizedSet((Set<?>) shown)),
  SYNCHRONIZED_SORTED_SET(
      new TreeSet<>(), shown -> Collections.synchronizedSortedSet((SortedSet<?>) shown)),
  SYNCHRONIZED_NAVIGABLE_SET(
      new TreeSet<>(), shown -> Collections.synchronizedNavigableSet((NavigableSet<?>) shown)),
  SYNCHRONIZED_MAP(Map.of(), shown -> Collections.synchronizedMap((Map<?, ?>) shown)),
  SYNCHRONIZED_SORTED_MAP(
      new TreeMap<>(), shown -> Collections.synchronizedSortedMap((SortedMap<?, ?>) shown)),
  SYNCHRONIZED_NAVIGABLE_MAP(
      new TreeMap<>(), shown -> Collections.synchronizedNavigableMap((NavigableMap<?, ?>) shown));

  private static final Map<Class<?>, View> BY_CLASS =
      Stream.of(values()).collect(Collectors.toMap(view -> view.type, Function.identity()));

  private final Class<?> type;
  private final Function<Object, Object> factory;

  View(Object sample, Function<Object, Object> factory) {
    this.type = factory.apply(sample).getClass();
    this.factory = factory;
  }

  private static final View[] ALL = values();

  static @Nullable View of(Class<?> type) {
    return BY_CLASS.get(type);
  }

  static View at(int ordinal) {
    return ALL[ordinal];
  }

  Object showing(Object shown) {
    return factory.apply(shown);
  }
}
