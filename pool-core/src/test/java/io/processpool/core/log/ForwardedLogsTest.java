package io.processpool.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.processpool.spi.Backend;
import io.processpool.spi.PrintedLine;
import io.processpool.spi.Slot;
import io.processpool.spi.SlotEnd;
import io.processpool.spi.SlotListener;
import io.processpool.spi.SlotOutcomes;
import io.processpool.spi.SlotProcess;
import io.processpool.spi.SlotTotals;
import io.processpool.wire.LogEvent;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What slots say of logging is dealt with in its order, apart from who brings it. */
class ForwardedLogsTest {
  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final String NAME = "test.ForwardedLogsTest";

  private final Logger logger = (Logger) LoggerFactory.getLogger(NAME);
  private final Logger library = (Logger) LoggerFactory.getLogger("io.processpool.core.log");
  private final ListAppender<ILoggingEvent> recorded = new ListAppender<>();
  private final ForwardedLogs logs = new ForwardedLogs();
  private final FakeBackend slots = new FakeBackend();
  private final Backend backend = logs.tap(slots);

  ForwardedLogsTest() {
    recorded.start();
    for (Logger each : List.of(logger, library)) {
      each.setAdditive(false);
      each.addAppender(recorded);
    }
  }

  @AfterEach
  void forget() throws InterruptedException {
    logs.close();
    logs.awaitAll(BOUND);
    for (Logger each : List.of(logger, library)) {
      each.detachAppender(recorded);
      each.setAdditive(true);
      each.setLevel(null);
    }
    await().atMost(BOUND).until(() -> threads() == 0);
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("pool-logs"))
        .count();
  }

  @Test
  void aPoolWhoseWorkersDoNotLogHasNoThreadForIt() {
    backend.start(1, new Nobody());
    slots.listener().ready();
    slots.listener().gone(new SlotEnd.Closed());
    assertThat(threads()).isZero();
  }

  @Test
  void whatCannotBeReadIsToldAndWhatFollowsIsLogged() throws InterruptedException {
    backend.start(7, new Nobody());
    slots.listener().logged(new byte[] {1, 2, 3});
    slots.listener().logged(event("next"));
    logs.awaitAll(BOUND);
    assertThat(recorded.list).hasSize(2);
    assertThat(recorded.list.get(0).getFormattedMessage()).contains("Worker 7", "cannot be read");
    assertThat(recorded.list.get(1).getFormattedMessage()).isEqualTo("next");
  }

  @Test
  void anAppenderThatThrowsLosesOnlyWhatItThrowsFor() throws InterruptedException {
    backend.start(7, new Nobody());
    logger.addAppender(
        new ListAppender<>() {
          {
            start();
          }

          @Override
          public synchronized void doAppend(ILoggingEvent event) {
            if (event.getFormattedMessage().equals("bad")) {
              throw new IllegalStateException("full");
            }
          }
        });
    slots.listener().logged(event("bad"));
    slots.listener().logged(event("good"));
    logs.awaitAll(BOUND);
    logger.detachAndStopAllAppenders();
    assertThat(recorded.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly("bad", "What a worker has logged cannot be logged here", "good");
  }

  @Test
  void aSlotIsToldLevelsAsSoonAsItIsKnownAndAsLongAsItIsThere() throws InterruptedException {
    logger.setLevel(Level.INFO);
    slots.speakEarly = true;
    backend.start(1, new Nobody());
    await().atMost(BOUND).until(() -> slots.told.equals(List.of(NAME + " INFO")));
    logger.setLevel(Level.TRACE);
    await().atMost(BOUND).until(() -> slots.told.contains(NAME + " TRACE"));
    slots.listener().gone(new SlotEnd.Closed());
    logger.setLevel(Level.OFF);
    slots.speakEarly = false;
    backend.start(2, new Nobody());
    slots.listener().loggerUsed(NAME);
    await().atMost(BOUND).until(() -> slots.told.contains(NAME + " OFF"));
    assertThat(slots.told).containsExactly(NAME + " INFO", NAME + " TRACE", NAME + " OFF");
  }

  private static byte[] event(String message) {
    return new LogEvent(
            org.slf4j.event.Level.ERROR,
            new LogEvent.Origin(NAME, "thread", null),
            Instant.EPOCH,
            message,
            List.of(),
            Map.of(),
            List.of(),
            null)
        .encode();
  }

  /** Slots that note which levels they are told. */
  private static final class FakeBackend implements Backend {
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final List<SlotListener> listeners = new ArrayList<>();
    private boolean speakEarly;

    SlotListener listener() {
      return listeners.get(listeners.size() - 1);
    }

    @Override
    public Set<Capability> capabilities() {
      return Set.of();
    }

    @Override
    public Slot start(int number, SlotListener listener) {
      listeners.add(listener);
      if (speakEarly) {
        listener.loggerUsed(NAME);
      }
      return (Slot)
          Proxy.newProxyInstance(
              Slot.class.getClassLoader(),
              new Class<?>[] {Slot.class},
              (proxy, method, arguments) -> {
                told.add(arguments[0] + " " + arguments[1]);
                return null;
              });
    }

    @Override
    public void close() {}
  }

  /** Somebody who does not want to know. */
  private static final class Nobody implements SlotListener {
    @Override
    public void started(SlotProcess process) {}

    @Override
    public void ready() {}

    @Override
    public void outcomes(List<SlotOutcomes> outcomes) {}

    @Override
    public void worked(SlotTotals totals) {}

    @Override
    public void printed(PrintedLine line) {}

    @Override
    public void printedAside(PrintedLine line) {}

    @Override
    public void returned(long chunkId) {}

    @Override
    public void worn(String why) {}

    @Override
    public void gone(SlotEnd end) {}
  }
}
