package io.processpool.core.log;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loggers that workers use, and how much this JVM wants of each. SLF4J tells nobody of a change
 * of levels: they are looked at again and again. For one thread.
 */
final class KnownLoggers {

  /** How many there are at most; of others the workers send all, and it is sorted out here. */
  static final int MOST = 10_000;

  private final Map<String, Known> loggers = new HashMap<>();

  private static final class Known {
    private final Logger logger;
    private final Set<LogTap> users = new HashSet<>();
    private System.Logger.Level level;

    Known(String name) {
      logger = LoggerFactory.getLogger(name);
      level = levelOf(logger);
    }
  }

  boolean isEmpty() {
    return loggers.isEmpty();
  }

  /** Tells a worker, now and from now on, what is wanted of a logger. */
  void use(String name, LogTap user) {
    Known known = loggers.get(name);
    if (known == null && loggers.size() < MOST) {
      known = new Known(name);
      loggers.put(name, known);
    }
    if (known != null && known.users.add(user)) {
      user.setLevel(name, known.level);
    }
  }

  /** A worker is gone. */
  void forget(LogTap user) {
    loggers.values().removeIf(known -> known.users.remove(user) && known.users.isEmpty());
  }

  /** Looks what has changed. */
  void lookAgain() {
    loggers.forEach(
        (name, known) -> {
          System.Logger.Level level = levelOf(known.logger);
          if (level != known.level) {
            known.level = level;
            known.users.forEach(user -> user.setLevel(name, level));
          }
        });
  }

  private static System.Logger.Level levelOf(Logger logger) {
    if (logger.isTraceEnabled()) {
      return System.Logger.Level.TRACE;
    } else if (logger.isDebugEnabled()) {
      return System.Logger.Level.DEBUG;
    } else if (logger.isInfoEnabled()) {
      return System.Logger.Level.INFO;
    } else if (logger.isWarnEnabled()) {
      return System.Logger.Level.WARNING;
    }
    return logger.isErrorEnabled() ? System.Logger.Level.ERROR : System.Logger.Level.OFF;
  }
}
