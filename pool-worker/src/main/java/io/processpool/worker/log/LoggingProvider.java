package io.processpool.worker.log;

import static java.util.Objects.requireNonNull;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LogbackServiceProvider;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Logback as SLF4J finds it in a worker, for the executable jar names this and not Logback's own:
 * set up by code, which takes a fraction of the time that the reading of a configuration takes;
 * unless the user has named one.
 */
public final class LoggingProvider implements SLF4JServiceProvider {
  private static final String CONFIGURATION = "logback.configurationFile";

  /** The version of SLF4J's interface that this is written for. */
  private static final String INTERFACE = "2.0.99";

  private final @Nullable LogbackServiceProvider configured =
      System.getProperty(CONFIGURATION) == null ? null : new LogbackServiceProvider();

  private final MDCAdapter diagnostics =
      configured == null ? new LogbackMDCAdapter() : configured.getMDCAdapter();
  private final IMarkerFactory markers = new BasicMarkerFactory();
  private @Nullable ILoggerFactory loggers;

  /** For SLF4J, which asks for the diagnostic context before anything else. */
  public LoggingProvider() {}

  @Override
  public void initialize() {
    WorkerLogging.isInUse();
    if (configured != null) {
      configured.initialize();
      loggers = configured.getLoggerFactory();
    } else {
      LoggerContext context = context(WorkerLogging.choice());
      context.setName("default");
      context.setMDCAdapter(diagnostics);
      loggers = context;
    }
  }

  private static LoggerContext context(WorkerLogging.Choice choice) {
    return switch (choice.logs()) {
      case FORWARD -> {
        ForwardingContext context = ForwardingContext.create(choice.parent());
        WorkerLogging.forwardsBy(context);
        yield context;
      }
      case STDERR -> ErrorStreamLogging.create();
      case OFF -> ErrorStreamLogging.createSilent();
    };
  }

  @Override
  public ILoggerFactory getLoggerFactory() {
    return requireNonNull(loggers);
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return diagnostics;
  }

  @Override
  public String getRequestedApiVersion() {
    return INTERFACE;
  }
}
