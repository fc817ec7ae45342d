package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Outcome;
import io.processpool.Pool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cancelling what is queued and what is running. */
@EveryBackend(workers = 1)
class CancelContractTest {
  private final PoolKind kind;
  private final Pool pool;
  @TempDir Path directory;

  CancelContractTest(PoolKind kind, Pool pool) {
    this.kind = kind;
    this.pool = pool;
  }

  @Test
  void aTaskThatIsCancelledBeforeItStartsNeverRuns() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Journal ran = Journal.in(directory, "ran");
    AsyncResult<String> running = pool.applyAsync(() -> gate.pass("value"));
    gate.awaitArrival();
    List<AsyncResult<Integer>> queued = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      queued.add(pool.applyAsync(CancelContractTest::write, ran, i));
    }
    for (int i = 1; i < 10; i += 2) {
      assertThat(queued.get(i).cancel(i % 4 == 1)).isTrue();
      assertCancelled(queued.get(i));
    }
    gate.open();
    assertThat(Results.valueOf(running)).isEqualTo("value");
    for (int i = 0; i < 10; i += 2) {
      assertThat(Results.valueOf(queued.get(i))).isEqualTo(i);
    }
    assertThat(ran.lines()).containsExactly("0", "2", "4", "6", "8");
  }

  @Test
  void aRunningTaskIsInterruptedAndItsWorkerLives() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Signal interrupted = Signal.in(directory, "interrupted");
    Journal starts = Journal.in(directory, "starts");
    try (Pool patient =
        kind.builder()
            .workers(1)
            .cancelGrace(Results.BOUND)
            .initializer(() -> starts.write("start"))
            .build()) {
      AsyncResult<String> result = patient.applyAsync(() -> untilInterrupted(gate, interrupted));
      gate.awaitArrival();
      assertThat(result.cancel(true)).isTrue();
      assertCancelled(result);
      interrupted.awaitRaised();
      int next = patient.apply(() -> 42);
      assertThat(next).isEqualTo(42);
    }
    assertThat(starts.lines()).hasSize(1);
  }

  @Test
  void aRunningTaskThatIsNotToBeInterruptedGoesOn() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Signal finished = Signal.in(directory, "finished");
    try (LogCapture log = LogCapture.open()) {
      AsyncResult<String> result =
          pool.applyAsync(
              () -> {
                String value = gate.pass("dropped");
                finished.raise();
                return value;
              });
      gate.awaitArrival();
      assertThat(result.cancel(false)).isTrue();
      assertCancelled(result);
      gate.open();
      finished.awaitRaised();
      int next = pool.apply(() -> 42);
      assertThat(next).isEqualTo(42);
      assertCancelled(result);
      assertThat(log.warnings()).isEmpty();
    }
  }

  @Test
  void whatACancelledTaskThrowsIsDropped() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    try (LogCapture log = LogCapture.open()) {
      AsyncResult<String> result =
          pool.applyAsync(
              () -> {
                throw new IllegalStateException(gate.pass("dropped"));
              });
      gate.awaitArrival();
      assertThat(result.cancel(false)).isTrue();
      gate.open();
      int next = pool.apply(() -> 42);
      assertThat(next).isEqualTo(42);
      assertCancelled(result);
      assertThat(log.warnings()).isEmpty();
    }
  }

  @Test
  void aCompleteTaskCannotBeCancelled() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncResult<Integer> complete = pool.applyAsync(() -> 42);
    complete.await();
    assertThat(complete.cancel(true)).isFalse();
    assertThat(complete.isCancelled()).isFalse();
    assertThat(complete.get()).isEqualTo(42);
    AsyncResult<String> cancelled = pool.applyAsync(() -> gate.pass("never"));
    gate.awaitArrival();
    assertThat(cancelled.cancel(true)).isTrue();
    assertThat(cancelled.cancel(true)).isFalse();
  }

  @Test
  void everyThreadThatWaitsLearnsOfIt() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncResult<String> result = pool.applyAsync(() -> gate.pass("never"));
    List<Background<Throwable>> waiting =
        List.of(
            Background.start(() -> catchThrowable(result::get)),
            Background.start(() -> catchThrowable(() -> result.get(Results.BOUND))));
    gate.awaitArrival();
    assertThat(result.cancel(true)).isTrue();
    for (Background<Throwable> thread : waiting) {
      assertThat(thread.result()).isInstanceOf(CancellationException.class);
    }
  }

  @Test
  void anotherRunningTaskIsNotDisturbed() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Gate other = Gate.in(directory, "other");
    try (Pool two = kind.pool(2)) {
      AsyncResult<String> result = two.applyAsync(() -> gate.pass("never"));
      AsyncResult<String> undisturbed = two.applyAsync(() -> other.pass("value"));
      gate.awaitArrival();
      other.awaitArrival();
      assertThat(result.cancel(true)).isTrue();
      int meanwhile = two.apply(() -> 42);
      assertThat(meanwhile).isEqualTo(42);
      other.open();
      assertThat(Results.valueOf(undisturbed)).isEqualTo("value");
    }
  }

  @Test
  void theNextTaskIsNotInterrupted() throws Exception {
    for (int i = 0; i < 200; i++) {
      AsyncResult<Integer> cancelled = pool.applyAsync(() -> 1);
      AsyncResult<Boolean> next = pool.applyAsync(() -> Thread.currentThread().isInterrupted());
      if (i % 2 == 0) {
        cancelled.await(Duration.ofNanos(i * 10_000L));
      }
      cancelled.cancel(true);
      assertThat(Results.valueOf(next)).isFalse();
    }
  }

  @Test
  void aMapIsCancelledAsAWhole() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Journal ran = Journal.in(directory, "ran");
    AsyncMapResult<Integer> result =
        pool.mapAsync(
            i -> {
              ran.write(i);
              return i == 2 ? gate.pass(i) : i;
            },
            IntStream.range(0, 10).boxed().toList(),
            1);
    await().atMost(Results.BOUND).until(() -> result.progress() == 2);
    gate.awaitArrival();
    assertThat(result.cancel(true)).isTrue();
    assertCancelled(result);
    List<Outcome<Integer>> outcomes = result.outcomes();
    assertThat(outcomes).hasSize(10);
    assertThat(outcomes.subList(0, 2)).allMatch(Outcome::successful);
    assertThat(outcomes.subList(2, 10))
        .allSatisfy(
            outcome ->
                assertThat(((Outcome.Failure<Integer>) outcome).exception())
                    .isInstanceOf(CancellationException.class));
    Iterator<Integer> values = result.iterator();
    assertThat(values.next()).isZero();
    assertThat(values.next()).isEqualTo(1);
    assertThatThrownBy(values::next).isInstanceOf(CancellationException.class);
    int next = pool.apply(() -> 42);
    assertThat(next).isEqualTo(42);
    assertThat(ran.lines()).containsExactly("0", "1", "2");
  }

  @Test
  void theItemsOfARunningChunkThatHaveNotStartedNeverRun() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    Journal ran = Journal.in(directory, "ran");
    AsyncMapResult<Integer> result =
        pool.mapAsync(
            i -> {
              ran.write(i);
              Thread.sleep(10);
              return gate.pass(i);
            },
            IntStream.range(0, 200).boxed().toList(),
            200);
    gate.awaitArrival();
    AsyncResult<Integer> next = pool.applyAsync(() -> 42);
    assertThat(result.cancel(false)).isTrue();
    assertCancelled(result);
    gate.open();
    assertThat(Results.valueOf(next)).isEqualTo(42);
    assertThat(ran.lines()).startsWith("0").hasSizeLessThan(200);
  }

  private static void assertCancelled(AsyncResult<?> result) {
    assertThat(result.isCancelled()).isTrue();
    assertThat(result.isDone()).isTrue();
    assertThat(result.ready()).isTrue();
    assertThat(result.successful()).isFalse();
    assertThatThrownBy(result::get).isInstanceOf(CancellationException.class);
    assertThatThrownBy(() -> result.get(Duration.ZERO)).isInstanceOf(CancellationException.class);
  }

  private static int write(Journal journal, int line) throws Exception {
    journal.write(line);
    return line;
  }

  private static String untilInterrupted(Gate gate, Signal interrupted) throws Exception {
    try {
      return gate.pass("never");
    } catch (InterruptedException e) {
      interrupted.raise();
      throw e;
    }
  }
}
