package io.processpool.wire;

import java.io.IOException;
import java.io.Serial;

/** Bytes on the channel are not what the protocol allows there. */
public final class WireException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what was seen and what was expected
   */
  public WireException(String message) {
    super(message);
  }
}
