package io.processpool.wire;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import io.processpool.RemoteTaskException;
import io.processpool.TaskSerializationException;
import io.processpool.function.SerializableConsumer;
import io.processpool.wire.kryo.GrowingOutput;
import io.processpool.wire.kryo.ResultFilter;
import io.processpool.wire.kryo.ValueCodec;
import org.jspecify.annotations.Nullable;

/**
 * Turns functions, arguments, results and failures into payloads and back.
 *
 * <p>Each payload stands alone: an object that two of them contain arrives as two. Within one, an
 * object that is referred to twice arrives as one, and cycles arrive as cycles.
 *
 * <p>The user's own Kryo registrations, default serialisers and annotations come first. A default
 * serialiser counts for the user's classes only: to replace that of a JDK class, register it.
 *
 * <p>Thread-safe. User code that runs during a call, such as a serialiser of the user's, may call
 * the same codec again.
 */
public final class PayloadCodec {
  private final ValueCodec values;
  private final FailureCodec failures;

  /**
   * Creates a codec.
   *
   * @param loader finds the classes of what is read
   * @param customizer the user's own registrations, run on every Kryo instance of this codec; or
   *     {@code null}
   */
  public PayloadCodec(ClassLoader loader, @Nullable SerializableConsumer<? super Kryo> customizer) {
    this(new ValueCodec(loader, customizer, ResultFilter.NONE));
  }

  private PayloadCodec(ValueCodec values) {
    this.values = values;
    this.failures = new FailureCodec(values);
  }

  /**
   * Creates a codec that does not read just any class: a {@linkplain #decode value} with one that
   * must not be read is refused, a {@linkplain #decodeFailure failure} is only described. A class
   * is looked at before it is initialised.
   *
   * <p>Text, primitives and their arrays are always read; the safe default rejects classes that are
   * known from attacks. Java-serialised parts are also subject to the filter that this JVM may have
   * for all Java serialisation.
   *
   * @param loader finds the classes of what is read
   * @param customizer the user's own registrations, or {@code null}
   * @param filter a pattern of {@link java.io.ObjectInputFilter.Config#createFilter}; {@code null}
   *     for the safe default alone
   * @return the codec
   */
  public static PayloadCodec filtered(
      ClassLoader loader,
      @Nullable SerializableConsumer<? super Kryo> customizer,
      @Nullable String filter) {
    return new PayloadCodec(new ValueCodec(loader, customizer, ResultFilter.of(filter)));
  }

  /**
   * Appends a value.
   *
   * @param value any value
   * @param out a buffer without a stream behind it; on failure its position is as before
   * @param what names the value and starts the message of a failure, such as {@code "item 3"}; its
   *     text is asked for only then
   * @throws TaskSerializationException if the value cannot travel; the message names the class at
   *     fault and the way to it
   */
  public void encode(@Nullable Object value, Output out, Object what)
      throws TaskSerializationException {
    GrowingOutput buffer = GrowingOutput.sharing(out);
    values.encode(value, buffer, what);
    buffer.giveTo(out);
  }

  /**
   * Appends a function of the user's.
   *
   * @param function any object
   * @param out a buffer; on failure its position is as before
   * @throws TaskSerializationException if the function cannot travel; the message names the class
   *     at fault and the way to it
   */
  void encodeFunction(Object function, GrowingOutput out) throws TaskSerializationException {
    values.encodeFunction(function, out);
  }

  /**
   * Reads a function.
   *
   * @param bytes holds what {@link #encodeFunction} wrote
   * @param offset where it starts
   * @param length how long it is
   * @return the function
   * @throws TaskSerializationException if it cannot be read
   */
  @Nullable Object decodeFunction(byte[] bytes, int offset, int length)
      throws TaskSerializationException {
    return values.decodeFunction(bytes, offset, length);
  }

  /**
   * Encodes a value by itself.
   *
   * @param value any value
   * @param what names the value and starts the message of a failure, such as {@code "function"}
   * @return the payload
   * @throws TaskSerializationException if the value cannot travel; the message names the class at
   *     fault and the way to it
   */
  public byte[] encode(@Nullable Object value, String what) throws TaskSerializationException {
    GrowingOutput buffer = new GrowingOutput(ValueCodec.sizeHint(value));
    values.encode(value, buffer, what);
    return buffer.takeBytes();
  }

  /**
   * Reads a value.
   *
   * @param bytes holds a payload
   * @param offset where it starts
   * @param length how long it is
   * @return the value, possibly {@code null}
   * @throws TaskSerializationException if the value cannot be read, for instance because a class is
   *     not on this process's class path
   */
  public @Nullable Object decode(byte[] bytes, int offset, int length)
      throws TaskSerializationException {
    return values.decode(bytes, offset, length);
  }

  /**
   * Appends a failure: what it says, its frames, causes and suppressed exceptions, and if possible
   * the exception itself.
   *
   * <p>Does not throw, whatever the exception's own methods do.
   *
   * @param failure any throwable
   * @param out a buffer without a stream behind it
   */
  public void encodeFailure(Throwable failure, Output out) {
    GrowingOutput buffer = GrowingOutput.sharing(out);
    failures.encode(failure, buffer);
    buffer.giveTo(out);
  }

  /**
   * Reads a value of those that are {@linkplain #isPlain plain}, which runs no user code.
   *
   * @param in holds the payload and nothing else, from its position to its limit
   * @return the value, possibly {@code null}
   * @throws TaskSerializationException if it cannot be read, or is another one
   */
  @Nullable Object decodePlain(Input in) throws TaskSerializationException {
    return values.decodePlain(in);
  }

  /** Checks that a plain value, which takes so many bytes, may be read. */
  void checkPlain(Object value, int length) throws TaskSerializationException {
    values.checkPlain(value, length);
  }

  /**
   * Whether what is read may be too much, even if it is plain.
   *
   * @return whether there are limits
   */
  public boolean hasLimits() {
    return values.hasLimits();
  }

  /**
   * Reads a failure.
   *
   * @param bytes holds a failure
   * @param offset where it starts
   * @param length how long it is
   * @return the exception itself, with the frames it had where it was thrown; or, if it cannot be
   *     read, a {@link io.processpool.RemoteTaskException} that says the same
   */
  public Throwable decodeFailure(byte[] bytes, int offset, int length) {
    return failures.decode(bytes, offset, length);
  }

  /**
   * Describes a failure without running user code.
   *
   * @param bytes holds a failure
   * @param offset where it starts
   * @param length how long it is
   * @return an exception that says what the failure says
   */
  RemoteTaskException decodeFailureInWords(byte[] bytes, int offset, int length) {
    return failures.decodeInWords(bytes, offset, length);
  }

  /**
   * Tells whether the user said how to serialise a class.
   *
   * @param type any class
   * @return whether a default serialiser or an annotation of the user's is for it
   */
  public boolean isCustomised(Class<?> type) {
    return values.isCustomised(type);
  }

  /**
   * Whether reading a value back runs no user code.
   *
   * @param value any value
   * @return {@code true} for {@code null}, boxed primitives, strings and primitive arrays
   */
  public static boolean isPlain(@Nullable Object value) {
    return ValueCodec.isPlain(value);
  }
}
