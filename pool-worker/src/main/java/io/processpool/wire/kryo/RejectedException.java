package io.processpool.wire.kryo;

import com.esotericsoftware.kryo.kryo5.KryoException;
import java.io.Serial;

/** The filter does not let something be read. */
final class RejectedException extends KryoException {
  @Serial private static final long serialVersionUID = 1L;

  RejectedException(String message) {
    super(message);
  }
}
