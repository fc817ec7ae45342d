package io.processpool.core.launch;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** Has slots log nothing during a test that breaks them on purpose. */
final class QuietSlots implements BeforeEachCallback, AfterEachCallback {
  private final Logger log = (Logger) LoggerFactory.getLogger(ProcessSlot.class);

  @Override
  public void beforeEach(ExtensionContext context) {
    log.setLevel(Level.OFF);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    log.setLevel(null);
  }
}
