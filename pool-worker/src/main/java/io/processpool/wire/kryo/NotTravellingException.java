package io.processpool.wire.kryo;

import com.esotericsoftware.kryo.kryo5.KryoException;
import java.io.Serial;

/** An object that cannot be serialised: its class, or how it hangs together with others. */
final class NotTravellingException extends KryoException {
  @Serial private static final long serialVersionUID = 1L;

  NotTravellingException(String message) {
    super(message);
  }
}
