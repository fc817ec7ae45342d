package io.processpool.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.esotericsoftware.kryo.kryo5.serializers.JavaSerializer;
import io.processpool.function.SerializableCallable;
import io.processpool.function.SerializableFunction;
import io.processpool.spi.Chunk;
import io.processpool.wire.PayloadCodec;
import io.processpool.wire.TaskFunction;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Which functions have a name, under which workers keep them. */
class FunctionsTest {
  private final PayloadCodec codec = new PayloadCodec(FunctionsTest.class.getClassLoader(), null);
  private final Functions functions = new Functions(codec, 2);

  @Test
  void whatCapturesNothingIsKeptForTheNextTask() throws Exception {
    Supplier<SerializableCallable<?>> lambda = () -> () -> 7;
    Chunk.Function first = functions.ofTask(task(lambda.get()));
    assertThat(first.id()).isNotEqualTo(Functions.NAMELESS);
    assertThat(functions.ofTask(task(lambda.get()))).isSameAs(first);
    assertThat(TaskFunction.decode(first.bytes(), codec).call(null)).isEqualTo(7);
  }

  @Test
  void whatIsNotTheSameHasAnotherName() {
    Chunk.Function seven = functions.ofTask(task(() -> 7));
    Chunk.Function environment = functions.ofTask(task(System::getenv));
    assertThat(environment.id()).isNotIn(seven.id(), Functions.NAMELESS);
  }

  @Test
  void aClassMayTakeFewerArgumentsAndMore() throws Exception {
    Both both = x -> "given " + x;
    Chunk.Function none = functions.ofTask(new TaskFunction.Nullary(both));
    @SuppressWarnings("unchecked")
    TaskFunction unary = new TaskFunction.Unary((SerializableFunction<Object, ?>) (Object) both);
    Chunk.Function one = functions.ofTask(unary);
    assertThat(TaskFunction.decode(none.bytes(), codec).call("argument")).isEqualTo("none");
    assertThat(TaskFunction.decode(one.bytes(), codec).call("argument"))
        .isEqualTo("given argument");
    assertThat(one.id()).isEqualTo(Functions.NAMELESS);
  }

  private interface Both
      extends SerializableCallable<String>, SerializableFunction<Object, String> {
    @Override
    default String call() {
      return "none";
    }
  }

  @Test
  void whatTheUserSerialisesGoesWithItsTask() {
    PayloadCodec custom =
        new PayloadCodec(
            FunctionsTest.class.getClassLoader(),
            kryo -> kryo.addDefaultSerializer(SerializableCallable.class, JavaSerializer.class));
    Functions customised = new Functions(custom, 2);
    assertThat(customised.ofTask(task(() -> 7)).id()).isEqualTo(Functions.NAMELESS);
  }

  @Test
  void whatCapturesAnythingGoesWithItsTask() {
    String text = String.valueOf(getClass());
    assertThat(functions.ofTask(task(() -> text)).id()).isEqualTo(Functions.NAMELESS);
    assertThat(functions.ofTask(task(text::length)).id()).isEqualTo(Functions.NAMELESS);
    assertThat(functions.ofTask(task(new Stateful())).id()).isEqualTo(Functions.NAMELESS);
  }

  @Test
  void whatGoesWithManyTasksIsHeldOnce() {
    String text = String.valueOf(getClass());
    SerializableCallable<?> function = () -> text;
    byte[] first = functions.ofTask(task(function)).bytes();
    assertThat(functions.ofTask(task(function)).bytes()).isSameAs(first);
  }

  @Test
  void thereIsAnEndToWhatIsKept() {
    Chunk.Function first = functions.ofTask(task(() -> 1));
    functions.ofTask(task(() -> 2));
    assertThat(functions.ofTask(task(() -> 3)).id()).isEqualTo(Functions.NAMELESS);
    assertThat(first.id()).isNotEqualTo(Functions.NAMELESS);
  }

  @Test
  void aFunctionOfSeveralItemsAlwaysHasAnotherName() {
    SerializableCallable<?> function = () -> 1;
    int first = functions.ofItems(task(function)).id();
    assertThat(functions.ofItems(task(function)).id()).isNotIn(first, Functions.NAMELESS);
    assertThat(functions.ofTask(task(function)).id()).isNotIn(first, Functions.NAMELESS);
  }

  private static TaskFunction task(SerializableCallable<?> function) {
    return new TaskFunction.Nullary(function);
  }

  private static final class Stateful implements SerializableCallable<Integer> {
    private static final long serialVersionUID = 1L;

    private int calls;

    @Override
    public Integer call() {
      return ++calls;
    }
  }
}
