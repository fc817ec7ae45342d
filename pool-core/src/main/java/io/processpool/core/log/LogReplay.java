package io.processpool.core.log;

import io.processpool.wire.LogEvent;
import io.processpool.wire.WireException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventAware;
import org.slf4j.spi.LoggingEventBuilder;

/** Logs here what was logged in a worker, as if it had been logged here. */
final class LogReplay {
  private static final String LOGBACK = "ch.qos.logback.classic.Logger";

  private LogReplay() {}

  static void replay(int worker, byte[] bytes) {
    LogEvent event;
    try {
      event = LogEvent.decode(bytes);
    } catch (WireException e) {
      LoggerFactory.getLogger(LogReplay.class)
          .warn("Worker {} logged something: {}", worker, e.getMessage());
      return;
    }
    Logger logger = LoggerFactory.getLogger(event.origin().logger());
    List<Marker> markers = event.markers().stream().map(LogReplay::marker).toList();
    if (isEnabled(logger, event.level(), markers)) {
      MDC.setContextMap(TaskKeys.added(event.context(), worker, event.origin().task()));
      try {
        log(logger, event, markers);
      } finally {
        MDC.clear();
      }
    }
  }

  /** One of its own, for nobody here knows what the worker's refers to. */
  @SuppressWarnings("deprecation") // there is no other way to have a marker refer to others
  private static Marker marker(LogEvent.Mark mark) {
    Marker marker = MarkerFactory.getDetachedMarker(mark.name());
    for (LogEvent.Mark reference : mark.references()) {
      marker.add(marker(reference));
    }
    return marker;
  }

  /** A marker may make a difference. */
  private static boolean isEnabled(Logger logger, Level level, List<Marker> markers) {
    if (markers.isEmpty()) {
      return logger.isEnabledForLevel(level);
    }
    Marker first = markers.get(0);
    return switch (level) {
      case ERROR -> logger.isErrorEnabled(first);
      case WARN -> logger.isWarnEnabled(first);
      case INFO -> logger.isInfoEnabled(first);
      case DEBUG -> logger.isDebugEnabled(first);
      case TRACE -> logger.isTraceEnabled(first);
    };
  }

  /** By the way that says most of an event. */
  static void log(Logger logger, LogEvent event, List<Marker> markers) {
    if (logger.getClass().getName().equals(LOGBACK) && LogbackReplay.log(logger, event, markers)) {
      return;
    }
    if (logger instanceof LoggingEventAware aware) {
      aware.log(new ReplayedEvent(event, markers));
      return;
    }
    LoggingEventBuilder builder = logger.makeLoggingEventBuilder(event.level());
    for (Marker marker : markers) {
      builder = builder.addMarker(marker);
    }
    for (KeyValuePair pair : event.keyValues()) {
      builder = builder.addKeyValue(pair.key, pair.value);
    }
    if (event.failure() != null) {
      builder = builder.setCause(event.failure());
    }
    builder.log(event.message());
  }
}
