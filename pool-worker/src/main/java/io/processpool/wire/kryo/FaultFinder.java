package io.processpool.wire.kryo;

import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the object that keeps a graph from travelling, and the shortest way to it. Runs only after
 * a failure, never fails itself, and gives up on very large graphs.
 */
final class FaultFinder {
  private static final int MOST_OBJECTS = 200_000;
  private static final int MOST_NAMES = 20;

  private final GraphKryo kryo;
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Queue<Step> next = new ArrayDeque<>();

  private FaultFinder(GraphKryo kryo) {
    this.kryo = kryo;
  }

  /** An object on the way, and how it hangs on the one before. */
  private record Step(@Nullable Step previous, String name, Object object) {}

  /** Describes the fault, such as "java.net.Socket at Order.socket is not serialisable". */
  static @Nullable String find(Object root, KryoPool pool) {
    try {
      return new FaultFinder(pool.make()).search(root);
    } catch (Throwable brokenGraph) {
      return null;
    }
  }

  private @Nullable String search(Object root) {
    add(new Step(null, rootName(root), root));
    for (Step step = next.poll(); step != null; step = next.poll()) {
      String refusal = refusal(step.object());
      if (refusal != null) {
        return Route.describe(step.object().getClass()) + place(step) + " " + refusal;
      }
      Step parent = step;
      if (!isOpaque(step.object().getClass())) {
        GraphParts.forEach(step.object(), (name, part) -> add(new Step(parent, name, part)));
      }
    }
    return null;
  }

  private void add(Step step) {
    if (step.object() != null && seen.size() < MOST_OBJECTS && seen.add(step.object())) {
      next.add(step);
    }
  }

  private boolean isOpaque(Class<?> type) {
    return !Platform.contains(type)
        && (kryo.isCustomised(type) || kryo.getClassResolver().getRegistration(type) != null);
  }

  private @Nullable String refusal(Object object) {
    Class<?> type = object.getClass();
    boolean known = kryo.getClassResolver().getRegistration(type) != null;
    return known || kryo.isCustomised(type) ? null : Route.of(type).refusal();
  }

  private static String place(Step step) {
    if (step.previous() == null) {
      return "";
    }
    List<String> names = new ArrayList<>();
    for (Step s = step; s != null; s = s.previous()) {
      names.add(s.name());
    }
    Collections.reverse(names);
    if (names.size() > 2 * MOST_NAMES) {
      names.subList(MOST_NAMES, names.size() - MOST_NAMES).clear();
      names.add(MOST_NAMES, " ... ");
    }
    return " at " + String.join("", names).strip();
  }

  private static Class<?> publicType(Object root) {
    for (Class<?> general :
        List.of(List.class, Set.class, Collection.class, Map.class, Map.Entry.class)) {
      if (general.isInstance(root)) {
        return general;
      }
    }
    return root.getClass();
  }

  private static String rootName(Object root) {
    Class<?> type = root.getClass();
    if (Route.isLambda(type)) {
      return "";
    }
    if (Platform.contains(type) && !Modifier.isPublic(type.getModifiers())) {
      type = publicType(root);
    }
    String name = type.getSimpleName();
    return name.isEmpty() ? type.getName().replaceFirst(".*\\.", "") : name;
  }
}
