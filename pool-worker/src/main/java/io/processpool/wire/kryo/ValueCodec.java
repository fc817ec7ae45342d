package io.processpool.wire.kryo;

import com.esotericsoftware.kryo.kryo5.DefaultSerializer;
import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.io.Input;
import io.processpool.TaskSerializationException;
import io.processpool.function.SerializableConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns values into bytes and back: plain ones directly, all others as an object graph through
 * Kryo.
 *
 * <p>Thread-safe, and may be called again from within user code that it calls.
 */
public final class ValueCodec {
  static {
    QuietKryo.load();
  }

  private final ResultFilter filter;
  private final KryoPool pool;

  /**
   * Creates a codec.
   *
   * @param loader finds the classes of what is read
   * @param customizer the user's own registrations, or {@code null}
   * @param filter says what may be read
   */
  public ValueCodec(
      ClassLoader loader,
      @Nullable SerializableConsumer<? super Kryo> customizer,
      ResultFilter filter) {
    this.filter = filter;
    this.pool = new KryoPool(new ClassNames(loader, filter), customizer);
  }

  /**
   * Whether reading a value back runs no user code.
   *
   * @param value any value
   * @return {@code true} for {@code null}, boxed primitives, strings and primitive arrays
   */
  public static boolean isPlain(@Nullable Object value) {
    return PlainFormat.isPlain(value);
  }

  /**
   * Tells whether the user said how to serialise a class.
   *
   * @param type any class
   * @return whether a default serialiser or an annotation of the user's is for it
   */
  public boolean isCustomised(Class<?> type) {
    if (!pool.isCustomised()) {
      return type.isAnnotationPresent(DefaultSerializer.class);
    }
    GraphKryo kryo = pool.borrow();
    boolean customised = kryo.isCustomised(type);
    pool.giveBack(kryo);
    return customised;
  }

  /**
   * About how many bytes a value takes.
   *
   * @param value any value
   * @return a good size for a buffer; for primitive arrays the exact one
   */
  public static int sizeHint(@Nullable Object value) {
    return PlainFormat.size(value);
  }

  /**
   * Appends a value.
   *
   * @param value any value
   * @param out where to; on failure its position is as before
   * @param what names the value in the message of a failure
   * @throws TaskSerializationException if the value cannot travel
   */
  public void encode(@Nullable Object value, GrowingOutput out, Object what) {
    int start = out.position();
    try {
      if (!PlainFormat.write(value, out)) {
        encodeGraph(value, out);
      }
    } catch (Throwable failure) {
      out.setPosition(start);
      throw EncodingFailures.explain(value, what, failure, pool);
    }
  }

  /**
   * Appends a function. One that captures nothing needs no Kryo, unless the user has a say in it.
   *
   * @param function the function
   * @param out where to; on failure its position is as before
   * @throws TaskSerializationException if it cannot travel
   */
  public void encodeFunction(Object function, GrowingOutput out) {
    int start = out.position();
    try {
      if (!pool.isCustomised() && BareLambda.write(function, out)) {
        return;
      }
    } catch (Throwable e) {
      out.setPosition(start); // what is wrong, the other way tells
    }
    encode(function, out, "function");
  }

  private void encodeGraph(@Nullable Object value, GrowingOutput out) throws Throwable {
    int start = out.position();
    try {
      GraphKryo kryo = pool.borrow();
      kryo.setMaxDepth(DeepStack.isHere() ? Integer.MAX_VALUE : DeepStack.ORDINARY_DEPTH);
      write(kryo, value, out);
      pool.giveBack(kryo);
    } catch (Throwable failure) {
      if (DeepStack.isHere() || !DeepStack.isNeededAfter(failure)) {
        throw failure;
      }
      out.setPosition(start);
      DeepStack.call(
          DeepStack.LARGEST,
          () -> {
            write(pool.make(), value, out);
            return out;
          });
    }
  }

  private static void write(Kryo kryo, @Nullable Object value, GrowingOutput out) {
    out.writeByte(PlainFormat.GRAPH);
    kryo.writeClassAndObject(out, value);
  }

  /**
   * Reads a value.
   *
   * @param bytes holds it
   * @param offset where it starts
   * @param length how long it is
   * @return the value
   * @throws TaskSerializationException if it cannot be read
   */
  public @Nullable Object decode(byte[] bytes, int offset, int length) {
    try {
      Input in = new Input(bytes, offset, length);
      int tag = in.readByte();
      if (tag == PlainFormat.GRAPH) {
        return decodeGraph(bytes, offset + 1, length - 1);
      }
      return plain(tag, in, length);
    } catch (Throwable failure) {
      throw DecodingFailures.explain(failure);
    }
  }

  /**
   * Reads what {@link #encodeFunction} wrote.
   *
   * @param bytes holds it
   * @param offset where it starts
   * @param length how long it is
   * @return the function
   * @throws TaskSerializationException if it cannot be read
   */
  public @Nullable Object decodeFunction(byte[] bytes, int offset, int length) {
    if (length == 0 || bytes[offset] != BareLambda.TAG) {
      return decode(bytes, offset, length);
    }
    try {
      Input in = new Input(bytes, offset + 1, length - 1);
      Object function = BareLambda.read(in, pool.names());
      checkEnd(in, in.limit());
      return function;
    } catch (Throwable failure) {
      throw DecodingFailures.explain(failure);
    }
  }

  /**
   * Reads a plain value, which runs no code of the user.
   *
   * @param in holds it and nothing else, from its position to its limit
   * @return the value
   * @throws TaskSerializationException if it cannot be read, or is not plain
   */
  public @Nullable Object decodePlain(Input in) {
    try {
      int length = in.limit() - in.position();
      int tag = in.readByte();
      if (tag == PlainFormat.GRAPH) {
        throw new NotTravellingException("it is not as plain as was said");
      }
      return plain(tag, in, length);
    } catch (Throwable failure) {
      throw DecodingFailures.explain(failure);
    }
  }

  /**
   * Checks that a plain value may be read, which was read otherwise.
   *
   * @param value the value
   * @param length how many bytes it takes
   * @throws TaskSerializationException if it must not be read
   */
  public void checkPlain(Object value, int length) {
    try {
      filter.checkPlain(value, length);
    } catch (Throwable failure) {
      throw DecodingFailures.explain(failure);
    }
  }

  /**
   * Tells whether there are limits to what may be read, even if it is plain.
   *
   * @return whether the filter has any
   */
  public boolean hasLimits() {
    return filter.hasLimits();
  }

  private @Nullable Object plain(int tag, Input in, int length) {
    Object value = PlainFormat.read(tag, in);
    checkEnd(in, in.limit());
    filter.checkPlain(value, length);
    return value;
  }

  private @Nullable Object decodeGraph(byte[] bytes, int offset, int length) throws Throwable {
    try {
      GraphKryo kryo = pool.borrow();
      kryo.setMaxDepth(DeepStack.isHere() ? Integer.MAX_VALUE : DeepStack.ORDINARY_DEPTH);
      Object value = read(kryo, bytes, offset, length);
      pool.giveBack(kryo);
      return value;
    } catch (Throwable failure) {
      if (DeepStack.isHere() || !DeepStack.isNeededAfter(failure)) {
        throw failure;
      }
      return DeepStack.<@Nullable Object>call(
          DeepStack.sizeFor(length), () -> read(pool.make(), bytes, offset, length));
    }
  }

  private static @Nullable Object read(GraphKryo kryo, byte[] bytes, int offset, int length) {
    Input in = new Input(bytes, offset, length);
    GraphKryo.admissionOf(kryo).begin(offset);
    Object value = kryo.readClassAndObject(in);
    GraphKryo.graphOf(kryo).complete();
    checkEnd(in, offset + length);
    return value;
  }

  private static void checkEnd(Input in, int end) {
    if (in.position() != end) {
      throw new NotTravellingException("it was not read as it was written");
    }
  }
}
