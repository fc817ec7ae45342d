package io.processpool.worker;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Looks between chunks how much memory this process holds on to, and tells once if that is too
 * much. What only waits to be collected is not held on to, so it is collected first; that is done
 * seldom enough to cost {@code 1 / 20} of the time at most. For use by one thread.
 */
final class MemoryWatch {
  private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long REST = 19;

  private final long limit;
  private final Consumer<String> whenWorn;
  private long nextCollection = System.nanoTime();
  private boolean told;

  /**
   * Creates a watch.
   *
   * @param limit how many bytes the heap may hold after a collection; 0 for any number
   * @param whenWorn told in words if it holds more
   */
  MemoryWatch(long limit, Consumer<String> whenWorn) {
    this.limit = limit;
    this.whenWorn = whenWorn;
  }

  void look() {
    if (limit == 0 || told || used() <= limit || System.nanoTime() - nextCollection < 0) {
      return;
    }
    collect();
    long held = used();
    if (held > limit) {
      told = true;
      whenWorn.accept(
          "its heap holds "
              + held
              + " bytes after a collection, the limit of which is "
              + limit
              + " bytes");
    }
  }

  private void collect() {
    long start = System.nanoTime();
    System.gc();
    long end = System.nanoTime();
    nextCollection = end + Math.max(PERIOD_NANOS, REST * (end - start));
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
