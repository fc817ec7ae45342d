package io.processpool.connection;

import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * The log of this package. Writing to it never fails, also where there is no memory or no file
 * descriptor left for it: what is logged then is lost, and nothing else.
 */
final class Log {
  /** Made when it is first needed, not with the class, which would be lost if that failed. */
  private static volatile System.@Nullable Logger logger;

  private Log() {}

  static void warning(String message, @Nullable Throwable cause) {
    log(Level.WARNING, message, cause);
  }

  static void debug(String message, @Nullable Throwable cause) {
    log(Level.DEBUG, message, cause);
  }

  /** Whether {@link #debug} logs anything, to ask before messages that come often are made. */
  static boolean logsDebug() {
    try {
      return logger().isLoggable(Level.DEBUG);
    } catch (RuntimeException | Error e) {
      return false;
    }
  }

  @SuppressWarnings("EmptyCatch") // there is nobody left to be told
  private static void log(Level level, String message, @Nullable Throwable cause) {
    try {
      logger().log(level, message, cause);
    } catch (RuntimeException | Error e) {
    }
  }

  private static System.Logger logger() {
    System.Logger made = logger;
    if (made == null) {
      made = System.getLogger(Log.class.getPackageName());
      logger = made;
    }
    return made;
  }
}
