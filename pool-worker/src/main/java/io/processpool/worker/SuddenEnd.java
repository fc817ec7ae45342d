package io.processpool.worker;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * The end of a process by a signal that it cannot see. A JVM that is to write an archive when it
 * ends does so even when it halts, and may take seconds for it; this is how to prevent that.
 */
final class SuddenEnd {
  private static final long PATIENCE_MILLIS = 1000;

  private SuddenEnd() {}

  /** Does not return, unless the system has no shell or no signals. */
  static void ofThisProcess() {
    try {
      Process killer = new ProcessBuilder("/bin/sh", "-c", "kill -9 $PPID").start();
      var unused = killer.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (IOException | InterruptedException e) {
      // Then it ends in another way.
    }
  }
}
