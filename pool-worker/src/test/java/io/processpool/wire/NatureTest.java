package io.processpool.wire;

import static io.processpool.wire.Codecs.roundTrip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.KryoSerializable;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.io.Serializable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.URL;
import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.IdentityHashMap;
import java.util.IntSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What an equals would not notice if it were lost. */
@SuppressWarnings({"ArrayRecordComponent", "JdkObsolete"}) // what users send
class NatureTest {
  private static final Comparator<String> BY_LENGTH =
      (Comparator<String> & Serializable) (a, b) -> Integer.compare(a.length(), b.length());

  private static final Function<String, Integer> LENGTH =
      (Function<String, Integer> & Serializable) String::length;

  /** Not Java-serialisable. */
  static final class Item implements Comparable<Item> {
    final int number;

    Item(int number) {
      this.number = number;
    }

    @Override
    public int compareTo(Item other) {
      return Integer.compare(number, other.number);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Item that && number == that.number;
    }

    @Override
    public int hashCode() {
      return number;
    }
  }

  static final class PlainComparator implements Comparator<String> {
    final int sign;

    PlainComparator(int sign) {
      this.sign = sign;
    }

    @Override
    public int compare(String a, String b) {
      return sign * a.compareTo(b);
    }
  }

  @Test
  void sortedCollectionsKeepTheirComparator() {
    TreeMap<String, Integer> map = new TreeMap<>(BY_LENGTH);
    map.put("three", 1);
    TreeSet<String> set = new TreeSet<>(Comparator.reverseOrder());
    set.addAll(List.of("a", "b"));
    PriorityQueue<String> queue = new PriorityQueue<>(new PlainComparator(-1));
    queue.addAll(List.of("b", "c", "a"));
    ConcurrentSkipListMap<String, Integer> skipMap =
        new ConcurrentSkipListMap<>(Collections.reverseOrder(BY_LENGTH));
    skipMap.putAll(Map.of("a", 1, "bb", 2));
    ConcurrentSkipListSet<String> skipSet =
        new ConcurrentSkipListSet<>(Comparator.comparing(LENGTH));
    skipSet.addAll(List.of("bb", "a"));

    assertThat(roundTrip(map).get("other")).isEqualTo(1);
    assertThat(roundTrip(set)).containsExactly("b", "a");
    PriorityQueue<String> arrivedQueue = roundTrip(queue);
    assertThat(Stream.generate(arrivedQueue::poll).limit(3)).containsExactly("c", "b", "a");
    assertThat(roundTrip(skipMap).firstKey()).isEqualTo("bb");
    assertThat(roundTrip(skipSet)).containsExactly("a", "bb");
    assertThat(roundTrip(new TreeSet<>(List.of(new Item(2), new Item(1)))).first().number)
        .isEqualTo(1);
    assertThat(roundTrip(new TreeSet<>(Comparator.<String>naturalOrder()).comparator()))
        .isSameAs(Comparator.naturalOrder());
  }

  @Test
  void comparatorsOfTheJdkTravel() {
    Comparator<String> chained =
        Comparator.comparing(LENGTH).thenComparing(Comparator.reverseOrder());

    Comparator<String> arrived = roundTrip(chained);

    assertThat(Stream.of("a", "bb", "b").sorted(arrived)).containsExactly("b", "a", "bb");
    assertThat(roundTrip(String.CASE_INSENSITIVE_ORDER)).isSameAs(String.CASE_INSENSITIVE_ORDER);
    assertThat(roundTrip(Comparator.nullsFirst(BY_LENGTH)).compare(null, "a")).isNegative();
  }

  @Test
  void blockingQueuesKeepTheirCapacityAndOrder() {
    LinkedBlockingQueue<Item> linked = new LinkedBlockingQueue<>(3);
    linked.addAll(List.of(new Item(1), new Item(2)));
    ArrayBlockingQueue<Item> array = new ArrayBlockingQueue<>(3, true);
    array.addAll(List.of(new Item(1), new Item(2)));
    LinkedBlockingDeque<Item> deque = new LinkedBlockingDeque<>(3);
    deque.addAll(List.of(new Item(1), new Item(2)));
    PriorityBlockingQueue<Item> priority =
        new PriorityBlockingQueue<>(5, Collections.reverseOrder());
    priority.addAll(List.of(new Item(1), new Item(2)));
    LinkedTransferQueue<Item> transfer = new LinkedTransferQueue<>(List.of(new Item(1)));

    assertThat(roundTrip(linked).remainingCapacity()).isEqualTo(1);
    assertThat(roundTrip(linked)).containsExactlyElementsOf(linked);
    assertThat(roundTrip(array).remainingCapacity()).isEqualTo(1);
    assertThat(roundTrip(array)).containsExactlyElementsOf(array);
    assertThat(roundTrip(deque).remainingCapacity()).isEqualTo(1);
    assertThat(roundTrip(deque)).containsExactlyElementsOf(deque);
    assertThat(roundTrip(priority).peek()).isEqualTo(new Item(2));
    assertThat(roundTrip(transfer)).containsExactlyElementsOf(transfer);
  }

  @Test
  void otherQueuesKeepTheirOrder() {
    List<Item> items = List.of(new Item(3), new Item(1));

    assertThat(roundTrip(new ArrayDeque<>(items))).containsExactlyElementsOf(items);
    assertThat(roundTrip(new ConcurrentLinkedQueue<>(items))).containsExactlyElementsOf(items);
    assertThat(roundTrip(new ConcurrentLinkedDeque<>(items))).containsExactlyElementsOf(items);
  }

  @Test
  void linkedMapsKeepTheirOrderAndWhatItDependsOn() {
    Map<Integer, String> inserted = new LinkedHashMap<>();
    Map<Integer, String> accessed = new LinkedHashMap<>(16, 0.75f, true);
    for (int i = 9; i >= 0; i--) {
      inserted.put(i, "v");
      accessed.put(i, "v");
    }

    Map<Integer, String> arrivedInserted = roundTrip(inserted);
    Map<Integer, String> arrivedAccessed = roundTrip(accessed);
    arrivedInserted.get(9);
    arrivedAccessed.get(9);

    assertThat(arrivedInserted.keySet()).containsExactly(9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
    assertThat(arrivedAccessed.keySet()).containsExactly(8, 7, 6, 5, 4, 3, 2, 1, 0, 9);
    assertThat(accessed.keySet().iterator().next()).isEqualTo(9);
  }

  @Test
  void wrappersKeepTheirNature() {
    List<String> unmodifiable = roundTrip(Collections.unmodifiableList(new ArrayList<>()));
    List<Item> checked = roundTrip(Collections.checkedList(new ArrayList<>(), Item.class));
    @SuppressWarnings("unchecked") // on purpose
    List<Object> polluted = (List<Object>) (List<?>) checked;
    List<String> asList = roundTrip(java.util.Arrays.asList("a", "b"));
    List<Integer> immutable = roundTrip(List.of(1, 2, 3));
    Map<String, Integer> shown = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    shown.put("Key", 1);

    assertThatThrownBy(() -> unmodifiable.add("x"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> polluted.add("x")).isInstanceOf(ClassCastException.class);
    assertThatThrownBy(() -> asList.add("x")).isInstanceOf(UnsupportedOperationException.class);
    assertThat(asList.toArray()).isExactlyInstanceOf(Object[].class);
    assertThatThrownBy(() -> immutable.add(4)).isInstanceOf(UnsupportedOperationException.class);
    assertThat(roundTrip(Collections.unmodifiableMap(shown)).get("KEY")).isEqualTo(1);
  }

  @Test
  void identityMapsCompareByIdentity() {
    Item one = new Item(1);
    IdentityHashMap<Item, String> map = new IdentityHashMap<>();
    map.put(one, "a");
    map.put(new Item(1), "b");

    assertThat(roundTrip(map)).hasSize(2).isInstanceOf(IdentityHashMap.class);
  }

  @Test
  void aCollectionThatChangesMeanwhileIsTakenAtOneMoment() throws Exception {
    Map<Integer, String> map = new ConcurrentHashMap<>();
    AtomicBoolean done = new AtomicBoolean();
    Thread writer =
        new Thread(
            () -> {
              for (int i = 0; !done.get(); i++) {
                map.put(i % 5000, "value");
                map.remove((i + 2500) % 5000);
              }
            });
    writer.start();
    try {
      for (int i = 0; i < 60; i++) {
        assertThat(roundTrip(new Object[] {map, "after"})[1]).isEqualTo("after");
      }
    } finally {
      done.set(true);
      writer.join();
    }
  }

  @Test
  void atomicsAndAddersKeepTheirValue() {
    LongAdder adder = new LongAdder();
    adder.add(5);

    assertThat(roundTrip(new AtomicInteger(1)).get()).isEqualTo(1);
    assertThat(roundTrip(new AtomicLong(2)).get()).isEqualTo(2);
    assertThat(roundTrip(new AtomicBoolean(true)).get()).isTrue();
    assertThat(roundTrip(new AtomicReference<>(new Item(3))).get()).isEqualTo(new Item(3));
    assertThat(roundTrip(new AtomicIntegerArray(new int[] {1, 2})).get(1)).isEqualTo(2);
    assertThat(roundTrip(new AtomicLongArray(new long[] {1, 2})).get(1)).isEqualTo(2);
    assertThat(roundTrip(new AtomicReferenceArray<>(new Item[] {new Item(4)})).get(0))
        .isEqualTo(new Item(4));
    assertThat(roundTrip(adder).sum()).isEqualTo(5);
  }

  @Test
  void statisticsKeepTheirNumbers() {
    IntSummaryStatistics ints = new IntSummaryStatistics();
    ints.accept(3);
    LongSummaryStatistics longs = new LongSummaryStatistics();
    DoubleSummaryStatistics doubles = new DoubleSummaryStatistics();
    doubles.accept(0.5);

    assertThat(roundTrip(ints)).hasToString(ints.toString());
    assertThat(roundTrip(longs)).hasToString(longs.toString());
    assertThat(roundTrip(doubles)).hasToString(doubles.toString());
  }

  @Test
  void otherJdkObjectsWork() throws Exception {
    Random random = new Random(42);
    random.nextInt();
    Pattern pattern = roundTrip(Pattern.compile("a+", Pattern.CASE_INSENSITIVE));
    ReentrantLock locked = new ReentrantLock(true);
    locked.lock();
    URL url = URI.create("https://example.org:8080/p?q#r").toURL();

    assertThat(roundTrip(random).nextInt()).isEqualTo(random.nextInt());
    assertThat(pattern.matcher("AAA").matches()).isTrue();
    assertThat(roundTrip(new StringBuilder("sb"))).hasToString("sb");
    assertThat(roundTrip(new StringBuilder())).hasToString("");
    assertThat(roundTrip(new StringBuffer("sb"))).hasToString("sb");
    assertThat(roundTrip(locked).isLocked()).isFalse();
    assertThat(roundTrip(locked).isFair()).isTrue();
    assertThat(roundTrip(url)).hasToString(url.toString());
    assertThat(roundTrip(new Object())).isExactlyInstanceOf(Object.class);
  }

  @Test
  void aThrowableMayBeAValue() {
    Exception thrown = new IllegalStateException("outer", new IOException("inner"));
    thrown.addSuppressed(new NoSuchElementException("aside"));

    Exception arrived = roundTrip(thrown);

    assertThat(arrived).isExactlyInstanceOf(IllegalStateException.class).hasMessage("outer");
    assertThat(arrived.getCause()).isExactlyInstanceOf(IOException.class);
    assertThat(arrived.getSuppressed()).hasSize(1);
    assertThat(arrived.getStackTrace()).isEqualTo(thrown.getStackTrace());
  }

  static final class Handler implements InvocationHandler {
    final Item answer;

    Handler(Item answer) {
      this.answer = answer;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) {
      return answer.number;
    }
  }

  interface Hidden {
    int number();
  }

  /** Read back as an annotation. */
  @Retention(RetentionPolicy.RUNTIME)
  @interface Marked {
    String value();
  }

  @Marked("here")
  static final class Annotated {}

  @Test
  void dynamicProxiesTravelWithTheirHandler() {
    Hidden proxy =
        (Hidden)
            Proxy.newProxyInstance(
                Hidden.class.getClassLoader(),
                new Class<?>[] {Hidden.class},
                new Handler(new Item(7)));
    Marked annotation = Annotated.class.getAnnotation(Marked.class);

    assertThat(roundTrip(proxy).number()).isEqualTo(7);
    assertThat(roundTrip(annotation)).isEqualTo(annotation);
  }

  static class WithTransients {
    transient Object lock = new Object();
    transient List<String> cache = new ArrayList<>();
    private final Object finalLock = new Object();
    int kept = 1;
  }

  static class WithoutDefaultConstructor {
    transient String lost = "lost";
    final String kept;

    WithoutDefaultConstructor(String kept) {
      if (kept == null) {
        throw new IllegalArgumentException("must not be called");
      }
      this.kept = kept;
    }
  }

  static class OwnList extends AbstractList<Item> {
    final Item only;

    OwnList(Item only) {
      this.only = only;
    }

    @Override
    public Item get(int index) {
      return only;
    }

    @Override
    public int size() {
      return 1;
    }
  }

  @Test
  void transientFieldsAreInitialisedIfThereIsAConstructorForIt() {
    WithTransients sent = new WithTransients();
    sent.kept = 2;
    sent.cache.add("not sent");

    WithTransients arrived = roundTrip(sent);

    assertThat(arrived.lock).isNotNull();
    assertThat(arrived.finalLock).isNotNull();
    assertThat(arrived.cache).isEmpty();
    assertThat(arrived.kept).isEqualTo(2);
    assertThat(roundTrip(new WithoutDefaultConstructor("kept")).kept).isEqualTo("kept");
    assertThat(roundTrip(new WithoutDefaultConstructor("kept")).lost).isNull();
    assertThat(roundTrip(new OwnList(new Item(1)))).containsExactly(new Item(1));
  }

  private final class Inner {
    int number() {
      return outerNumber;
    }
  }

  private int outerNumber;

  @Test
  void innerLocalAndAnonymousObjectsKeepWhatTheyCapture() {
    outerNumber = 5;
    String captured = "captured";
    Object anonymous =
        new Object() {
          @Override
          public String toString() {
            return captured + outerNumber;
          }
        };

    assertThat(roundTrip(new Inner()).number()).isEqualTo(5);
    assertThat(roundTrip(anonymous)).hasToString("captured5");
  }

  @Test
  void anInitialiserInBracesIsNotRunAgain() {
    ArrayList<Object> list = new AddsItself();

    assertThat(roundTrip(list)).isExactlyInstanceOf(AddsItself.class).hasSize(1);
  }

  static final class AddsItself extends ArrayList<Object> {
    @Serial private static final long serialVersionUID = 1L;

    AddsItself() {
      add("once");
    }
  }

  static final class Custom implements KryoSerializable {
    int number;

    @Override
    public void write(Kryo kryo, Output output) {
      output.writeInt(number + 1);
    }

    @Override
    public void read(Kryo kryo, Input input) {
      number = input.readInt();
    }
  }

  /** Must be public for Java serialisation. */
  public static final class External implements Externalizable {
    @Serial private static final long serialVersionUID = 1L;
    int number;

    @Override
    public void writeExternal(ObjectOutput out) throws IOException {
      out.writeInt(number + 1);
    }

    @Override
    public void readExternal(ObjectInput in) throws IOException {
      number = in.readInt();
    }
  }

  static final class Hooked implements Serializable {
    @Serial private static final long serialVersionUID = 1L;
    transient Item item = new Item(0);

    @Serial
    private void writeObject(ObjectOutputStream out) throws IOException {
      out.defaultWriteObject();
      out.writeObject(item);
    }

    @Serial
    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      item = new Item(((Item) in.readObject()).number + 1);
    }
  }

  static final class Single implements Serializable {
    @Serial private static final long serialVersionUID = 1L;
    static final Single INSTANCE = new Single();

    @Serial
    private Object readResolve() {
      return INSTANCE;
    }
  }

  /** As immutable collections of libraries do: stands for itself as a form that is serialisable. */
  static final class Bag implements Serializable {
    @Serial private static final long serialVersionUID = 1L;
    private final transient Item[] items;

    Bag(Item... items) {
      this.items = items;
    }

    @Serial
    private Object writeReplace() {
      return new Form(items);
    }

    private record Form(Object[] elements) implements Serializable {
      @Serial
      private Object readResolve() {
        return new Bag(Stream.of(elements).toArray(Item[]::new));
      }
    }
  }

  record Celsius(double degrees) implements Serializable {
    @Serial
    private Object writeReplace() {
      return new Kelvin(degrees + 273);
    }
  }

  record Kelvin(double degrees) implements Serializable {
    @Serial
    private Object readResolve() {
      return new Celsius(degrees - 273);
    }
  }

  @Test
  void ownProtocolsAreRespected() {
    Custom custom = new Custom();
    External external = new External();
    Hooked hooked = new Hooked();

    assertThat(roundTrip(custom).number).isEqualTo(1);
    assertThat(roundTrip(external).number).isEqualTo(1);
    assertThat(roundTrip(hooked).item.number).isEqualTo(1);
    assertThat(roundTrip(Single.INSTANCE)).isSameAs(Single.INSTANCE);
    assertThat(roundTrip(new Bag(new Item(1), new Item(2))).items)
        .containsExactly(new Item(1), new Item(2));
    assertThat(roundTrip(new Celsius(20))).isEqualTo(new Celsius(20));
    assertThat(roundTrip(Instant.EPOCH)).isEqualTo(Instant.EPOCH);
  }
}
