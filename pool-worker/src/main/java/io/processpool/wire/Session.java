package io.processpool.wire;

import com.esotericsoftware.kryo.kryo5.Kryo;
import io.processpool.function.SerializableConsumer;
import io.processpool.function.SerializableRunnable;
import org.jspecify.annotations.Nullable;

/**
 * What a worker needs before its first chunk. Its bytes are a {@link Block}: the customizer of the
 * serialiser, then what is encoded with the customized serialiser.
 *
 * @param codec encodes and decodes what tasks take and give
 * @param initializer run before the first task, or {@code null}
 * @param finalizer run at the orderly end, or {@code null}
 */
public record Session(
    PayloadCodec codec,
    @Nullable SerializableRunnable initializer,
    @Nullable SerializableRunnable finalizer) {

  /**
   * Encodes a session in the parent.
   *
   * @param customizer the user's registrations, or {@code null}
   * @param codec a codec made with that customizer
   * @param initializer run before the first task, or {@code null}
   * @param finalizer run at the orderly end, or {@code null}
   * @return the session
   * @throws io.processpool.TaskSerializationException if one of them cannot travel
   */
  public static byte[] encode(
      @Nullable SerializableConsumer<? super Kryo> customizer,
      PayloadCodec codec,
      @Nullable SerializableRunnable initializer,
      @Nullable SerializableRunnable finalizer) {
    Block.Writer block = new Block.Writer();
    PayloadCodec plain = new PayloadCodec(Session.class.getClassLoader(), null);
    block.addValue(customizer, plain, "customizer of the serialiser");
    block.addValue(initializer, codec, "initializer");
    block.addValue(finalizer, codec, "finalizer");
    return block.take();
  }

  /**
   * Decodes a session where chunks are to run.
   *
   * @param bytes what {@link #encode} made
   * @param loader finds the user's classes
   * @return the session
   * @throws WireException if the bytes are no session
   * @throws io.processpool.TaskSerializationException if a part cannot be read
   */
  @SuppressWarnings("unchecked") // encode() was given nothing else
  public static Session decode(byte[] bytes, ClassLoader loader) throws WireException {
    Block.Reader block = new Block.Reader(bytes);
    block.next();
    SerializableConsumer<? super Kryo> customizer =
        (SerializableConsumer<? super Kryo>)
            block.value(new PayloadCodec(loader, null), "customizer of the serialiser");
    PayloadCodec codec = new PayloadCodec(loader, customizer);
    block.next();
    SerializableRunnable initializer = (SerializableRunnable) block.value(codec, "initializer");
    block.next();
    return new Session(codec, initializer, (SerializableRunnable) block.value(codec, "finalizer"));
  }
}
