package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.LoggerFactory;

/** A logger of this JVM whose events are kept, and go nowhere else. */
final class RecordedLogger extends UnsynchronizedAppenderBase<ILoggingEvent>
    implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final List<ILoggingEvent> events = Collections.synchronizedList(new ArrayList<>());
  private final Logger logger;
  private volatile CountDownLatch opening = new CountDownLatch(0);

  private RecordedLogger(LoggerContext context, String name) {
    logger = context.getLogger(name);
    setContext(context);
  }

  /** One whose name nobody else uses. */
  static RecordedLogger ofItsOwn() {
    return named("test.Logger" + COUNT.incrementAndGet());
  }

  static RecordedLogger named(String name) {
    LoggerContext context =
        await("the logging")
            .atMost(Results.BOUND)
            .until(
                () ->
                    LoggerFactory.getILoggerFactory() instanceof LoggerContext found ? found : null,
                Objects::nonNull);
    RecordedLogger recorded = new RecordedLogger(context, name);
    recorded.start();
    recorded.logger.setAdditive(false);
    recorded.logger.addAppender(recorded);
    return recorded;
  }

  void setLevel(Level level) {
    logger.setLevel(level);
  }

  /** Has the appender take nothing until then. */
  void blockUntil(CountDownLatch opening) {
    this.opening = opening;
  }

  String name() {
    return logger.getName();
  }

  List<ILoggingEvent> events() {
    synchronized (events) {
      return List.copyOf(events);
    }
  }

  List<String> messages() {
    return events().stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  ILoggingEvent awaitEvent(String message) {
    await().atMost(Results.BOUND).untilAsserted(() -> assertThat(messages()).contains(message));
    return events().stream()
        .filter(event -> event.getFormattedMessage().equals(message))
        .findFirst()
        .orElseThrow();
  }

  @Override
  protected void append(ILoggingEvent event) {
    try {
      opening.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    event.prepareForDeferredProcessing();
    events.add(event);
  }

  @Override
  public void close() {
    logger.detachAppender(this);
    logger.setAdditive(true);
    logger.setLevel(null);
    stop();
  }
}
