package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import io.processpool.AsyncResult;
import io.processpool.Pool;
import io.processpool.RemoteTaskException;
import io.processpool.TaskContext;
import io.processpool.WorkerLostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;
import org.slf4j.event.KeyValuePair;

/** What tasks in worker processes log is logged by the parent, just as it was. */
@WorkerProcesses
class LogContractTest {
  private final Pool pool;
  private final RecordedLogger recorded = RecordedLogger.ofItsOwn();
  private final String name = recorded.name();

  LogContractTest(Pool pool) {
    this.pool = pool;
  }

  @AfterEach
  void forget() {
    recorded.close();
    MDC.clear();
  }

  @Test
  @SuppressWarnings("deprecation") // there is no other way to ask
  void anEventArrivesAsItWas() throws Exception {
    String name = this.name;
    recorded.setLevel(Level.TRACE);
    Instant before = Instant.now();
    AsyncResult<String> task = pool.applyAsync(() -> logEverything(name));
    String taskId = Results.valueOf(task);
    ILoggingEvent event = recorded.awaitEvent("a {} message with 17");
    assertThat(event.getLevel()).isEqualTo(Level.WARN);
    assertThat(event.getLoggerName()).isEqualTo(name);
    assertThat(event.getThreadName()).isEqualTo("its own thread");
    assertThat(event.getInstant()).isBetween(before, Instant.now());
    assertThat(event.getKeyValuePairs())
        .containsExactly(new KeyValuePair("key", "[1, 2]"), new KeyValuePair("none", "null"));
    assertThat(event.getMarkerList()).extracting(Marker::getName).containsExactly("OUTER", "TWO");
    assertThat(event.getMarkerList().get(0).contains("INNER")).isTrue();
    assertThat(event.getMDCPropertyMap())
        .containsOnly(
            entry("user", "me"),
            entry("pool.worker", Integer.toString(task.metadata().get(0).worker().getAsInt())),
            entry("pool.task", taskId));
    assertThat(task.metadata().get(0).id()).isEqualTo(taskId);
  }

  @SuppressWarnings("deprecation") // there is no other way to make one
  private static String logEverything(String name) throws InterruptedException {
    Marker outer = MarkerFactory.getDetachedMarker("OUTER");
    outer.add(MarkerFactory.getDetachedMarker("INNER"));
    Thread thread =
        new Thread(
            () -> {
              MDC.put("user", "me");
              LoggerFactory.getLogger(name)
                  .atWarn()
                  .addMarker(outer)
                  .addMarker(MarkerFactory.getMarker("TWO"))
                  .addKeyValue("key", List.of(1, 2))
                  .addKeyValue("none", (Object) null)
                  .log("a {} message with {}", "{}", 17);
            },
            "its own thread");
    thread.start();
    thread.join();
    return TaskContext.current().taskId();
  }

  @Test
  void theTimeIsThatOfTheCall() throws Exception {
    String name = this.name;
    CountDownLatch opening = new CountDownLatch(1);
    recorded.blockUntil(opening);
    Instant[] around =
        Results.valueOf(
            pool.applyAsync(
                () -> {
                  LoggerFactory.getLogger(name).error("what holds up the other");
                  Instant before = Instant.now();
                  LoggerFactory.getLogger(name).error("now");
                  return new Instant[] {before, Instant.now()};
                }));
    opening.countDown();
    assertThat(recorded.awaitEvent("now").getInstant()).isBetween(around[0], around[1]);
  }

  @Test
  void everyLevelArrivesAsItself() throws Exception {
    String name = this.name;
    recorded.setLevel(Level.TRACE);
    pool.apply(
        () -> {
          Logger logger = LoggerFactory.getLogger(name);
          logger.trace("a trace");
          logger.debug("a debug");
          logger.info("an info");
          logger.warn("a warn");
          logger.error("an error");
          return 0;
        });
    recorded.awaitEvent("an error");
    assertThat(recorded.events())
        .extracting(event -> event.getLevel() + " " + event.getFormattedMessage())
        .containsExactly(
            "TRACE a trace", "DEBUG a debug", "INFO an info", "WARN a warn", "ERROR an error");
  }

  /** An exception that only the worker can make, for it cannot be serialised. */
  private static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial")
    private final Object state;

    Unreadable(String message, Throwable cause) {
      super(message, cause);
      state = Thread.currentThread();
    }

    @Override
    public String getMessage() {
      return super.getMessage() + (state == null ? " read back" : " of the worker");
    }
  }

  @Test
  void anExceptionArrivesInWordsWithItsFramesAndCauses() throws Exception {
    String name = this.name;
    pool.apply(
        () -> {
          Throwable cause = new IllegalStateException("the cause");
          cause.addSuppressed(new ArithmeticException("suppressed"));
          LoggerFactory.getLogger(name).error("failed", new Unreadable("the failure", cause));
          return 0;
        });
    IThrowableProxy failure = recorded.awaitEvent("failed").getThrowableProxy();
    assertThat(failure.getClassName()).isEqualTo(RemoteTaskException.class.getName());
    assertThat(failure.getMessage())
        .isEqualTo(Unreadable.class.getName() + ": the failure of the worker");
    assertThat(failure.getStackTraceElementProxyArray()[0].getStackTraceElement().getClassName())
        .isEqualTo(LogContractTest.class.getName());
    assertThat(failure.getCause().getMessage())
        .isEqualTo("java.lang.IllegalStateException: the cause");
    assertThat(failure.getCause().getSuppressed()[0].getMessage()).contains("suppressed");
  }

  @Test
  void whatIsLoggedRightBeforeTheEndArrives() {
    String name = this.name;
    Throwable lost =
        Results.failureOf(
            pool.applyAsync(
                () -> {
                  for (int i = 0; i < 1000; i++) {
                    LoggerFactory.getLogger(name).error("event {}", i);
                  }
                  Runtime.getRuntime().halt(3);
                  return 0;
                }));
    assertThat(lost).isInstanceOf(WorkerLostException.class);
    recorded.awaitEvent("event 999");
    assertThat(recorded.messages())
        .isEqualTo(IntStream.range(0, 1000).mapToObj(i -> "event " + i).toList());
  }

  @Test
  void whatIsLoggedInAPoolWithinAPoolArrives() throws Exception {
    String name = this.name;
    pool.apply(
        () -> {
          try (Pool inner = Pool.create(1)) {
            return inner.apply(() -> log(name, "from within"));
          }
        });
    recorded.awaitEvent("from within");
    assertThat(recorded.messages()).containsExactly("from within");
  }

  @Test
  void whatIsLoggedInAShutdownHookArrives() {
    String name = this.name;
    Throwable lost =
        Results.failureOf(
            pool.applyAsync(
                () -> {
                  Runtime.getRuntime()
                      .addShutdownHook(
                          new Thread(() -> LoggerFactory.getLogger(name).error("from a hook")));
                  System.exit(3);
                  return 0;
                }));
    assertThat(lost).isInstanceOf(WorkerLostException.class);
    recorded.awaitEvent("from a hook");
  }

  @Test
  void theInitializerAndTheFinalizerLogWithoutATask() throws Exception {
    String name = this.name;
    try (Pool own =
        Pool.builder()
            .workers(1)
            .initializer(() -> LoggerFactory.getLogger(name).error("first"))
            .finalizer(() -> LoggerFactory.getLogger(name).error("last"))
            .build()) {
      MDC.put("user", "me");
      own.apply(() -> 0);
    }
    assertThat(recorded.messages()).containsExactly("first", "last");
    assertThat(recorded.events())
        .allSatisfy(
            event -> assertThat(event.getMDCPropertyMap()).isEqualTo(Map.of("pool.worker", "1")));
  }

  @Test
  void whatWasLoggedIsThereWhenThePoolIsClosed() throws Exception {
    String name = this.name;
    CountDownLatch opening = new CountDownLatch(1);
    recorded.blockUntil(opening);
    Pool own = Pool.create(2);
    own.map(i -> log(name, "item " + i), IntStream.range(0, 50).boxed().toList(), 10);
    Background<Integer> atTheEnd =
        Background.start(
            () -> {
              own.close();
              return recorded.messages().size();
            });
    await()
        .atMost(Results.BOUND)
        .until(
            () ->
                !atTheEnd.thread().isAlive()
                    || Arrays.stream(atTheEnd.thread().getStackTrace())
                        .anyMatch(frame -> frame.getClassName().endsWith(".ForwardedLogs")));
    opening.countDown();
    assertThat(atTheEnd.result()).isEqualTo(50);
  }

  private static int log(String name, String message) {
    LoggerFactory.getLogger(name).error(message);
    return 0;
  }

  @Test
  void aLoggerOfManyThreadsLosesNothing() throws Exception {
    String name = this.name;
    try (Pool own = Pool.create(1)) {
      own.apply(
          () -> {
            log(name, "the logging is set up"); // or SLF4J would have one thread log for all
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
              threads.add(
                  new Thread(() -> IntStream.range(0, 100).forEach(n -> log(name, "event " + n))));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
              thread.join();
            }
            return 0;
          });
    }
    assertThat(recorded.messages()).hasSize(801);
  }
}
