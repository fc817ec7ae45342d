package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Pool;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever submits with no stack or memory left harms neither the pool nor what it has. */
@Timeout(120)
class FailedSubmissionTest {
  private final RecordingBackend backend = new RecordingBackend();

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aPoolGoesOnAfterAnErrorInTheMidstOfASubmission(boolean several) throws Exception {
    try (Pool pool = backend.builder().workers(1).build()) {
      for (Error error : List.of(new StackOverflowError(), new OutOfMemoryError("by intent"))) {
        failOnce(pool, several, error);
        for (int i = 0; i < 10; i++) {
          AsyncResult<Integer> result = pool.applyAsync(() -> 42);
          assertThat(result.get(Results.BOUND)).isEqualTo(42);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aPoolEndsAfterAnErrorInTheMidstOfItsLastSubmission(boolean several) throws Exception {
    try (Pool pool = backend.builder().workers(1).build()) {
      failOnce(pool, several, new StackOverflowError());
    }
  }

  /** A worker is idle, so that it is given something at once. */
  private void failOnce(Pool pool, boolean several, Error error) throws Exception {
    AsyncMapResult<Integer> before = pool.mapAsync(i -> i, List.of(1, 2, 3), 1);
    assertThat(before.get(Results.BOUND)).containsExactly(1, 2, 3);
    backend.failWith(error);
    assertThatThrownBy(
            () -> {
              if (several) {
                pool.mapAsync(i -> i, List.of(1, 2, 3), 1);
              } else {
                pool.applyAsync(() -> 1);
              }
            })
        .isSameAs(error);
    backend.failWith(null);
  }
}
