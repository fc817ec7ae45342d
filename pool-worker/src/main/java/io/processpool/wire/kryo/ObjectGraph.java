package io.processpool.wire.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.util.MapReferenceResolver;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The objects of one graph while it is written or read, so that cycles come out right.
 *
 * <p>Most objects are known to Kryo before their parts are read, and a part that refers back simply
 * gets the object. Three cases need more:
 *
 * <ul>
 *   <li>Records, immutable collections, lambdas and whatever Java serialisation reads can only be
 *       made from their parts. A reference to one that is still being read is {@link Later}: who
 *       reads it fills it in when the graph is complete. If nobody can, reading fails; plain Kryo
 *       would hand out {@code null}.
 *   <li>A key or element may refer back to an object whose fields are not all read yet, so that its
 *       hash code is not what it will be. {@link #backReferences} tells, and the collection is
 *       filled once more at the end.
 *   <li>While writing, {@link #isLate} tells the objects that can only be made from their parts.
 * </ul>
 */
final class ObjectGraph extends MapReferenceResolver {
  private final ObjectNumbers written = new ObjectNumbers();
  private final Set<Object> late = Collections.newSetFromMap(new IdentityHashMap<>());

  private final BitSet open = new BitSet();
  private final Map<Integer, Later> awaited = new HashMap<>();
  private final List<Runnable> assignments = new ArrayList<>();
  private final List<Runnable> refills = new ArrayList<>();
  private @Nullable Later unclaimed;
  private int lastId;
  private long backReferences;

  /** Stands for an object that is still being read. */
  static final class Later {
    private @Nullable Object value;

    Object value() {
      if (value == null) {
        throw unbuildable();
      }
      return value;
    }
  }

  /** The value of what was read as a part, once the graph is complete. */
  static @Nullable Object settled(@Nullable Object part) {
    return part instanceof Later later ? later.value() : part;
  }

  boolean isLate(Object object) {
    return late.contains(object);
  }

  void beginLate(Object object) {
    late.add(object);
  }

  void endLate(Object object) {
    late.remove(object);
  }

  /** Marks the object that was just made known as one whose parts are being read. */
  int open() {
    open.set(lastId);
    return lastId;
  }

  void close(int id) {
    open.clear(id);
  }

  /** How many references to open objects there were; to be compared with an earlier count. */
  long backReferences() {
    return backReferences;
  }

  /** Reads a part of an object: a value, {@code null}, or {@link Later}. */
  @Nullable Object readPart(Kryo kryo, Input in) {
    checkAllClaimed();
    Object value = kryo.readClassAndObject(in);
    if (value == null && unclaimed != null) {
      Later later = unclaimed;
      unclaimed = null;
      return later;
    }
    checkAllClaimed();
    return value;
  }

  /** Reads a part that is needed at once. */
  @Nullable Object readPartNow(Kryo kryo, Input in) {
    return settled(readPart(kryo, in));
  }

  /** To be run when everything is read, before any collection is filled again. */
  void assignLater(Runnable assignment) {
    assignments.add(assignment);
  }

  /** To be run when everything is read and assigned. */
  void refillLater(Runnable refill) {
    refills.add(refill);
  }

  /** Must be called after the root was read. */
  void complete() {
    checkAllClaimed();
    for (Runnable assignment : assignments) {
      assignment.run();
    }
    for (Runnable refill : refills) {
      refill.run();
    }
    assignments.clear();
    refills.clear();
    awaited.clear();
    backReferences = 0;
  }

  /** A serialiser that knows nothing of this class takes the missing object for {@code null}. */
  private void checkAllClaimed() {
    if (unclaimed != null) {
      throw unbuildable();
    }
  }

  private static NotTravellingException unbuildable() {
    return new NotTravellingException("it holds a cycle that cannot be rebuilt");
  }

  @Override
  public int getWrittenId(Object object) {
    return written.find(object);
  }

  @Override
  public int addWrittenObject(Object object) {
    return written.add(object);
  }

  @Override
  public void setReadObject(int id, Object object) {
    super.setReadObject(id, object);
    lastId = id;
    Later later = awaited.isEmpty() ? null : awaited.get(id);
    if (later != null) {
      later.value = object;
    }
  }

  @Override
  @SuppressWarnings({"rawtypes", "NullAway"}) // as declared by Kryo
  public @Nullable Object getReadObject(Class type, int id) {
    Object object = super.getReadObject(type, id);
    if (object == null) {
      checkAllClaimed();
      unclaimed = awaited.computeIfAbsent(id, unknown -> new Later());
      backReferences++;
    } else if (open.get(id)) {
      backReferences++;
    }
    return object;
  }

  @Override
  public void reset() {
    super.reset();
    written.clear();
    late.clear();
    open.clear();
  }
}
