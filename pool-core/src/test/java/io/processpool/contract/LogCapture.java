package io.processpool.contract;

import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What the library logs at WARN and above while this is open. */
final class LogCapture extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final List<String> warnings = new CopyOnWriteArrayList<>();
  private final Logger root;

  private LogCapture(LoggerContext context) {
    root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    setContext(context);
  }

  static LogCapture open() {
    // Another thread, that has logged something first, may still be about to set up the logging.
    LogCapture capture =
        new LogCapture(
            await("the logging")
                .atMost(Results.BOUND)
                .until(
                    () ->
                        LoggerFactory.getILoggerFactory() instanceof LoggerContext context
                            ? context
                            : null,
                    Objects::nonNull));
    capture.start();
    capture.root.addAppender(capture);
    return capture;
  }

  /** The messages, each with its exception. */
  List<String> warnings() {
    return warnings;
  }

  void awaitWarning(String text) {
    await("a warning with: " + text)
        .atMost(Results.BOUND)
        .until(() -> warnings.stream().anyMatch(warning -> warning.contains(text)));
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
      IThrowableProxy thrown = event.getThrowableProxy();
      warnings.add(
          event.getFormattedMessage()
              + (thrown == null ? "" : " " + thrown.getClassName() + ": " + thrown.getMessage()));
    }
  }

  @Override
  public void close() {
    root.detachAppender(this);
    stop();
  }
}
