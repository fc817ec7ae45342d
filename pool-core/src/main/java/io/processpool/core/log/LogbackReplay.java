package io.processpool.core.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.processpool.wire.LogEvent;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.Marker;

/** The way into Logback, for through SLF4J its events would be of the time and thread of now. */
final class LogbackReplay {
  private static volatile boolean possible = true;

  private LogbackReplay() {}

  /** Logs an event that the logger wants; returns whether this version of Logback could be used. */
  static boolean log(Logger logger, LogEvent event, List<Marker> markers) {
    try {
      if (possible) {
        Logback.log(logger, event, markers);
      }
    } catch (LinkageError e) {
      possible = false;
    }
    return possible;
  }

  /** Loaded only if Logback is there. */
  private static final class Logback {
    private Logback() {}

    static void log(Logger logger, LogEvent event, List<Marker> markers) {
      ch.qos.logback.classic.Logger target = (ch.qos.logback.classic.Logger) logger;
      LoggingEvent replayed =
          new LoggingEvent(
              LogReplay.class.getName(),
              target,
              Level.convertAnSLF4JLevel(event.level()),
              event.message(),
              event.failure(),
              null);
      replayed.setInstant(event.time());
      replayed.setThreadName(event.origin().thread());
      replayed.setCallerData(new StackTraceElement[0]); // it is not known
      markers.forEach(replayed::addMarker);
      replayed.setKeyValuePairs(event.keyValues());
      target.callAppenders(replayed);
    }
  }
}
