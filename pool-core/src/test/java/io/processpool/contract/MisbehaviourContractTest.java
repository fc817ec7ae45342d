package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.processpool.AsyncResult;
import io.processpool.Outcome;
import io.processpool.Pool;
import io.processpool.ResultIterator;
import java.io.Serial;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** User code that does what nobody expects holds up nothing but itself. */
@EveryBackend
class MisbehaviourContractTest {
  private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

  private final PoolKind kind;
  private final Pool pool;
  @TempDir Path directory;

  MisbehaviourContractTest(PoolKind kind, Pool pool) {
    this.kind = kind;
    this.pool = pool;
  }

  @Test
  void anExceptionWhoseOwnMethodsThrowFailsItsItemAlone() throws Exception {
    List<Outcome<Integer>> outcomes =
        pool.mapAsync(i -> i == 1 ? throwEvil() : i, List.of(0, 1, 2), 3).outcomes();
    assertThat(outcomes).extracting(Outcome::successful).containsExactly(true, false, true);
  }

  @Test
  void durationsWithoutEndAreLegal() throws Exception {
    try (Pool patient =
        kind.builder()
            .workers(1)
            .startTimeout(FOREVER)
            .stopTimeout(FOREVER)
            .cancelGrace(FOREVER)
            .build()) {
      Signal started = Signal.in(directory, "started");
      AsyncResult<Object> sleeping =
          patient.applyAsync(
              () -> {
                started.raise();
                Thread.sleep(Results.BOUND.toMillis());
                return 0;
              });
      started.awaitRaised();
      assertThat(sleeping.await(Duration.ZERO)).isFalse();
      assertThat(sleeping.cancel(true)).isTrue();
      int next = patient.apply(() -> 1);
      assertThat(next).isEqualTo(1);
    }
  }

  @Test
  void anInputThatInterruptsItsOwnThreadIsPulledAllTheSame() {
    Iterator<Integer> numbers = IntStream.range(0, 1000).iterator();
    Iterable<Integer> input =
        () ->
            new Iterator<>() {
              @Override
              public boolean hasNext() {
                return numbers.hasNext();
              }

              @Override
              public Integer next() {
                Thread.currentThread().interrupt();
                return numbers.next();
              }
            };
    try (ResultIterator<Integer> results = pool.imap(i -> i, input)) {
      assertThat(results.stream().count()).isEqualTo(1000);
    }
  }

  @Test
  void aTaskThatIsCancelledWithoutGraceCostsNoOtherTaskASecondRun() throws Exception {
    Journal innocent = Journal.in(directory, "innocent");
    List<AsyncResult<Integer>> results = new ArrayList<>();
    try (Pool hasty = kind.builder().workers(1).cancelGrace(Duration.ZERO).build()) {
      for (int round = 0; round < 8; round++) {
        Signal started = Signal.in(directory, "started" + round);
        AsyncResult<Object> cancelled =
            hasty.applyAsync(
                () -> {
                  started.raise();
                  Thread.sleep(Results.BOUND.toMillis());
                  return 0;
                });
        int number = round;
        results.add(hasty.applyAsync(() -> noted(innocent, number)));
        started.awaitRaised();
        assertThat(cancelled.cancel(true)).isTrue();
      }
      for (int round = 0; round < 8; round++) {
        assertThat(Results.valueOf(results.get(round))).isEqualTo(round);
      }
    }
    assertThat(innocent.lines()).hasSize(8);
  }

  @Test
  void aContextClassLoaderThatATaskLeavesIsNotThatOfTheNext() throws Exception {
    try (Pool one = kind.pool(1)) {
      boolean replaced = one.apply(MisbehaviourContractTest::leaveNoContextClassLoader);
      assertThat(replaced).isTrue();
      boolean restored = one.apply(() -> Thread.currentThread().getContextClassLoader() != null);
      assertThat(restored).isTrue();
    }
  }

  private static boolean leaveNoContextClassLoader() {
    Thread.currentThread().setContextClassLoader(null);
    return Thread.currentThread().getContextClassLoader() == null;
  }

  private static int noted(Journal journal, int number) throws Exception {
    journal.write(number);
    return number;
  }

  private static Integer throwEvil() {
    throw new EvilException();
  }

  /** An exception that cannot even be looked at. */
  private static final class EvilException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    @Override
    public StackTraceElement[] getStackTrace() {
      throw this;
    }

    @Override
    public void setStackTrace(StackTraceElement[] stackTrace) {
      throw this;
    }

    @Override
    public String getMessage() {
      throw this;
    }
  }
}
