package io.processpool.core.launch;

import io.processpool.worker.ExitStatus;
import java.util.Map;

/** Says what an exit status means. */
final class ExitWords {
  private static final int SIGNALLED = 128;
  private static final int OUT_OF_MEMORY = 3;
  private static final Map<Integer, String> SIGNALS =
      Map.of(
          1, "SIGHUP", 2, "SIGINT", 3, "SIGQUIT", 4, "SIGILL", 6, "SIGABRT", 7, "SIGBUS", 8,
          "SIGFPE", 9, "SIGKILL", 11, "SIGSEGV", 15, "SIGTERM");

  private ExitWords() {}

  static String of(int status) {
    String words = "exit status " + status;
    if (SIGNALS.containsKey(status - SIGNALLED)) {
      return words + " (" + SIGNALS.get(status - SIGNALLED) + ")";
    }
    return switch (status) {
      case OUT_OF_MEMORY -> words + " (System.exit, or out of memory)";
      case ExitStatus.PARENT_GONE -> words + " (its parent seemed gone)";
      default -> words;
    };
  }
}
