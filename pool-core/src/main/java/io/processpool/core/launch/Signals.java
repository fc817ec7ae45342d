package io.processpool.core.launch;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The signals that end processes, by the numbers that Unix systems have in common, and Linux's. */
final class Signals {
  private static final int SIGNALLED = 128;
  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(1, "SIGHUP"),
          Map.entry(2, "SIGINT"),
          Map.entry(3, "SIGQUIT"),
          Map.entry(4, "SIGILL"),
          Map.entry(5, "SIGTRAP"),
          Map.entry(6, "SIGABRT"),
          Map.entry(7, "SIGBUS"),
          Map.entry(8, "SIGFPE"),
          Map.entry(9, "SIGKILL"),
          Map.entry(10, "SIGUSR1"),
          Map.entry(11, "SIGSEGV"),
          Map.entry(12, "SIGUSR2"),
          Map.entry(13, "SIGPIPE"),
          Map.entry(14, "SIGALRM"),
          Map.entry(15, "SIGTERM"),
          Map.entry(24, "SIGXCPU"),
          Map.entry(25, "SIGXFSZ"),
          Map.entry(31, "SIGSYS"));
  private static final Set<String> OF_CRASHES =
      Set.of("SIGILL", "SIGABRT", "SIGBUS", "SIGFPE", "SIGSEGV");

  private Signals() {}

  /** The signal that an exit status stands for; {@code null} for none. */
  static @Nullable String ofStatus(int status) {
    return NAMES.get(status - SIGNALLED);
  }

  /** Whether it is native code itself that causes a signal. */
  static boolean isOfCrash(String name) {
    return OF_CRASHES.contains(name);
  }
}
