package io.processpool.worker;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * The end of a process by a signal that it cannot see. A JVM that is to write an archive when it
 * ends does so even when it halts, and may take seconds for it; this is how to prevent that.
 */
final class SuddenEnd {
  private static final long PATIENCE_MILLIS = 1000;

  /** For a minute, within which a training ends or is ended. */
  private static final String WATCH =
      "i=0; while [ $i -lt 300 ]; do"
          + " kill -0 \"$0\" || { kill -9 $PPID; exit; };"
          + " kill -0 $PPID || exit;"
          + " sleep 0.2; i=$((i+1)); done";

  private SuddenEnd() {}

  /**
   * Has this process end when another one is gone, also while its own threads stand still, as they
   * do when it writes an archive. The system may have nothing for that; then it ends a little
   * later.
   */
  static void whenGone(long other) {
    try {
      new ProcessBuilder("/bin/sh", "-c", WATCH, Long.toString(other))
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      // Then without.
    }
  }

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
