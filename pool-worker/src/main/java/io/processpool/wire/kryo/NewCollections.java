package io.processpool.wire.kryo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Stack;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import org.jspecify.annotations.Nullable;

/**
 * Makes the collections that are no more than their elements, their order and a comparator. A
 * switch rather than a table of lambdas, which would have to be linked before a worker's first
 * task.
 */
@SuppressWarnings("JdkObsolete") // the users' choice
final class NewCollections {
  static final List<Class<?>> COLLECTIONS =
      List.of(
          ArrayList.class,
          LinkedList.class,
          Vector.class,
          Stack.class,
          ArrayDeque.class,
          PriorityQueue.class,
          CopyOnWriteArrayList.class,
          ConcurrentLinkedQueue.class,
          ConcurrentLinkedDeque.class,
          HashSet.class,
          LinkedHashSet.class,
          TreeSet.class,
          ConcurrentSkipListSet.class,
          CopyOnWriteArraySet.class);

  static final List<Class<?>> MAPS =
      List.of(
          HashMap.class,
          LinkedHashMap.class,
          TreeMap.class,
          ConcurrentSkipListMap.class,
          ConcurrentHashMap.class,
          IdentityHashMap.class,
          WeakHashMap.class,
          Hashtable.class);

  private static final float LOAD_FACTOR = 0.75f;

  private NewCollections() {}

  static Collection<Object> collection(
      Class<?> type, int size, @Nullable Comparator<Object> comparator) {
    return switch (type.getSimpleName()) {
      case "ArrayList" -> new ArrayList<>(size);
      case "LinkedList" -> new LinkedList<>();
      case "Vector" -> new Vector<>(size);
      case "Stack" -> new Stack<>();
      case "ArrayDeque" -> new ArrayDeque<>(size);
      case "PriorityQueue" -> new PriorityQueue<>(comparator);
      case "CopyOnWriteArrayList" -> new CopyOnWriteArrayList<>();
      case "ConcurrentLinkedQueue" -> new ConcurrentLinkedQueue<>();
      case "ConcurrentLinkedDeque" -> new ConcurrentLinkedDeque<>();
      case "HashSet" -> new HashSet<>(capacity(size));
      case "LinkedHashSet" -> new LinkedHashSet<>(capacity(size));
      case "TreeSet" -> new TreeSet<>(comparator);
      case "ConcurrentSkipListSet" -> new ConcurrentSkipListSet<>(comparator);
      case "CopyOnWriteArraySet" -> new CopyOnWriteArraySet<>();
      default -> throw new AssertionError(type);
    };
  }

  static Map<Object, Object> map(Class<?> type, int size, @Nullable Comparator<Object> comparator) {
    return switch (type.getSimpleName()) {
      case "HashMap" -> new HashMap<>(capacity(size));
      case "LinkedHashMap" -> new LinkedHashMap<>(capacity(size));
      case "TreeMap" -> new TreeMap<>(comparator);
      case "ConcurrentSkipListMap" -> new ConcurrentSkipListMap<>(comparator);
      case "ConcurrentHashMap" -> new ConcurrentHashMap<>(capacity(size));
      case "IdentityHashMap" -> new IdentityHashMap<>(size);
      case "WeakHashMap" -> new WeakHashMap<>(capacity(size));
      case "Hashtable" -> new Hashtable<>();
      default -> throw new AssertionError(type);
    };
  }

  static Map<Object, Object> accessOrderedMap(int size) {
    return new LinkedHashMap<>(capacity(size), LOAD_FACTOR, true);
  }

  private static int capacity(int size) {
    return (int) Math.min(size / LOAD_FACTOR + 1, 1 << 30);
  }
}
