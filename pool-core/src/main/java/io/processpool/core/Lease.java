package io.processpool.core;

import java.lang.ref.Cleaner;
import org.slf4j.LoggerFactory;

/**
 * Held by all who use a pool: its users through the pool object, and its work that is not complete.
 * When the last of them is gone without having closed the pool, its workers must not stay.
 */
final class Lease {
  private static final Cleaner CLEANER = Cleaner.create();

  private Lease() {}

  static Lease of(Engine engine) {
    Lease lease = new Lease();
    CLEANER.register(lease, () -> abandon(engine));
    return lease;
  }

  private static void abandon(Engine engine) {
    if (!engine.isShutdown()) {
      LoggerFactory.getLogger(Lease.class)
          .warn("A pool was never closed; its workers are stopped now that nobody can use it");
      engine.terminate();
    }
  }
}
