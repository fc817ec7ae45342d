package io.processpool.worker;

import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * Ends this process, and what it has started, once its parent is gone. Who reads the channel sees
 * that at once, unless somebody else holds the channel open; so this only has a look from time to
 * time. It has it by a thread that sleeps: that of {@link ProcessHandle#onExit} waits in native
 * code, and for threads that do, a JVM waits for 0.3 s when it ends.
 */
final class ParentWatch {
  private static final long PATIENCE_MILLIS = 1000;
  private static final long PERIOD_MILLIS = 500;

  /** That of the process, whatever becomes of what tasks print. */
  private static final PrintStream ERROR_STREAM = System.err;

  private static volatile long parentOfThis;

  private ParentWatch() {}

  static void start(long parentPid) {
    parentOfThis = parentPid;
    Thread watch = new Thread(ParentWatch::watch, "pool-parent-watch");
    watch.setDaemon(true);
    watch.start();
  }

  /** The start of this process needs the processor for other things than a look. */
  private static void watch() {
    pause();
    ProcessHandle parent = ProcessHandle.of(parentOfThis).orElse(null);
    while (parent != null && parent.isAlive()) {
      pause();
    }
    parentIsGone();
  }

  private static void pause() {
    try {
      Thread.sleep(PERIOD_MILLIS);
    } catch (InterruptedException e) {
      // Some task's doing; this thread ends with the process.
    }
  }

  static void parentIsGone() {
    halt(ExitStatus.PARENT_GONE, null);
  }

  /** Ends this process and what it has started, whatever stands in the way. */
  static void halt(int status, @Nullable Throwable reason) {
    try {
      if (reason != null) {
        // The error stream may be a task's, or nobody may read it.
        LastWords.say(
            "pool-last-words", () -> reason.printStackTrace(ERROR_STREAM), PATIENCE_MILLIS);
      }
    } finally {
      killAllAndHalt(status);
    }
  }

  /** One thread at a time: another would kill what ends this process. */
  private static synchronized void killAllAndHalt(int status) {
    try {
      killDescendants();
      if (Boolean.getBoolean(Rehearsal.MARK)) {
        SuddenEnd.ofThisProcess();
      }
    } finally {
      Runtime.getRuntime().halt(status);
    }
  }

  /** Before an orderly exit, of which the writing of an archive may be a part. */
  static void prepareExit() {
    killDescendants();
    if (Boolean.getBoolean(Rehearsal.MARK)) {
      SuddenEnd.whenGone(parentOfThis);
    }
  }

  private static void killDescendants() {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
  }
}
