package io.processpool.wire;

import static io.processpool.wire.Codecs.roundTrip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.esotericsoftware.kryo.kryo5.DefaultSerializer;
import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import com.esotericsoftware.kryo.kryo5.serializers.CompatibleFieldSerializer;
import com.esotericsoftware.kryo.kryo5.serializers.FieldSerializer;
import io.processpool.TaskSerializationException;
import io.processpool.function.SerializableConsumer;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The user's own serialisers, and use from many threads. */
class CustomizationTest {

  /** Not serialisable but by a serialiser of the user's. */
  static final class Engine extends Thread {
    final int size;

    Engine(int size) {
      this.size = size;
    }
  }

  static class EngineSerializer extends Serializer<Engine> {
    @Override
    public void write(Kryo kryo, Output output, Engine engine) {
      output.writeInt(engine.size);
    }

    @Override
    public Engine read(Kryo kryo, Input input, Class<? extends Engine> type) {
      return new Engine(input.readInt());
    }
  }

  interface Shape {}

  record Square(int side) implements Shape {}

  static class ShapeSerializer extends Serializer<Shape> {
    @Override
    public void write(Kryo kryo, Output output, Shape shape) {
      output.writeInt(((Square) shape).side() * 2);
    }

    @Override
    public Shape read(Kryo kryo, Input input, Class<? extends Shape> type) {
      return new Square(input.readInt());
    }
  }

  @DefaultSerializer(NoteSerializer.class)
  static final class Note {
    final String text;

    Note(String text) {
      this.text = text;
    }
  }

  /** Kryo makes it, so it must be public. */
  public static class NoteSerializer extends Serializer<Note> {
    @Override
    public void write(Kryo kryo, Output output, Note note) {
      output.writeString(note.text + "!");
    }

    @Override
    public Note read(Kryo kryo, Input input, Class<? extends Note> type) {
      return new Note(input.readString());
    }
  }

  static class Plain {
    public int number = 1;
    public String text = "text";
    @Nullable Object other;
  }

  /** Holds payloads, made by the very codec that writes it. */
  static final class Nested {
    final Object inside;

    Nested(Object inside) {
      this.inside = inside;
    }
  }

  private static PayloadCodec codec(SerializableConsumer<Kryo> customizer) {
    return new PayloadCodec(CustomizationTest.class.getClassLoader(), customizer);
  }

  @Test
  void registeredSerialisersComeFirst() {
    PayloadCodec codec = codec(kryo -> kryo.register(Engine.class, new EngineSerializer()));

    assertThat(roundTrip(codec, List.of(new Engine(3))).get(0).size).isEqualTo(3);
  }

  @Test
  void defaultSerialisersAndAnnotationsComeFirst() {
    PayloadCodec codec =
        codec(kryo -> kryo.addDefaultSerializer(Shape.class, new ShapeSerializer()));

    assertThat(roundTrip(codec, new Square(2))).isEqualTo(new Square(4));
    assertThat(roundTrip(codec, new Note("note")).text).isEqualTo("note!");
  }

  @Test
  void serialisersOfKryoCanBeUsed() {
    PayloadCodec registered =
        codec(kryo -> kryo.register(Plain.class, new FieldSerializer<>(kryo, Plain.class)));
    PayloadCodec general =
        codec(kryo -> kryo.setDefaultSerializer(CompatibleFieldSerializer.class));
    Plain plain = new Plain();
    plain.other = plain;

    for (PayloadCodec codec : List.of(registered, general)) {
      Plain arrived = roundTrip(codec, plain);
      assertThat(arrived.text).isEqualTo("text");
      assertThat(arrived.other).isSameAs(arrived);
    }
  }

  static class Annotated {
    @FieldSerializer.Bind(serializer = Backwards.class)
    String text = "abc";
  }

  /** Kryo makes it, so it must be public. */
  public static class Backwards extends Serializer<String> {
    @Override
    public void write(Kryo kryo, Output output, String text) {
      output.writeString(new StringBuilder(text).reverse().toString());
    }

    @Override
    public String read(Kryo kryo, Input input, Class<? extends String> type) {
      return input.readString();
    }
  }

  @Test
  void annotationsOfKryoOnFieldsCount() {
    assertThat(roundTrip(new Annotated()).text).isEqualTo("cba");
  }

  @Test
  void anythingMayBeRegisteredByName() {
    PayloadCodec codec =
        codec(
            kryo -> {
              kryo.register(Shape.class);
              kryo.register(Runnable.class);
              kryo.register(java.util.AbstractList.class);
              kryo.register(Square[].class);
              kryo.register(Square.class, 500);
            });
    int before = Codecs.CODEC.encode(new Square(1), "value").length;

    assertThat(roundTrip(codec, new Square[] {new Square(1)})).containsExactly(new Square(1));
    assertThat(codec.encode(new Square(1), "value").length).isLessThan(before);
  }

  @Test
  void cyclesThroughAUsersSerialiserArriveToo() {
    PayloadCodec codec = codec(kryo -> kryo.register(Nested.class, new NestedSerializer()));
    Object[] array = new Object[1];
    Nested nested = new Nested(array);
    array[0] = nested;
    Nested direct = new Nested(new Holder());
    ((Holder) direct.inside).held = direct;

    assertThat(((Object[]) roundTrip(codec, nested).inside)[0]).isNotNull();
    Nested arrived = roundTrip(codec, direct);
    assertThat(((Holder) arrived.inside).held).isSameAs(arrived);
  }

  static final class Holder {
    Object held;
  }

  /** Never tells Kryo of the object before its parts are read. */
  static class NestedSerializer extends Serializer<Nested> {
    @Override
    public void write(Kryo kryo, Output output, Nested nested) {
      kryo.writeClassAndObject(output, nested.inside);
    }

    @Override
    public Nested read(Kryo kryo, Input input, Class<? extends Nested> type) {
      return new Nested(kryo.readClassAndObject(input));
    }
  }

  @Test
  void nothingIsHeldOnToAfterACall() throws Exception {
    WeakReference<?>[] references = sendAndForget();

    for (int i = 0; i < 100 && Stream.of(references).anyMatch(r -> r.get() != null); i++) {
      System.gc();
      Thread.sleep(10);
    }
    assertThat(references).allMatch(reference -> reference.get() == null);
  }

  private static WeakReference<?>[] sendAndForget() {
    Nested sent = new Nested(new Holder());
    ((Holder) sent.inside).held = sent;
    Nested arrived = roundTrip(sent);
    return new WeakReference<?>[] {
      new WeakReference<>(sent), new WeakReference<>(sent.inside), new WeakReference<>(arrived)
    };
  }

  @Test
  void aCustomizerThatFailsIsReported() {
    PayloadCodec codec =
        codec(
            kryo -> {
              throw new IllegalStateException("customizer");
            });

    assertThatThrownBy(() -> codec.encode(List.of(), "argument"))
        .isInstanceOf(TaskSerializationException.class)
        .hasMessageContaining("customizer");
    assertThat(roundTrip(codec, "plain values need no Kryo")).isNotEmpty();
  }

  @Test
  void aSerialiserMayUseTheCodecItself() {
    PayloadCodec[] self = new PayloadCodec[1];
    Serializer<Nested> serializer =
        new Serializer<>() {
          @Override
          public void write(Kryo kryo, Output output, Nested nested) {
            byte[] bytes = self[0].encode(nested.inside, "inside");
            output.writeInt(bytes.length);
            output.writeBytes(bytes);
          }

          @Override
          public Nested read(Kryo kryo, Input input, Class<? extends Nested> type) {
            byte[] bytes = input.readBytes(input.readInt());
            return new Nested(Objects.requireNonNull(self[0].decode(bytes, 0, bytes.length)));
          }
        };
    self[0] =
        new PayloadCodec(
            CustomizationTest.class.getClassLoader(),
            kryo -> kryo.register(Nested.class, serializer));
    Nested value = new Nested(new Nested(new ArrayList<>(List.of(new Nested("innermost")))));

    Nested arrived = roundTrip(self[0], value);

    List<?> list = (List<?>) ((Nested) arrived.inside).inside;
    assertThat(((Nested) list.get(0)).inside).isEqualTo("innermost");
  }

  @Test
  void kryoInstancesAreKept() {
    AtomicInteger made = new AtomicInteger();
    PayloadCodec codec =
        new PayloadCodec(CustomizationTest.class.getClassLoader(), kryo -> made.incrementAndGet());

    for (int i = 0; i < 100; i++) {
      roundTrip(codec, new Square(i));
    }

    assertThat(made).hasValueLessThan(10);
  }

  @Test
  void manyThreadsMayShareACodec() throws Exception {
    PayloadCodec codec = codec(kryo -> kryo.register(Square.class));
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        Object value = List.of(i, new Square(i), new ArrayList<>(List.of("a" + i)));
        tasks.add(() -> value.equals(roundTrip(codec, value)));
      }
      for (Future<Boolean> equal : threads.invokeAll(tasks)) {
        assertThat(equal.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void eachPayloadStandsAlone() {
    Square shared = new Square(1);
    Output out = new Output(16, -1);
    Codecs.CODEC.encode(shared, out, "item 0");
    int end = out.position();
    Codecs.CODEC.encode(shared, out, "item 1");

    Object second = Codecs.CODEC.decode(out.getBuffer(), end, out.position() - end);

    assertThat(second).isEqualTo(shared);
    assertThat(out.position() - end).isEqualTo(end);
  }
}
