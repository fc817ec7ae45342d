package io.processpool.core.launch;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Names that no other process of this machine uses. They are no secrets: those that are take the
 * JDK's source of random numbers, which a program that has just started waits for.
 */
final class UniqueNames {
  private static final AtomicLong LAST = new AtomicLong();

  private UniqueNames() {}

  static String next() {
    return ProcessHandle.current().pid()
        + "-"
        + Long.toHexString(System.nanoTime())
        + "-"
        + LAST.incrementAndGet();
  }
}
