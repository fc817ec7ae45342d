package io.processpool.contract;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.processpool.AsyncResult;
import java.time.Duration;
import java.util.concurrent.ExecutionException;

/** Takes what a handle has to give, within a bound that only a hang exceeds. */
final class Results {
  static final Duration BOUND = Duration.ofSeconds(60);

  private Results() {}

  static <R> R valueOf(AsyncResult<R> result) throws Exception {
    return result.get(BOUND);
  }

  static Throwable failureOf(AsyncResult<?> result) {
    return catchThrowableOfType(ExecutionException.class, () -> result.get(BOUND)).getCause();
  }
}
