package io.processpool.wire;

import static io.processpool.wire.Codecs.CODEC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.processpool.TaskSerializationException;
import io.processpool.function.SerializableFunction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Functions on their way to a worker: those that capture nothing, and all others. */
class TaskFunctionTest {
  private static final PayloadCodec CUSTOMISED =
      new PayloadCodec(TaskFunctionTest.class.getClassLoader(), kryo -> {});

  private static final SerializableFunction<@Nullable Object, ?> FIELD = item -> item;

  private record Holder(@Nullable Object item) {
    @Override
    public String toString() {
      return "holder of " + item;
    }
  }

  private static TaskFunction function(SerializableFunction<@Nullable Object, ?> function) {
    return new TaskFunction.Unary(function);
  }

  private static String staticMethod(@Nullable Object item) {
    return "static " + item;
  }

  private static String called(TaskFunction function, PayloadCodec codec) throws Exception {
    return "" + TaskFunction.decode(function.encode(codec), codec).call("item");
  }

  @Test
  void everyKindArrives() throws Exception {
    String captured = "captured ";
    for (PayloadCodec codec : List.of(CODEC, CUSTOMISED)) {
      assertThat(called(function(item -> "lambda " + item), codec)).isEqualTo("lambda item");
      assertThat(called(function(TaskFunctionTest::staticMethod), codec)).isEqualTo("static item");
      assertThat(called(function(Object::toString), codec)).isEqualTo("item");
      assertThat(called(function(Holder::new), codec)).isEqualTo("holder of item");
      assertThat(called(function(item -> captured + item), codec)).isEqualTo("captured item");
    }
  }

  @Test
  void oneThatCapturesNothingConsistsOfNames() {
    SerializableFunction<@Nullable Object, ?> lambda = item -> item;
    byte[] function = function(lambda).encode(CODEC);

    byte[] sameAsValue = CODEC.encode(lambda, "value");
    assertThat(function.length).isLessThan(sameAsValue.length);
    assertThat(new String(function, StandardCharsets.ISO_8859_1))
        .contains("SerializableFunction")
        .doesNotContain("SerializedLambda");
  }

  @Test
  void theClassThatItIsFromMustBeThere() {
    byte[] function = function(item -> item).encode(CODEC);
    PayloadCodec stranger = new PayloadCodec(Codecs.withoutTestClasses(), null);

    assertThatThrownBy(() -> TaskFunction.decode(function, stranger))
        .isInstanceOf(TaskSerializationException.class)
        .hasMessage(
            "function cannot be read: class %s is not on the class path of this process",
            TaskFunctionTest.class.getName());
  }

  @Test
  void aFilterIsAskedForItsClass() {
    byte[] function = function(item -> item).encode(CODEC);
    PayloadCodec filtered =
        PayloadCodec.filtered(getClass().getClassLoader(), null, "!io.processpool.wire.*");

    assertThatThrownBy(() -> TaskFunction.decode(function, filtered))
        .isInstanceOf(TaskSerializationException.class)
        .hasMessageContaining("class " + TaskFunctionTest.class.getName() + " is rejected");
  }

  @Test
  void itIsNoValue() {
    byte[] function = function(item -> item).encode(CODEC);

    assertThatThrownBy(() -> CODEC.decode(function, 1, function.length - 1))
        .isInstanceOf(TaskSerializationException.class);
  }

  @Test
  void aPartOfItIsRefused() {
    byte[] function = function(item -> item).encode(CODEC);
    for (int length = 1; length < function.length; length++) {
      byte[] part = Arrays.copyOf(function, length);
      assertThatThrownBy(() -> TaskFunction.decode(part, CODEC))
          .isInstanceOf(TaskSerializationException.class)
          .hasMessageStartingWith("function cannot be read: ");
    }
    byte[] more = Arrays.copyOf(function, function.length + 1);
    assertThatThrownBy(() -> TaskFunction.decode(more, CODEC))
        .isInstanceOf(TaskSerializationException.class);
  }

  @Test
  void namesTellWhereLambdasAre() {
    SerializableFunction<@Nullable Object, ?> here = item -> item;
    String type = TaskFunctionTest.class.getName();

    assertThat(function(here).name())
        .isEqualTo("a lambda in " + type + ".namesTellWhereLambdasAre");
    assertThat(function(FIELD).name()).isEqualTo("a lambda in " + type);
    assertThat(function(TaskFunctionTest::staticMethod).name()).isEqualTo(type + ".staticMethod");
    assertThat(function(Holder::new).name())
        .isEqualTo("the constructor of " + Holder.class.getName());
  }
}
