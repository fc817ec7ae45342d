package io.processpool.worker.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import io.processpool.wire.Frame;
import io.processpool.wire.FrameType;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Loggers whose events go to the parent, and whose levels are the parent's. A new logger is told
 * the parent, and lets everything pass until its level comes. Nobody waits for that, neither who
 * logs nor who reads what the parent says.
 */
final class ForwardingContext extends LoggerContext {
  private static final int MOST_LOGGERS = 10_000;
  private static final int LONGEST_NAME = 1000;

  private final Consumer<Frame> parent;
  private final Set<String> told = ConcurrentHashMap.newKeySet();
  private final Executor levels =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "pool-log-levels");
            thread.setDaemon(true);
            return thread;
          });

  private ForwardingContext(Consumer<Frame> parent) {
    this.parent = parent;
  }

  static ForwardingContext create(Consumer<Frame> parent) {
    ForwardingContext context = new ForwardingContext(parent);
    ForwardingAppender appender = new ForwardingAppender(parent);
    appender.setContext(context);
    appender.setName("PARENT");
    appender.start();
    Logger root = context.exists(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.TRACE);
    root.addAppender(appender);
    return context;
  }

  @Override
  public Logger getLogger(String name) {
    Logger logger = super.getLogger(name);
    if (!told.contains(name)
        && name.length() <= LONGEST_NAME
        && told.size() < MOST_LOGGERS
        && told.add(name)) {
      logger.setLevel(Level.TRACE); // not its ancestor's
      byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
      parent.accept(Frame.of(FrameType.LOGGER, bytes));
    }
    return logger;
  }

  void setLevelSoon(String name, System.Logger.Level level) {
    try {
      levels.execute(() -> setLevel(name, level));
    } catch (OutOfMemoryError e) {
      // There are no more threads; then the parent has to sort it out.
    }
  }

  private void setLevel(String name, System.Logger.Level level) {
    Logger logger = exists(name);
    if (logger != null) {
      logger.setLevel(
          switch (level) {
            case ALL, TRACE -> Level.TRACE;
            case DEBUG -> Level.DEBUG;
            case INFO -> Level.INFO;
            case WARNING -> Level.WARN;
            case ERROR -> Level.ERROR;
            case OFF -> Level.OFF;
          });
    }
  }
}
