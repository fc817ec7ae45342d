package io.processpool.core.log;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * The diagnostic context of SLF4J. Without a logging backend there is none, and asking for it would
 * have SLF4J complain of that to the user of a program that logs nothing.
 */
public final class DiagnosticContext {
  private static final boolean EXISTS = isThereABackend();

  private DiagnosticContext() {}

  /**
   * Whether there is one, that is, whether this JVM has a logging backend.
   *
   * @return whether it has
   */
  public static boolean exists() {
    return EXISTS;
  }

  /**
   * That of the calling thread.
   *
   * @return its entries
   */
  public static Map<String, String> ofThisThread() {
    Map<String, String> context = EXISTS ? MDC.getCopyOfContextMap() : null;
    if (context == null || context.isEmpty()) {
      return Map.of();
    }
    Map<String, String> known = new HashMap<>(context);
    known.keySet().removeIf(Objects::isNull);
    known.values().removeIf(Objects::isNull);
    return Map.copyOf(known);
  }

  private static boolean isThereABackend() {
    try {
      return ServiceLoader.load(SLF4JServiceProvider.class, LoggerFactory.class.getClassLoader())
          .iterator()
          .hasNext();
    } catch (ServiceConfigurationError e) {
      return false; // SLF4J says so, once somebody logs
    }
  }
}
