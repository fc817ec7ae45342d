package io.processpool.worker.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import io.processpool.TaskContext;
import io.processpool.spi.CurrentTask;
import io.processpool.wire.LogEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;

/** Logback's events as they travel. */
final class Events {
  private static final int MOST_REFERENCES = 100;

  private Events() {}

  static LogEvent of(ILoggingEvent event) {
    return new LogEvent(
        level(event),
        origin(event),
        time(event),
        String.valueOf(event.getFormattedMessage()),
        marks(event),
        context(event),
        keyValues(event),
        failure(event));
  }

  /** What is logged in the place of an event that cannot travel. */
  static LogEvent instead(ILoggingEvent event, Throwable why) {
    return new LogEvent(
        level(event),
        origin(event),
        time(event),
        "[an event that cannot be forwarded: " + why.getClass().getName() + "]",
        List.of(),
        Map.of(),
        List.of(),
        null);
  }

  private static Level level(ILoggingEvent event) {
    int level = event.getLevel().toInt();
    if (level >= ch.qos.logback.classic.Level.ERROR_INT) {
      return Level.ERROR;
    } else if (level >= ch.qos.logback.classic.Level.WARN_INT) {
      return Level.WARN;
    } else if (level >= ch.qos.logback.classic.Level.INFO_INT) {
      return Level.INFO;
    }
    return level >= ch.qos.logback.classic.Level.DEBUG_INT ? Level.DEBUG : Level.TRACE;
  }

  private static LogEvent.Origin origin(ILoggingEvent event) {
    String task = CurrentTask.get().map(TaskContext::taskId).orElse(null);
    return new LogEvent.Origin(event.getLoggerName(), event.getThreadName(), task);
  }

  private static Instant time(ILoggingEvent event) {
    Instant exact = event.getInstant();
    return exact == null ? Instant.ofEpochMilli(event.getTimeStamp()) : exact;
  }

  private static List<LogEvent.Mark> marks(ILoggingEvent event) {
    List<Marker> markers = event.getMarkerList();
    return markers == null || markers.isEmpty()
        ? List.of()
        : marks(markers.iterator(), LogEvent.DEEPEST_REFERENCE);
  }

  /** Somebody's own markers may refer to each other in a circle, or without end. */
  @SuppressWarnings("deprecation") // there is no other way to know what a marker refers to
  private static List<LogEvent.Mark> marks(Iterator<Marker> markers, int depth) {
    List<LogEvent.Mark> marks = new ArrayList<>();
    while (depth > 0 && marks.size() < MOST_REFERENCES && markers.hasNext()) {
      Marker marker = markers.next();
      marks.add(new LogEvent.Mark(marker.getName(), marks(marker.iterator(), depth - 1)));
    }
    return marks;
  }

  private static Map<String, String> context(ILoggingEvent event) {
    Map<String, String> known = new HashMap<>(event.getMDCPropertyMap());
    known.entrySet().removeIf(entry -> entry.getKey() == null || entry.getValue() == null);
    return known;
  }

  private static List<KeyValuePair> keyValues(ILoggingEvent event) {
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs == null) {
      return List.of();
    }
    return pairs.stream().map(pair -> new KeyValuePair(pair.key, text(pair.value))).toList();
  }

  private static String text(@Nullable Object value) {
    try {
      return String.valueOf(value);
    } catch (Throwable e) {
      return "[FAILED toString()]"; // as in a message
    }
  }

  private static @Nullable Throwable failure(ILoggingEvent event) {
    return event.getThrowableProxy() instanceof ThrowableProxy proxy ? proxy.getThrowable() : null;
  }
}
