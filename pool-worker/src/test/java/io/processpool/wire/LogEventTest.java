package io.processpool.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.processpool.RemoteTaskException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;

/** Log events travel whole; what is none is refused. */
class LogEventTest {
  private static final LogEvent.Mark MARK =
      new LogEvent.Mark("A", List.of(new LogEvent.Mark("B", List.of())));

  @ParameterizedTest
  @EnumSource
  void anEventIsReadAsItWasWritten(Level level) throws WireException {
    LogEvent event =
        new LogEvent(
            level,
            new LogEvent.Origin("logger", "thread", "7.3"),
            Instant.ofEpochSecond(-5, 123_456_789),
            "größer {} \uD83D\uDE00",
            List.of(MARK, MARK),
            Map.of("user", "me", "", ""),
            List.of(new KeyValuePair("key", "value")),
            null);
    assertThat(LogEvent.decode(event.encode())).isEqualTo(event);
  }

  @Test
  void anExceptionIsReadInWords() throws WireException {
    Exception failure = new IllegalStateException("outer", new ArithmeticException("inner"));
    Throwable read = LogEvent.decode(event("x", failure).encode()).failure();
    assertThat(read)
        .isInstanceOf(RemoteTaskException.class)
        .hasMessage("java.lang.IllegalStateException: outer")
        .hasStackTraceContaining("LogEventTest.anExceptionIsReadInWords");
    assertThat(read.getCause()).hasMessage("java.lang.ArithmeticException: inner");
  }

  @Test
  void ofAnExceptionThatSaysTooMuchTheNameArrives() throws WireException {
    Exception failure = new IllegalStateException("x".repeat(2_000_000));
    assertThat(LogEvent.decode(event("x", failure).encode()).failure())
        .hasMessage("java.lang.IllegalStateException")
        .hasNoCause();
  }

  @Test
  void aLongTextIsCut() throws WireException {
    String read = LogEvent.decode(event("x".repeat(1_000_000), null).encode()).message();
    assertThat(read).startsWith("xxx").endsWith("x... [737856 more characters]");
    assertThat(read).hasSize(LogEvent.LONGEST_TEXT + "... [737856 more characters]".length());
  }

  @Test
  void anEventThatIsTooLargeIsRefused() {
    Map<String, String> context =
        IntStream.range(0, 100)
            .boxed()
            .collect(Collectors.toMap(i -> "key " + i, i -> "x".repeat(100_000)));
    LogEvent event =
        new LogEvent(
            Level.INFO,
            new LogEvent.Origin("logger", "thread", null),
            Instant.EPOCH,
            "message",
            List.of(),
            context,
            List.of(),
            null);
    assertThatThrownBy(event::encode).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsNoEventIsRefused() {
    byte[] good = event("message", new IllegalStateException("failure")).encode();
    for (int length = 0; length < good.length; length++) {
      byte[] part = Arrays.copyOf(good, length);
      assertThatThrownBy(() -> LogEvent.decode(part)).isInstanceOf(WireException.class);
    }
    byte[] longer = Arrays.copyOf(good, good.length + 1);
    assertThatThrownBy(() -> LogEvent.decode(longer)).isInstanceOf(WireException.class);
  }

  @Test
  void garbageIsReadOrRefusedAndNothingElse() {
    byte[] good = event("message", new IllegalStateException("failure")).encode();
    Random random = new Random(1);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] garbage = good.clone();
      for (int changes = random.nextInt(8); changes >= 0; changes--) {
        garbage[random.nextInt(garbage.length)] = (byte) random.nextInt();
      }
      try {
        assertThat(LogEvent.decode(garbage).message()).isNotNull();
      } catch (WireException e) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  private static LogEvent event(String message, @Nullable Throwable failure) {
    return new LogEvent(
        Level.INFO,
        new LogEvent.Origin("logger", "thread", null),
        Instant.EPOCH,
        message,
        List.of(MARK),
        Map.of("user", "me"),
        List.of(new KeyValuePair("key", "value")),
        failure);
  }
}
