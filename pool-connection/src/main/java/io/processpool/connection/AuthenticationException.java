package io.processpool.connection;

import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * The other end has not proved that it knows the key, or does not accept this end's proof, or the
 * two did not come to an end with it in time. Python's {@code AuthenticationError}.
 */
public final class AuthenticationException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  AuthenticationException(String message) {
    super(message);
  }

  AuthenticationException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
