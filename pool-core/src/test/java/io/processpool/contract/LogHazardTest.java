package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.processpool.AsyncResult;
import io.processpool.Pool;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

/** Whatever is logged, and wherever that goes: tasks go on, and pools end. */
@WorkerProcesses
class LogHazardTest {
  private final Pool pool;
  private final RecordedLogger recorded = RecordedLogger.ofItsOwn();
  private final String name = recorded.name();

  @TempDir Path directory;

  LogHazardTest(Pool pool) {
    this.pool = pool;
  }

  @AfterEach
  void forget() {
    recorded.close();
  }

  /** Logged by who has no task, and by what cannot be shown. */
  private static final class Nasty implements Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public String toString() {
      throw new IllegalStateException("not to be shown");
    }
  }

  /** A marker that nobody can look at. */
  @SuppressWarnings({"deprecation", "serial"})
  private static final class NastyMarker implements Marker {
    private static final long serialVersionUID = 1L;

    @Override
    public String getName() {
      throw new IllegalStateException("no name");
    }

    @Override
    public void add(Marker reference) {}

    @Override
    public boolean remove(Marker reference) {
      return false;
    }

    @Override
    public boolean hasChildren() {
      return false;
    }

    @Override
    public boolean hasReferences() {
      return false;
    }

    @Override
    public java.util.Iterator<Marker> iterator() {
      return List.<Marker>of(this).iterator();
    }

    @Override
    public boolean contains(Marker other) {
      return false;
    }

    @Override
    public boolean contains(String name) {
      return false;
    }
  }

  @Test
  void whatCannotBeShownHarmsNobody() throws Exception {
    String name = this.name;
    int answer =
        pool.apply(
            () -> {
              Logger logger = LoggerFactory.getLogger(name);
              logger.error("with {}", new Nasty());
              logger.atError().addKeyValue("nasty", new Nasty()).log("with a value");
              logger.error(new NastyMarker(), "with a marker");
              logger.error("x".repeat(1_000_000));
              return 42;
            });
    assertThat(answer).isEqualTo(42);
    recorded.awaitEvent("with [FAILED toString()]");
    assertThat(recorded.awaitEvent("with a value").getKeyValuePairs())
        .containsExactly(new KeyValuePair("nasty", "[FAILED toString()]"));
    await().atMost(Results.BOUND).until(() -> recorded.events().size() == 4);
    assertThat(recorded.messages().get(2))
        .contains("cannot be forwarded", IllegalStateException.class.getName());
    assertThat(recorded.messages().get(3)).hasSizeLessThan(300_000).contains("more characters");
  }

  @Test
  void whatIsMissingIsNotThere() throws Exception {
    String name = this.name;
    pool.apply(
        () -> {
          MDC.put("user", "me");
          MDC.put("none", null);
          Logger logger = LoggerFactory.getLogger(name);
          logger.error((Marker) null, "no marker");
          logger.error((String) null);
          return 0;
        });
    recorded.awaitEvent("null");
    assertThat(recorded.messages()).containsExactly("no marker", "null");
    assertThat(recorded.events())
        .allSatisfy(
            event ->
                assertThat(event.getMDCPropertyMap())
                    .containsEntry("user", "me")
                    .doesNotContainKey("none"));
  }

  /** Logged by what logs itself. */
  private record Talkative(String logger) implements Serializable {
    @Override
    public String toString() {
      LoggerFactory.getLogger(logger).error("about {}", this);
      return "shown";
    }
  }

  @Test
  void whatLogsItselfWhenItIsShownIsLoggedOnce() throws Exception {
    String name = this.name;
    pool.apply(
        () -> {
          LoggerFactory.getLogger(name).error("with {}", new Talkative(name));
          LoggerFactory.getLogger(name).error("afterwards");
          return 0;
        });
    recorded.awaitEvent("afterwards");
    assertThat(recorded.messages()).containsExactly("with shown", "afterwards");
  }

  @Test
  void whoIsInterruptedLogsAndStaysInterrupted() throws Exception {
    String name = this.name;
    boolean interrupted =
        pool.apply(
            () -> {
              Thread.currentThread().interrupt();
              LoggerFactory.getLogger(name).error("interrupted");
              return Thread.interrupted();
            });
    assertThat(interrupted).isTrue();
    recorded.awaitEvent("interrupted");
    int next = pool.apply(() -> 42);
    assertThat(next).isEqualTo(42);
  }

  @Test
  void whoLogsOnAFullStackCanLogAfterwards() throws Exception {
    String name = this.name;
    pool.apply(
        () -> {
          Logger logger = LoggerFactory.getLogger(name);
          logger.error("before");
          for (int round = 0; round < 50; round++) {
            logOnAFullStack(logger, round);
            logger.error("round {}", round);
          }
          return 0;
        });
    recorded.awaitEvent("round 49");
    assertThat(recorded.messages())
        .contains("on a full stack")
        .containsAll(IntStream.range(0, 50).mapToObj(round -> "round " + round).toList());
  }

  /** With another number of frames before, the stack overflows at another place. */
  private static void logOnAFullStack(Logger logger, int framesBefore) {
    if (framesBefore > 0) {
      logOnAFullStack(logger, framesBefore - 1);
    } else {
      fillStack(logger, Long.MAX_VALUE);
    }
  }

  /** Logging overflows the stack, too, with a little more room each time, until it does not. */
  private static void fillStack(Logger logger, long framesLeft) {
    try {
      if (framesLeft > 0) {
        fillStack(logger, framesLeft - 1);
      }
    } catch (StackOverflowError e) {
      logger.error("on a full stack");
    }
  }

  @Test
  void userCodeThatStopsItsLoggingBreaksNothingElse() throws Exception {
    String name = this.name;
    try (Pool own = Pool.create(1)) {
      int answer =
          own.apply(
              () -> {
                LoggerFactory.getLogger(name).error("before");
                Object context = LoggerFactory.getILoggerFactory();
                context.getClass().getMethod("reset").invoke(context);
                LoggerFactory.getLogger(name).error("after a reset");
                context.getClass().getMethod("stop").invoke(context);
                LoggerFactory.getLogger("another").error("after a stop");
                return 42;
              });
      assertThat(answer).isEqualTo(42);
      int next = own.apply(() -> 43);
      assertThat(next).isEqualTo(43);
    }
    assertThat(recorded.messages()).containsExactly("before");
  }

  @Test
  void anAppenderThatNeverReturnsHoldsUpNeitherResultsNorTheEnd() throws Exception {
    String name = this.name;
    CountDownLatch opening = new CountDownLatch(1);
    recorded.blockUntil(opening);
    try (Pool own = Pool.create(1)) {
      int answer =
          own.apply(
              () -> {
                String text = "x".repeat(100_000);
                for (int i = 0; i < 500; i++) { // more than is kept
                  LoggerFactory.getLogger(name).error(text);
                }
                return 42;
              });
      assertThat(answer).isEqualTo(42);
      own.shutdown();
      assertThat(own.join(Results.BOUND)).isTrue();
      assertThat(recorded.events()).isEmpty();
    }
    try (RecordedLogger library = RecordedLogger.named("io.processpool.core.log.LogQueue")) {
      opening.countDown();
      await()
          .atMost(Results.BOUND)
          .untilAsserted(
              () -> {
                int logged = recorded.events().size();
                assertThat(logged).isBetween(50, 400);
                assertThat(library.messages()).singleElement().asString().contains("Dropped");
                assertThat(library.events().get(0).getArgumentArray())
                    .containsExactly(500L - logged);
              });
    }
  }

  @Test
  void aTaskThatLogsWithoutEndCanBeStopped() throws Exception {
    String name = this.name;
    CountDownLatch opening = new CountDownLatch(1);
    recorded.blockUntil(opening);
    try (Pool own = Pool.create(2)) {
      Signal logging = Signal.in(directory, "logging");
      AsyncResult<Object> endless = own.applyAsync(() -> logForEver(name, logging));
      logging.awaitRaised();
      int other = own.apply(() -> 42);
      assertThat(other).isEqualTo(42);
      assertThat(endless.cancel(true)).isTrue();
      await().atMost(Results.BOUND).until(endless::ready);
      opening.countDown();
    }
  }

  private static Object logForEver(String name, Signal logging) throws java.io.IOException {
    for (long i = 0; i >= 0; i++) {
      LoggerFactory.getLogger(name).error("without end");
      if (i == 1000) {
        logging.raise();
      }
    }
    return 0;
  }
}
