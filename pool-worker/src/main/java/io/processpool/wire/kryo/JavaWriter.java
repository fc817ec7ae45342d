package io.processpool.wire.kryo;

import com.esotericsoftware.kryo.kryo5.Serializer;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Java-serialises an object, but leaves to Kryo the objects that are none of Java serialisation's
 * business: those that it would refuse, those of the user that do not serialise themselves, and
 * those that Kryo has already written. An object is then the same one wherever it is referred to.
 */
final class JavaWriter extends ObjectOutputStream {
  private final GraphKryo kryo;
  private final ObjectGraph graph;
  private final Object root;
  private final Map<StackTraceElement, StackTraceElement> frames = new HashMap<>();
  private final List<Object> islands = new ArrayList<>();

  JavaWriter(OutputStream stream, GraphKryo kryo, Object root) throws IOException {
    super(stream);
    this.kryo = kryo;
    this.graph = GraphKryo.graphOf(kryo);
    this.root = root;
    enableReplaceObject(true);
  }

  List<Object> islands() {
    return islands;
  }

  @Override
  protected Object replaceObject(Object object) {
    if (object instanceof StackTraceElement frame) {
      return once(frame);
    }
    if (object == root || !isIsland(object)) {
      return object;
    }
    if (graph.isLate(object)) {
      throw new NotTravellingException(
          Route.describe(object.getClass())
              + " and "
              + Route.describe(root.getClass())
              + " refer to each other, and neither can be made without the other");
    }
    islands.add(object);
    return new Island(islands.size() - 1);
  }

  /** An exception has most of its frames in common with its cause. */
  private StackTraceElement once(StackTraceElement frame) {
    StackTraceElement same = frames.putIfAbsent(frame, frame);
    return same == null ? frame : same;
  }

  private boolean isIsland(Object object) {
    if (object instanceof String || object instanceof Class || object instanceof Enum) {
      return false;
    }
    if (!(object instanceof Serializable) || graph.getWrittenId(object) != -1) {
      return true;
    }
    Class<?> type = object.getClass();
    return !type.isArray() && !Platform.contains(type) && !isJavas(type);
  }

  private boolean isJavas(Class<?> type) {
    Serializer<?> serializer = kryo.getSerializer(type);
    return serializer instanceof JavaSerializer;
  }
}
