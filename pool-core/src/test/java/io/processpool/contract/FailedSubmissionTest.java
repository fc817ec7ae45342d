package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Pool;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever submits with no stack or memory left harms neither the pool nor what it has. */
@Timeout(120)
class FailedSubmissionTest {
  private final RecordingBackend backend = new RecordingBackend();

  @Test
  void aPoolGoesOnAfterAnErrorInTheMidstOfASubmission() throws Exception {
    try (Pool pool = backend.builder().workers(2).build()) {
      for (Error error : List.of(new StackOverflowError(), new OutOfMemoryError("by intent"))) {
        AsyncMapResult<Integer> before = pool.mapAsync(i -> i, List.of(1, 2, 3), 1);
        assertThat(before.get(Results.BOUND)).containsExactly(1, 2, 3);
        backend.failWith(error);
        assertThatThrownBy(() -> pool.applyAsync(() -> 1)).isSameAs(error);
        assertThatThrownBy(() -> pool.mapAsync(i -> i, List.of(1, 2, 3), 1)).isSameAs(error);
        backend.failWith(null);
        for (int i = 0; i < 10; i++) {
          AsyncResult<Integer> result = pool.applyAsync(() -> 42);
          assertThat(result.get(Results.BOUND)).isEqualTo(42);
        }
      }
    }
  }

  @Test
  void aPoolEndsAfterAnErrorInTheMidstOfItsLastSubmission() {
    try (Pool pool = backend.builder().workers(1).build()) {
      backend.failWith(new StackOverflowError());
      assertThatThrownBy(() -> pool.applyAsync(() -> 1)).isInstanceOf(StackOverflowError.class);
      backend.failWith(null);
    }
  }
}
