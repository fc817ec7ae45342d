package io.processpool.bench.chaos;

import java.io.Serial;

/** A checked exception of an item's own. */
final class ChaosException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  ChaosException(String message) {
    super(message);
  }
}
