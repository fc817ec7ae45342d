package io.processpool.wire;

import io.processpool.Args;
import io.processpool.TaskSerializationException;
import io.processpool.function.SerializableBiFunction;
import io.processpool.function.SerializableCallable;
import io.processpool.function.SerializableFunction;
import io.processpool.function.SerializableTriFunction;
import io.processpool.wire.kryo.Captures;
import io.processpool.wire.kryo.FunctionName;
import io.processpool.wire.kryo.GrowingOutput;
import org.jspecify.annotations.Nullable;

/**
 * A user's function in the form in which all of them run: of one item. For a function of several
 * arguments the item is an {@link Args}; for one of none it is {@code null}.
 */
public sealed interface TaskFunction {

  /**
   * The user's function.
   *
   * @return the function
   */
  Object task();

  /**
   * Runs the function.
   *
   * @param item the item
   * @return the result
   * @throws Exception whatever the function throws
   */
  @Nullable Object call(@Nullable Object item) throws Exception;

  /**
   * Encodes the function: the number of its arguments (1 byte), and the user's function.
   *
   * @param codec what encodes it
   * @return the bytes
   * @throws TaskSerializationException if the user's function cannot travel
   */
  default byte[] encode(PayloadCodec codec) {
    GrowingOutput out = new GrowingOutput(256);
    out.writeByte(arguments());
    codec.encodeFunction(task(), out);
    return out.toBytes();
  }

  /**
   * What the user's function is called.
   *
   * @return the name of its class, or of the method that it refers to or was written in
   */
  default String name() {
    return FunctionName.of(task());
  }

  /**
   * Tells whether all functions of the same class as the user's function are the same.
   *
   * @return whether it is a lambda or a method reference that captures nothing
   */
  default boolean capturesNothing() {
    return Captures.nothing(task());
  }

  /**
   * How many arguments the user's function takes.
   *
   * @return a number from 0 to 3
   */
  int arguments();

  /**
   * Makes ready what the encoding of a first function needs, while there is nothing else to do.
   * Whatever goes wrong, such as in the user's registrations, will do so again then.
   *
   * @param codec what encodes functions
   */
  static void prepare(PayloadCodec codec) {
    try {
      TaskFunction nothing = new Nullary(() -> null);
      var unused = nothing.name() + nothing.encode(codec).length;
    } catch (RuntimeException e) {
      // Then it cannot be made ready.
    }
  }

  /**
   * Decodes a function.
   *
   * @param bytes what {@link #encode} made
   * @param codec what decodes it
   * @return the function
   * @throws TaskSerializationException if the user's function cannot be read
   */
  @SuppressWarnings("unchecked") // encode() was given nothing else
  static TaskFunction decode(byte[] bytes, PayloadCodec codec) {
    Object task = task(bytes, codec);
    return switch (bytes[0]) {
      case 0 -> new Nullary((SerializableCallable<?>) task);
      case 1 -> new Unary((SerializableFunction<@Nullable Object, ?>) task);
      case 2 -> new Binary((SerializableBiFunction<@Nullable Object, @Nullable Object, ?>) task);
      case 3 ->
          new Ternary(
              (SerializableTriFunction<@Nullable Object, @Nullable Object, @Nullable Object, ?>)
                  task);
      default -> throw new IllegalArgumentException("A function of " + bytes[0] + " arguments");
    };
  }

  private static @Nullable Object task(byte[] bytes, PayloadCodec codec) {
    try {
      return codec.decodeFunction(bytes, 1, bytes.length - 1);
    } catch (TaskSerializationException e) {
      throw new TaskSerializationException("function " + e.getMessage(), e.getCause());
    }
  }

  /**
   * A function of no argument.
   *
   * @param task the user's function
   */
  record Nullary(SerializableCallable<?> task) implements TaskFunction {
    @Override
    public int arguments() {
      return 0;
    }

    @Override
    public @Nullable Object call(@Nullable Object item) throws Exception {
      return task.call();
    }
  }

  /**
   * A function of one argument.
   *
   * @param task the user's function
   */
  record Unary(SerializableFunction<@Nullable Object, ?> task) implements TaskFunction {
    @Override
    public int arguments() {
      return 1;
    }

    @Override
    public @Nullable Object call(@Nullable Object item) throws Exception {
      return task.apply(item);
    }
  }

  /**
   * A function of two arguments.
   *
   * @param task the user's function
   */
  record Binary(SerializableBiFunction<@Nullable Object, @Nullable Object, ?> task)
      implements TaskFunction {
    @Override
    public int arguments() {
      return 2;
    }

    @Override
    public @Nullable Object call(@Nullable Object item) throws Exception {
      Args.Pair<?, ?> args = (Args.Pair<?, ?>) item;
      return task.apply(args.first(), args.second());
    }
  }

  /**
   * A function of three arguments.
   *
   * @param task the user's function
   */
  record Ternary(
      SerializableTriFunction<@Nullable Object, @Nullable Object, @Nullable Object, ?> task)
      implements TaskFunction {
    @Override
    public int arguments() {
      return 3;
    }

    @Override
    public @Nullable Object call(@Nullable Object item) throws Exception {
      Args.Triple<?, ?, ?> args = (Args.Triple<?, ?, ?>) item;
      return task.apply(args.first(), args.second(), args.third());
    }
  }
}
