package io.processpool.connection;

import java.io.IOException;
import java.io.Serial;

/** A deadline has passed before there was what somebody waited for. */
final class DeadlineException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  DeadlineException() {
    super("the deadline has passed");
  }
}
