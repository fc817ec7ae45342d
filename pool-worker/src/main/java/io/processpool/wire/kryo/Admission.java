package io.processpool.wire.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.io.Input;
import java.io.ObjectInputFilter;
import java.io.ObjectInputFilter.Status;
import java.io.ObjectInputStream;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Applies a {@link ResultFilter} to one graph after the other. Knows the classes that have passed,
 * but counts the objects of each graph anew: those that Kryo reads and those in the Java streams
 * among them.
 */
final class Admission {
  private final ResultFilter filter;
  private final boolean limited;
  private final Set<Class<?>> passed = Collections.newSetFromMap(new IdentityHashMap<>());
  private int start;
  private long references;

  Admission(ResultFilter filter) {
    this.filter = filter;
    this.limited = filter.hasLimits();
  }

  /** To be called before each graph, with the position of its first byte. */
  void begin(int position) {
    start = position;
    references = 0;
  }

  /** An object or a reference to one, of which the class was read. */
  void object(@Nullable Class<?> type, Kryo kryo, Input in) {
    if (type != null && !passed.contains(type)) {
      filter.check(type);
      passed.add(type);
    }
    references++;
    if (limited) {
      filter.checkSize(here(kryo, in));
    }
  }

  /** Elements that are about to be read. */
  void elements(int count, Kryo kryo, Input in) {
    if (limited) {
      filter.checkSize(here(kryo, in).withElements(count));
    }
  }

  /** A Java stream whose classes are checked as they are resolved. */
  void limit(ObjectInputStream stream, Kryo kryo, Input in) {
    if (limited) {
      stream.setObjectInputFilter(merged(streamFilter(here(kryo, in), false)));
    }
  }

  /** A Java stream that a serialiser of Kryo's own has opened. */
  void filter(ObjectInputStream stream, Kryo kryo) {
    stream.setObjectInputFilter(merged(streamFilter(Place.of(kryo.getDepth(), 0, 0), true)));
  }

  private Place here(Kryo kryo, Input in) {
    return Place.of(kryo.getDepth(), references, in.position() - start);
  }

  /** A filter set on a stream takes the place of the one that the JVM has for all. */
  private static ObjectInputFilter merged(ObjectInputFilter ours) {
    ObjectInputFilter everywhere = ObjectInputFilter.Config.getSerialFilter();
    return everywhere == null ? ours : ObjectInputFilter.merge(ours, everywhere);
  }

  private ObjectInputFilter streamFilter(Place outer, boolean withClasses) {
    long[] seen = {0};
    return within -> {
      Class<?> type = within.serialClass();
      if (withClasses && type != null) {
        filter.check(type);
      }
      references += within.references() - seen[0];
      seen[0] = within.references();
      if (limited) {
        Place place =
            Place.of(
                outer.depth() + within.depth(),
                references,
                outer.streamBytes() + within.streamBytes());
        long length = within.arrayLength();
        filter.checkSize(length < 0 ? place : place.withElements(length));
      }
      return Status.UNDECIDED;
    };
  }
}
