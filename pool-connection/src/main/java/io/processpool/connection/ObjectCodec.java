package io.processpool.connection;

import io.processpool.TaskSerializationException;
import io.processpool.wire.PayloadCodec;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The serialisation of the pools, for messages. Safe for use by several threads. */
final class ObjectCodec {
  private final PayloadCodec payloads;

  ObjectCodec(
      ClassLoader loader, @Nullable Consumer<Object> customizer, @Nullable String classFilter) {
    this.payloads =
        PayloadCodec.filtered(loader, customizer == null ? null : customizer::accept, classFilter);
  }

  byte[] encode(@Nullable Object object) throws NotSerializableException {
    try {
      return payloads.encode(object, "object message");
    } catch (TaskSerializationException e) {
      throw caused(new NotSerializableException(e.getMessage()), e);
    }
  }

  @Nullable Object decode(byte[] message) throws InvalidObjectException {
    try {
      return payloads.decode(message, 0, message.length);
    } catch (TaskSerializationException e) {
      throw caused(new InvalidObjectException(e.getMessage()), e);
    }
  }

  private static <E extends IOException> E caused(E exception, Throwable cause) {
    exception.initCause(cause);
    return exception;
  }
}
