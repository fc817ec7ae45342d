package io.processpool.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.processpool.wire.LogEvent;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;
import org.slf4j.spi.LoggingEventAware;

/** Any logging backend is told as much of an event as it can take. */
class LogReplayTest {
  private static final List<Marker> MARKERS = List.of(MarkerFactory.getDetachedMarker("A"));
  private static final LogEvent EVENT =
      new LogEvent(
          Level.WARN,
          new LogEvent.Origin("test.LogReplayTest", "its thread", "7"),
          Instant.ofEpochSecond(17, 123_456_789),
          "a {} message",
          List.of(),
          Map.of(),
          List.of(new KeyValuePair("key", "value")),
          new IllegalStateException("failure"));

  private final ch.qos.logback.classic.Logger logback =
      (ch.qos.logback.classic.Logger) LoggerFactory.getLogger("test.LogReplayTest");
  private final ListAppender<ILoggingEvent> recorded = new ListAppender<>();

  @BeforeEach
  void record() {
    logback.setAdditive(false);
    logback.addAppender(recorded);
    recorded.start();
  }

  @AfterEach
  void forget() {
    logback.detachAppender(recorded);
    logback.setAdditive(true);
  }

  @Test
  void logbackIsToldAll() {
    LogReplay.log(logback, EVENT, MARKERS);
    assertEvent();
    assertThat(recorded.list.get(0).getInstant()).isEqualTo(EVENT.time());
    assertThat(recorded.list.get(0).getThreadName()).isEqualTo("its thread");
  }

  @Test
  void anyBackendIsToldThroughTheFluentInterface() {
    LogReplay.log(disguised(Logger.class), EVENT, MARKERS);
    assertEvent();
  }

  private void assertEvent() {
    ILoggingEvent event = recorded.list.get(0);
    assertThat(recorded.list).hasSize(1);
    assertThat(event.getLevel()).isEqualTo(ch.qos.logback.classic.Level.WARN);
    assertThat(event.getFormattedMessage()).isEqualTo("a {} message");
    assertThat(event.getMarkerList()).isEqualTo(MARKERS);
    assertThat(event.getKeyValuePairs()).isEqualTo(EVENT.keyValues());
    assertThat(event.getThrowableProxy().getMessage()).isEqualTo("failure");
  }

  @Test
  void aBackendThatTakesEventsIsToldTimeAndThread() {
    List<LoggingEvent> taken = new ArrayList<>();
    LogReplay.log(disguised(Logger.class, LoggingEventAware.class, taken), EVENT, MARKERS);
    assertThat(taken).hasSize(1);
    LoggingEvent event = taken.get(0);
    assertThat(event.getLevel()).isEqualTo(Level.WARN);
    assertThat(event.getLoggerName()).isEqualTo("test.LogReplayTest");
    assertThat(event.getMessage()).isEqualTo("a {} message");
    assertThat(event.getArguments()).isEmpty();
    assertThat(event.getMarkers()).isEqualTo(MARKERS);
    assertThat(event.getKeyValuePairs()).isEqualTo(EVENT.keyValues());
    assertThat(event.getThrowable()).isSameAs(EVENT.failure());
    assertThat(event.getTimeStamp()).isEqualTo(17_123);
    assertThat(event.getThreadName()).isEqualTo("its thread");
  }

  private Logger disguised(Class<?>... types) {
    return (Logger)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            types,
            (proxy, method, arguments) -> {
              try {
                return method.invoke(logback, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private Logger disguised(Class<?> logger, Class<?> aware, List<LoggingEvent> taken) {
    return (Logger)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {logger, aware},
            (proxy, method, arguments) -> {
              if (method.getDeclaringClass() == aware) {
                taken.add((LoggingEvent) arguments[0]);
                return null;
              }
              return method.invoke(logback, arguments);
            });
  }
}
