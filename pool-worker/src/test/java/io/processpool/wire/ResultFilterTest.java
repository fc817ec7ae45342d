package io.processpool.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.serializers.JavaSerializer;
import io.processpool.RemoteTaskException;
import io.processpool.TaskSerializationException;
import io.processpool.function.SerializableCallable;
import io.processpool.function.SerializableConsumer;
import java.io.Serial;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.math.BigInteger;
import java.rmi.RemoteException;
import java.rmi.server.ExportException;
import java.rmi.server.ObjID;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import javax.management.BadAttributeValueExpException;
import org.apache.commons.collections.functors.InvokerTransformer;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a codec with a filter reads, and what it does not. */
class ResultFilterTest {
  private static final String BLOCKED = "!" + ResultFilterTest.class.getName() + "$Blocked*";

  static class Blocked {
    int number = 1;
  }

  record BlockedRecord(int number) {}

  enum BlockedEnum {
    ONE {},
    TWO
  }

  static final class BlockedForJava implements Serializable {
    @Serial private static final long serialVersionUID = 1L;

    @Serial
    private Object readResolve() {
      return this;
    }
  }

  interface BlockedInterface {}

  record BlockedHandler() implements InvocationHandler, Serializable {
    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) {
      return "";
    }
  }

  record Handler() implements InvocationHandler, Serializable {
    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) {
      return "";
    }
  }

  static final class BlockedLambdas {
    static SerializableCallable<Integer> lambda() {
      return () -> 1;
    }
  }

  record Holder(Object held) {}

  static Stream<Named<Object>> waysToHide() {
    Blocked blocked = new Blocked();
    EnumMap<BlockedEnum, Integer> map = new EnumMap<>(BlockedEnum.class);
    map.put(BlockedEnum.TWO, 1);
    SerializableCallable<Object> capturing = () -> blocked;
    return Stream.of(
        Named.of("itself", blocked),
        Named.of("record", new BlockedRecord(1)),
        Named.of("enum", BlockedEnum.TWO),
        Named.of("enum with a body", BlockedEnum.ONE),
        Named.of("enum set", EnumSet.of(BlockedEnum.TWO)),
        Named.of("enum map", map),
        Named.of("in a list", new ArrayList<>(List.of(blocked))),
        Named.of("in an immutable list", List.of(blocked)),
        Named.of("key", new HashMap<>(Map.of(blocked, 1))),
        Named.of("in a record", new Holder(blocked)),
        Named.of("in an optional", Optional.of(blocked)),
        Named.of("array", new Blocked[0][0]),
        Named.of("in an array", new Object[] {blocked}),
        Named.of("class object", Blocked.class),
        Named.of("class object of an array", Blocked[].class),
        Named.of("Java-serialised", new BlockedForJava()),
        Named.of(
            "array in Java serialisation",
            new LinkedBlockingQueue<>(Set.<Object>of((Object) new Blocked[0]))),
        Named.of("in Java serialisation", new LinkedBlockingQueue<>(List.of(blocked))),
        Named.of("both", new LinkedBlockingQueue<>(List.of(new BlockedForJava()))),
        Named.of("class in Java serialisation", new LinkedBlockingQueue<>(List.of(Blocked.class))),
        Named.of("lambda", BlockedLambdas.lambda()),
        Named.of("captured", capturing),
        Named.of("proxy", proxy(BlockedInterface.class, new Handler())),
        Named.of("handler of a proxy", proxy(Comparable.class, new BlockedHandler())),
        Named.of(
            "proxy in Java serialisation",
            new LinkedBlockingQueue<>(List.of(proxy(BlockedInterface.class, new Handler())))));
  }

  private static Object proxy(Class<?> type, InvocationHandler handler) {
    return Proxy.newProxyInstance(
        type.getClassLoader() == null
            ? ResultFilterTest.class.getClassLoader()
            : type.getClassLoader(),
        new Class<?>[] {type},
        handler);
  }

  @ParameterizedTest
  @MethodSource("waysToHide")
  void aRejectedClassIsFoundWhereverItIs(Object value) {
    byte[] bytes = Codecs.CODEC.encode(value, "value");
    assertThatThrownBy(() -> decode(filtered(BLOCKED), bytes))
        .isInstanceOf(TaskSerializationException.class)
        .hasMessageContaining("class " + ResultFilterTest.class.getName() + "$Blocked")
        .hasMessageContaining("is rejected by the result filter '" + BLOCKED + "'");
    PayloadCodec onlyTheJdk = filtered("java.base/**;!*");
    assertThatThrownBy(() -> decode(onlyTheJdk, bytes))
        .isInstanceOf(TaskSerializationException.class)
        .hasMessageContaining("is rejected by the result filter");
    decode(filtered(null), bytes);
    decode(filtered("io.processpool.**;java.base/*;!*"), bytes);
  }

  @Test
  void aCodecThatHasRejectedReadsOn() {
    PayloadCodec codec = filtered(BLOCKED);
    byte[] bad = Codecs.CODEC.encode(List.of(new Blocked()), "value");
    byte[] good = Codecs.CODEC.encode(List.of(new Handler()), "value");
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> decode(codec, bad)).hasMessageContaining("is rejected by");
      assertThat(decode(codec, good)).isEqualTo(List.of(new Handler()));
    }
  }

  @Test
  void streamsOfKryosOwnSerialiserAreFilteredToo() {
    SerializableConsumer<Kryo> customizer =
        kryo -> kryo.register(BlockedForJava.class, new JavaSerializer());
    SerializableConsumer<Kryo> holder =
        kryo -> kryo.register(ArrayList.class, new JavaSerializer());
    PayloadCodec plain = new PayloadCodec(loader(), holder);
    PayloadCodec codec = PayloadCodec.filtered(loader(), holder, BLOCKED);
    byte[] bytes = plain.encode(new ArrayList<>(List.of(new BlockedForJava())), "value");
    byte[] fine = plain.encode(new ArrayList<>(List.of(1)), "value");
    assertThatThrownBy(() -> decode(codec, bytes)).hasMessageContaining("$BlockedForJava is rej");
    assertThat(decode(codec, fine)).isEqualTo(List.of(1));
    assertThatThrownBy(
            () ->
                Codecs.roundTrip(
                    PayloadCodec.filtered(loader(), customizer, BLOCKED), new BlockedForJava()))
        .hasMessageContaining("$BlockedForJava is rejected");
  }

  @Test
  void plainValuesAlwaysPass() {
    PayloadCodec nothing = filtered("!*");
    for (Object value : new Object[] {1, "text", 'c', 2.0, true}) {
      assertThat(Codecs.roundTrip(nothing, value)).isEqualTo(value);
    }
    assertThat(Codecs.roundTrip(nothing, new int[] {1, 2})).containsExactly(1, 2);
    assertThatThrownBy(() -> Codecs.roundTrip(nothing, BigInteger.ONE))
        .hasMessageContaining("class java.math.BigInteger is rejected");
  }

  static Stream<Named<Object>> longerThanThree() {
    return Stream.of(
        Named.of("int[]", new int[4]),
        Named.of("Object[]", new Object[4]),
        Named.of("nested", new Object[] {new byte[4]}),
        Named.of("ArrayList", new ArrayList<>(List.of(1, 2, 3, 4))),
        Named.of("List.of", List.of(1, 2, 3, 4)),
        Named.of("HashMap", new HashMap<>(Map.of(1, 1, 2, 2, 3, 3, 4, 4))),
        Named.of("Map.of", Map.of(1, 1, 2, 2, 3, 3, 4, 4)),
        Named.of("Java-serialised", new LinkedBlockingQueue<>(List.of(new int[4]))));
  }

  @ParameterizedTest
  @MethodSource("longerThanThree")
  void arraysHaveALimit(Object value) {
    byte[] bytes = Codecs.CODEC.encode(value, "value");
    PayloadCodec codec = filtered("maxarray=3");
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> decode(codec, bytes))
          .isInstanceOf(TaskSerializationException.class)
          .hasMessageContaining("4 elements are rejected by the result filter 'maxarray=3'");
      assertThat((int[]) decode(codec, Codecs.CODEC.encode(new int[3], ""))).hasSize(3);
    }
    decode(filtered("maxarray=4"), bytes);
  }

  @Test
  void depthIsCountedThroughBothKindsOfSerialisation() {
    Object deep =
        new Holder(new Holder(new LinkedBlockingQueue<>(Set.<Object>of((Object) new int[] {1}))));
    byte[] bytes = Codecs.CODEC.encode(deep, "value");
    assertThatThrownBy(() -> decode(filtered("maxdepth=4"), bytes))
        .hasMessageContaining("at depth 5");
    decode(filtered("maxdepth=9"), bytes);
  }

  @Test
  void referencesAndBytesAreCountedThroughBothKindsOfSerialisation() {
    List<Object> many = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      many.add(new LinkedBlockingQueue<>(List.of(1, 2, 3)));
    }
    byte[] bytes = Codecs.CODEC.encode(many, "value");
    PayloadCodec few = filtered("maxrefs=50");
    PayloadCodec enough = filtered("maxrefs=500");
    assertThatThrownBy(() -> decode(few, bytes)).hasMessageContaining("51 references");
    for (int i = 0; i < 20; i++) {
      decode(enough, bytes);
    }
    assertThatThrownBy(() -> decode(filtered("maxbytes=100"), bytes))
        .hasMessageContaining("bytes are rejected");
    decode(filtered("maxbytes=" + 2 * bytes.length), bytes);
    assertThatThrownBy(() -> Codecs.roundTrip(filtered("maxbytes=100"), "x".repeat(101)))
        .hasMessageContaining("bytes are rejected");
  }

  @Test
  void classesKnownFromAttacksAreRejectedBeforeTheyAreInitialised() {
    byte[] bytes = Codecs.CODEC.encode(List.of(new InvokerTransformer()), "value");
    String name = "org.apache.commons.collections.functors.InvokerTransformer";
    System.clearProperty(InvokerTransformer.INITIALISED);
    ClassLoader fresh = Codecs.childFirst("org.apache.commons.");
    assertThatThrownBy(() -> decode(PayloadCodec.filtered(fresh, null, null), bytes))
        .isInstanceOf(TaskSerializationException.class)
        .hasMessageContaining("class " + name + " is rejected by the safe default");
    assertThat(System.getProperty(InvokerTransformer.INITIALISED)).isNull();
    decode(PayloadCodec.filtered(fresh, null, "org.apache.commons.**"), bytes);
    assertThat(System.getProperty(InvokerTransformer.INITIALISED)).isEqualTo("true");
  }

  @Test
  void classesOfTheJdkThatAreKnownFromAttacksAreRejected() {
    PayloadCodec codec = filtered(null);
    for (Object value : List.of(new ObjID(), new BadAttributeValueExpException("x"))) {
      assertThatThrownBy(() -> Codecs.roundTrip(codec, value))
          .hasMessageContaining("class " + value.getClass().getName() + " is rejected");
    }
    assertThatThrownBy(() -> Codecs.roundTrip(codec, java.security.SignedObject.class))
        .hasMessageContaining("class java.security.SignedObject is rejected");
  }

  @Test
  void rejectedExceptionsAreDescribed() {
    Throwable failure =
        new IllegalStateException("outer", new BadAttributeValueExpException("inner"));
    Throwable read = Codecs.roundTripFailure(Codecs.CODEC, filtered(null), failure);
    assertThat(read).isInstanceOf(RemoteTaskException.class).hasMessageContaining("outer");
    assertThat(read.getStackTrace()).isEqualTo(failure.getStackTrace());
    assertThat(read.getCause())
        .isInstanceOf(RemoteTaskException.class)
        .hasMessageContaining(BadAttributeValueExpException.class.getName());
  }

  @Test
  void harmlessExceptionsOfTheSamePackagesPass() {
    for (Throwable failure : List.of(new RemoteException("x"), new ExportException("x"))) {
      assertThat(Codecs.roundTripFailure(Codecs.CODEC, filtered(null), failure))
          .hasSameClassAs(failure)
          .hasMessage(failure.getMessage());
    }
  }

  private static PayloadCodec filtered(String pattern) {
    return PayloadCodec.filtered(loader(), null, pattern);
  }

  private static ClassLoader loader() {
    return ResultFilterTest.class.getClassLoader();
  }

  private static Object decode(PayloadCodec codec, byte[] bytes) {
    return codec.decode(bytes, 0, bytes.length);
  }
}
