package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.processpool.AsyncResult;
import io.processpool.Pool;
import io.processpool.TaskMetadata;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** A task finds the diagnostic context of the thread that submitted it. */
@EveryBackend(workers = 1)
class DiagnosticContextContractTest {
  private final Pool pool;

  DiagnosticContextContractTest(PoolKind kind, Pool pool) {
    assertThat(kind).isNotNull();
    this.pool = pool;
  }

  @AfterEach
  void forget() {
    MDC.clear();
  }

  @Test
  void everyItemFindsTheContextOfWhoSubmittedIt() throws Exception {
    MDC.put("user", "first");
    AsyncResult<Map<String, String>> first =
        pool.applyAsync(DiagnosticContextContractTest::seenAndSpoilt);
    MDC.put("user", "second");
    MDC.put("request", "17");
    AsyncResult<List<Map<String, String>>> second =
        pool.mapAsync(i -> seenAndSpoilt(), List.of(1, 2, 3), 2);
    MDC.clear();
    AsyncResult<Map<String, String>> third =
        pool.applyAsync(DiagnosticContextContractTest::seenAndSpoilt);
    assertThat(Results.valueOf(first)).isEqualTo(Map.of("user", "first"));
    assertThat(Results.valueOf(second))
        .hasSize(3)
        .allSatisfy(seen -> assertThat(seen).isEqualTo(Map.of("user", "second", "request", "17")));
    assertThat(Results.valueOf(third)).isEmpty();
  }

  @Test
  void whatHasNoValueStaysBehind() throws Exception {
    MDC.put("user", "me");
    MDC.put("none", null);
    Map<String, String> seen = pool.apply(DiagnosticContextContractTest::seenAndSpoilt);
    assertThat(seen).isEqualTo(Map.of("user", "me"));
  }

  private static Map<String, String> seenAndSpoilt() {
    Map<String, String> context = MDC.getCopyOfContextMap();
    Map<String, String> seen = context == null ? new HashMap<>() : new HashMap<>(context);
    seen.keySet().removeIf(key -> key.startsWith("pool."));
    MDC.put("user", "somebody else");
    MDC.put("left", "behind");
    return seen;
  }

  @Test
  void whatATaskLogsTellsWhereItRan() throws Exception {
    try (RecordedLogger recorded = RecordedLogger.ofItsOwn()) {
      String name = recorded.name();
      MDC.put("user", "me");
      AsyncResult<List<Integer>> tasks = pool.mapAsync(i -> logged(name, i), List.of(0, 1, 2), 2);
      Results.valueOf(tasks);
      recorded.awaitEvent("item 2");
      List<ILoggingEvent> events = recorded.events();
      for (int i = 0; i < 3; i++) {
        TaskMetadata metadata = tasks.metadata().get(i);
        assertThat(events.get(i).getMDCPropertyMap())
            .isEqualTo(
                Map.of(
                    "user",
                    "me",
                    "pool.task",
                    metadata.id(),
                    "pool.worker",
                    Integer.toString(metadata.worker().getAsInt())));
      }
    }
  }

  private static int logged(String name, int item) {
    LoggerFactory.getLogger(name).error("item {}", item);
    return item;
  }

  @Test
  void theContextOfTheSubmittingThreadIsItsOwn() throws Exception {
    MDC.put("user", "me");
    pool.apply(DiagnosticContextContractTest::seenAndSpoilt);
    assertThat(MDC.getCopyOfContextMap()).isEqualTo(Map.of("user", "me"));
  }
}
