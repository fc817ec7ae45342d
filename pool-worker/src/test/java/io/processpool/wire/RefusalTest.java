package io.processpool.wire;

import static io.processpool.wire.Codecs.CODEC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.esotericsoftware.kryo.kryo5.io.Output;
import io.processpool.TaskSerializationException;
import io.processpool.function.SerializableCallable;
import io.processpool.function.SerializableRunnable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot travel is refused where it is sent, with the class at fault and the way to it. */
class RefusalTest {

  static class Order {
    String id = "1";
    Customer customer = new Customer();
  }

  static class Customer {
    List<Connection> connections = List.of(new Connection(null), new Connection(null));
  }

  static class Connection {
    @Nullable Object socket;

    Connection(@Nullable Object socket) {
      this.socket = socket;
    }
  }

  record Holder(Object held) {}

  static class Runner extends Thread {}

  @SuppressWarnings({"serial", "UnusedVariable"}) // as users do
  static class Hooked implements Serializable {
    @Serial private static final long serialVersionUID = 1L;
    private final Object held;

    Hooked(Object held) {
      this.held = held;
    }

    @Serial
    private void writeObject(ObjectOutputStream out) throws IOException {
      out.defaultWriteObject();
    }
  }

  static class Failing implements Serializable {
    @Serial private static final long serialVersionUID = 1L;
    private final Error error;

    Failing(Error error) {
      this.error = error;
    }

    @Serial
    private void writeObject(ObjectOutputStream out) {
      throw error;
    }
  }

  @SuppressWarnings("InfiniteRecursion") // on purpose
  static class Endless implements Serializable {
    @Serial private static final long serialVersionUID = 1L;

    @Serial
    private Object writeReplace() {
      return fill(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    }

    /** Takes up much of the stack in few steps. */
    private static long fill(
        long a,
        long b,
        long c,
        long d,
        long e,
        long f,
        long g,
        long h,
        long i,
        long j,
        long k,
        long l,
        long m,
        long n,
        long o,
        long p) {
      return 1
          + fill(b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, a)
          + fill(p, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o);
    }
  }

  private final transient Thread thread = new Thread();
  private final Socket socket = new Socket();

  private static String refusal(@Nullable Object value) {
    Output out = new Output(16, -1);
    out.writeInt(1);
    try {
      CODEC.encode(value, out, "item 3");
    } catch (TaskSerializationException refused) {
      assertThat(out.position()).isEqualTo(4);
      assertThat(refused.getCause()).isNotNull();
      return refused.getMessage();
    }
    throw new AssertionError("was not refused");
  }

  @Test
  void thePathLeadsThroughFieldsAndElements() {
    Order order = new Order();
    order.customer.connections =
        Arrays.asList(new Connection(null), null, new Connection(new Socket()));

    assertThat(refusal(order))
        .isEqualTo(
            "item 3 cannot travel: java.net.Socket at Order.customer.connections[2].socket"
                + " is not serialisable");
  }

  static Stream<Arguments> places() {
    Thread thread = new Thread();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("fine", 1);
    map.put("bad", thread);
    Map<Object, Object> keys = new HashMap<>(Map.of(thread, 1));
    EnumMap<TimeUnit, Object> enumMap = new EnumMap<>(TimeUnit.class);
    enumMap.put(TimeUnit.DAYS, thread);
    return Stream.of(
        Arguments.of(thread, "java.lang.Thread is not serialisable"),
        Arguments.of(new Object[][] {{1}, {2, thread}}, "Thread at Object[][][1][1] is"),
        Arguments.of(map, "Thread at LinkedHashMap[bad] is"),
        Arguments.of(keys, "Thread at HashMap key is"),
        Arguments.of(enumMap, "Thread at EnumMap[DAYS] is"),
        Arguments.of(new Holder(new Holder(thread)), "Thread at Holder.held.held is"),
        Arguments.of(new Holder(Optional.of(thread)), "Thread at Holder.held.value is"),
        Arguments.of(new AtomicReference<>(thread), "Thread at AtomicReference.value is"),
        Arguments.of(new Hooked(thread), "Thread at Hooked.held is"),
        Arguments.of(new Hooked(new Holder(thread)), "Thread at Hooked.held.held is"),
        Arguments.of(Map.entry("k", thread), "Thread at Entry.value is"),
        Arguments.of(
            new IllegalStateException(new HoldsException(thread)),
            "Thread at IllegalStateException.thread is"),
        Arguments.of(
            new TreeMap<String, String>((a, b) -> a.compareTo(b)),
            "the lambda in io.processpool.wire.RefusalTest at TreeMap.comparator is not"
                + " serialisable, because java.util.Comparator does not extend"
                + " java.io.Serializable"),
        Arguments.of(
            new Runner(),
            "RefusalTest$Runner is not serialisable, because nothing can read the state of its"
                + " superclass java.lang.Thread"));
  }

  @SuppressWarnings({"serial", "UnusedVariable"}) // as users do
  static class HoldsException extends Exception {
    @Serial private static final long serialVersionUID = 1L;
    final transient Object notSent = new Thread();
    private final Object thread;

    HoldsException(Object thread) {
      this.thread = thread;
    }
  }

  @ParameterizedTest
  @MethodSource("places")
  void thePlaceIsNamed(Object value, String message) {
    assertThat(refusal(value)).startsWith("item 3 cannot travel: ").contains(message);
  }

  static Stream<Object> resources() throws Exception {
    return Stream.of(
        new Socket(),
        Thread.currentThread(),
        new ThreadLocal<>(),
        new WeakReference<>("x"),
        new CountDownLatch(1),
        new ByteArrayInputStream(new byte[1]),
        ClassLoader.getSystemClassLoader(),
        String.class.getMethod("length"),
        Stream.of(1),
        List.of(1).iterator(),
        Executors.callable(() -> {}),
        ProcessHandle.current(),
        Runtime.getRuntime());
  }

  @ParameterizedTest
  @MethodSource("resources")
  void whatBelongsToThisProcessIsRefused(Object resource) {
    assertThat(refusal(new Holder(resource)))
        .contains(" at Holder.held")
        .contains("is not serialisable");
  }

  @Test
  void aCapturedVariableIsNamed() {
    long before = 1;
    Thread worker = new Thread();
    Order order = new Order();
    order.customer.connections = List.of(new Connection(worker));
    SerializableRunnable captures = () -> System.out.println(before + worker.getName());
    SerializableCallable<String> deeper = () -> order.id;

    assertThat(refusal(captures))
        .isEqualTo(
            "item 3 cannot travel: java.lang.Thread at captured variable worker"
                + " is not serialisable");
    assertThat(refusal(deeper))
        .contains("at captured variable order.customer.connections[0].socket is");
    assertThat(refusal(new Holder(deeper)))
        .contains("at Holder.held captured variable order.customer.connections[0].socket is");
  }

  @Test
  void aCapturedInstanceIsCalledThis() {
    long local = 5;
    Thread other = new Thread();
    SerializableCallable<Object> usesField = () -> socket;
    SerializableCallable<Object> usesBoth = () -> this.toString() + local + other;

    assertThat(refusal(usesField)).contains("java.net.Socket at captured this.socket is not");
    assertThat(refusal(usesBoth)).contains("java.lang.Thread at captured variable other is not");
    assertThat(thread).isNotNull();
  }

  @Test
  void theReceiverOfAMethodReferenceIsNamed() {
    Thread worker = new Thread();
    SerializableCallable<String> reference = worker::getName;

    assertThat(refusal(reference))
        .contains("java.lang.Thread at captured receiver of Thread::getName is not");
  }

  @Test
  void aLambdaThatIsNotSerialisableSaysWhy() {
    Function<Integer, Integer> plain = x -> x;

    assertThat(refusal(plain))
        .isEqualTo(
            "item 3 cannot travel: the lambda in io.processpool.wire.RefusalTest is not"
                + " serialisable, because java.util.function.Function does not extend"
                + " java.io.Serializable");
    assertThat(refusal(new Holder(Function.identity())))
        .contains("the lambda in java.util.function.Function at Holder.held");
  }

  @Test
  void whatUserCodeThrowsIsTheCause() {
    AssertionError thrown = new AssertionError("boom");

    assertThatThrownBy(() -> CODEC.encode(new Failing(thrown), "result"))
        .isInstanceOf(TaskSerializationException.class)
        .hasMessage("result cannot travel: java.lang.AssertionError: boom")
        .hasRootCause(thrown);
    assertThat(refusal(new Failing(new OutOfMemoryError("fake")))).contains("OutOfMemoryError");
    assertThat(refusal(new Failing(new StackOverflowError("fake")))).contains("too deeply");
  }

  @Test
  void aRecursionWithoutEndIsRefused() {
    assertThat(refusal(new Endless())).contains("too deeply");
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Output small = new Output(16, 1000);

    assertThatThrownBy(() -> CODEC.encode(new byte[2000], small, "result"))
        .hasMessage(
            "result cannot travel: it takes more than 1000 bytes, more than a payload"
                + " can hold");
    assertThatThrownBy(() -> CODEC.encode(List.of("x".repeat(2000)), small, "result"))
        .isInstanceOf(TaskSerializationException.class);
    assertThat(small.position()).isZero();
    CODEC.encode("fits", small, "result");
    assertThat(small.position()).isPositive();
  }

  @Test
  void theSearchForTheFaultSurvivesHugeAndCyclicGraphs() {
    List<Object> huge = new ArrayList<>();
    huge.add(huge);
    for (int i = 0; i < 300_000; i++) {
      huge.add(new Object[] {i});
    }
    huge.add(new Thread());

    assertThat(refusal(huge)).startsWith("item 3 cannot travel: java.lang.Thread");
  }

  @Test
  void theCodecWorksAfterARefusal() {
    for (int i = 0; i < 10; i++) {
      refusal(new Holder(new Thread()));
      assertThat(Codecs.roundTrip(new Holder(i)).held()).isEqualTo(i);
    }
  }

  @Test
  void malformedBytesAreRefused() {
    byte[] good = CODEC.encode(new ArrayList<>(List.of("a", "b")), "value");

    for (int i = 0; i < good.length; i++) {
      byte[] bad = Arrays.copyOf(good, i);
      assertThatThrownBy(() -> CODEC.decode(bad, 0, bad.length))
          .isInstanceOf(TaskSerializationException.class)
          .hasMessageStartingWith("cannot be read: ");
    }
    byte[] longer = Arrays.copyOf(good, good.length + 1);
    assertThatThrownBy(() -> CODEC.decode(longer, 0, longer.length))
        .isInstanceOf(TaskSerializationException.class);
  }
}
