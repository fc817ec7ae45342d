package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.processpool.Pool;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parent's configuration says what workers log, and they know it. */
@WorkerProcesses
class LogLevelTest {
  private final Pool pool;
  private final RecordedLogger recorded = RecordedLogger.ofItsOwn();
  private final String name = recorded.name();

  LogLevelTest(Pool pool) {
    this.pool = pool;
  }

  @AfterEach
  void forget() {
    recorded.close();
  }

  @Test
  void whatTheParentDoesNotWantIsNotLogged() throws Exception {
    String name = this.name;
    recorded.setLevel(Level.WARN);
    pool.apply(
        () -> {
          LoggerFactory.getLogger(name).info("unwanted");
          LoggerFactory.getLogger(name).warn("wanted");
          return 0;
        });
    recorded.awaitEvent("wanted");
    assertThat(recorded.messages()).containsExactly("wanted");
  }

  @Test
  void theLevelsOfTheParentReachTheWorkersWhileTheyRun() throws Exception {
    recorded.setLevel(Level.WARN);
    awaitLevelInWorkers("WARN");
    recorded.setLevel(Level.DEBUG);
    awaitLevelInWorkers("DEBUG");
    recorded.setLevel(Level.OFF);
    awaitLevelInWorkers("OFF");
    recorded.setLevel(Level.TRACE);
    awaitLevelInWorkers("TRACE");
    assertThat(recorded.messages()).isEmpty();
  }

  private void awaitLevelInWorkers(String level) {
    String name = this.name;
    await("level " + level)
        .atMost(Results.BOUND)
        .until(
            () -> pool.map(i -> levelHere(name), List.of(1, 2, 3, 4), 1),
            levels -> levels.equals(List.of(level, level, level, level)));
  }

  private static String levelHere(String name) {
    Logger logger = LoggerFactory.getLogger(name);
    return logger.isTraceEnabled()
        ? "TRACE"
        : logger.isDebugEnabled()
            ? "DEBUG"
            : logger.isInfoEnabled()
                ? "INFO"
                : logger.isWarnEnabled() ? "WARN" : logger.isErrorEnabled() ? "ERROR" : "OFF";
  }

  @Test
  void aLoggerIsNotLimitedByTheLevelOfItsAncestor() throws Exception {
    String name = this.name;
    recorded.setLevel(Level.OFF);
    awaitLevelInWorkers("OFF");
    try (RecordedLogger child = RecordedLogger.named(name + ".child")) {
      child.setLevel(Level.INFO);
      pool.apply(
          () -> {
            LoggerFactory.getLogger(name + ".child").info("from the child");
            return 0;
          });
      child.awaitEvent("from the child");
    }
  }
}
