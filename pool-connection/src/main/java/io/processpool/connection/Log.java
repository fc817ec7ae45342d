package io.processpool.connection;

import java.lang.System.Logger.Level;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The log of this package. Writing to it never fails, also where there is no memory or no file
 * descriptor left for it: what is logged then is lost, and nothing else.
 */
final class Log {
  private static final System.Logger LOGGER = System.getLogger(Log.class.getPackageName());

  private Log() {}

  static void warning(String message, @Nullable Throwable cause) {
    log(Level.WARNING, message, cause);
  }

  /** For what may happen often: the message is made only if it is logged. */
  static void debug(Supplier<String> message) {
    if (LOGGER.isLoggable(Level.DEBUG)) {
      debug(message.get(), null);
    }
  }

  static void debug(String message, @Nullable Throwable cause) {
    log(Level.DEBUG, message, cause);
  }

  @SuppressWarnings("EmptyCatch") // there is nobody left to be told
  private static void log(Level level, String message, @Nullable Throwable cause) {
    try {
      LOGGER.log(level, message, cause);
    } catch (RuntimeException | Error e) {
    }
  }
}
