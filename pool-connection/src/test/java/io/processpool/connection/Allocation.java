package io.processpool.connection;

import java.lang.management.ManagementFactory;

/** How much memory threads have allocated. */
final class Allocation {

  private Allocation() {}

  static long ofThisThread() {
    return of(Thread.currentThread().getId());
  }

  /** That of a thread so far, in bytes. */
  static long of(long threadId) {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getThreadAllocatedBytes(threadId);
  }
}
