package io.processpool.core.log;

import io.processpool.wire.LogEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;

/** An event of a worker as SLF4J knows events. */
record ReplayedEvent(LogEvent event, List<Marker> markers) implements LoggingEvent {

  @Override
  public Level getLevel() {
    return event.level();
  }

  @Override
  public String getLoggerName() {
    return event.origin().logger();
  }

  @Override
  public String getMessage() {
    return event.message();
  }

  @Override
  public List<Object> getArguments() {
    return List.of();
  }

  @Override
  public Object @Nullable [] getArgumentArray() {
    return null; // so that nothing in the message is taken for the place of one
  }

  @Override
  public List<Marker> getMarkers() {
    return markers;
  }

  @Override
  public List<KeyValuePair> getKeyValuePairs() {
    return event.keyValues();
  }

  @Override
  public @Nullable Throwable getThrowable() {
    return event.failure();
  }

  @Override
  public long getTimeStamp() {
    return event.time().toEpochMilli();
  }

  @Override
  public String getThreadName() {
    return event.origin().thread();
  }
}
