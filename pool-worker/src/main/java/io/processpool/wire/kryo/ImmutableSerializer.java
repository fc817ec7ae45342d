package io.processpool.wire.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The unmodifiable lists and sets of {@code List.of}, {@code Set.of} and {@code Stream.toList}. */
abstract class ImmutableSerializer extends LateSerializer<Collection<?>> {
  static final Set<Class<?>> LISTS =
      Set.of(
          List.of().getClass(), List.of(1).getClass(), List.of(1, 2, 3).subList(0, 2).getClass());

  static final Set<Class<?>> SETS = Set.of(Set.of(1).getClass(), Set.of(1, 2, 3).getClass());

  /** For lists; those that come out permit nulls, as those of {@code Stream.toList} do. */
  static final class OfList extends ImmutableSerializer {
    @Override
    public Collection<?> read(Kryo kryo, Input in, Class<? extends Collection<?>> type) {
      Parts parts = Parts.read(kryo, in, Counts.readElements(kryo, in));
      return Stream.of(parts.settled()).toList();
    }
  }

  /** For sets. */
  static final class OfSet extends ImmutableSerializer {
    @Override
    public Collection<?> read(Kryo kryo, Input in, Class<? extends Collection<?>> type) {
      Parts parts = Parts.read(kryo, in, Counts.readElements(kryo, in));
      Object[] elements = parts.settled();
      Set<Object> set = Set.of(elements);
      if (!parts.areComplete()) {
        GraphKryo.graphOf(kryo).refillLater(() -> check(set.containsAll(Arrays.asList(elements))));
      }
      return set;
    }
  }

  @Override
  final void writeParts(Kryo kryo, Output out, Collection<?> collection) {
    out.writeVarInt(collection.size(), true);
    for (Object element : collection) {
      kryo.writeClassAndObject(out, element);
    }
  }

  /** The hash codes were taken before the elements were complete. */
  static void check(boolean stillFound) {
    if (!stillFound) {
      throw new NotTravellingException(
          "it holds an immutable set or map whose keys refer to what holds it");
    }
  }
}
