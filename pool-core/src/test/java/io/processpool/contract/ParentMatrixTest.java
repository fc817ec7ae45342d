package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Outcome;
import io.processpool.Pool;
import io.processpool.PoolTerminatedException;
import io.processpool.RemoteTaskException;
import io.processpool.ResultIterator;
import io.processpool.TaskSerializationException;
import io.processpool.function.SerializableFunction;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whatever user code does in the parent, while an argument is written or a result is read: the task
 * fails with an exception that says it, and everything else goes on.
 */
@WorkerProcesses
class ParentMatrixTest {
  private static final int MORE_THAN_DECODERS = Runtime.getRuntime().availableProcessors() + 3;
  private static final SerializableFunction<Integer, Object> TROUBLE_AT_1 =
      i -> i == 1 ? new Trouble(Moment.READ, Deed.NEVER_END) : new Result(i);

  private static volatile CountDownLatch end = new CountDownLatch(1);
  private static final AtomicInteger STUCK = new AtomicInteger();
  private static final AtomicInteger INTERRUPTED = new AtomicInteger();

  private final Pool pool;

  ParentMatrixTest(Pool pool) {
    this.pool = pool;
  }

  @BeforeEach
  void begin() {
    end = new CountDownLatch(1);
    STUCK.set(0);
    INTERRUPTED.set(0);
  }

  @AfterEach
  void letTheStuckThreadsEnd() {
    end.countDown();
    Awaitility.await().atMost(Results.BOUND).until(() -> decoders().isEmpty());
  }

  private static List<Thread> decoders() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("pool-decoder"))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "THROW, java.io.IOException: refuses",
    "OVERFLOW, java.lang.StackOverflowError",
    "EXHAUST_MEMORY, java.lang.OutOfMemoryError"
  })
  void anArgumentThatCannotBeWrittenIsRefused(Deed deed, String reason) throws Exception {
    Throwable refusal =
        catchThrowable(() -> pool.applyAsync(x -> 0, new Trouble(Moment.WRITE, deed)));
    assertThat(refusal)
        .isInstanceOf(TaskSerializationException.class)
        .hasMessageStartingWith("argument cannot travel: ")
        .hasMessageContaining(reason);
    assertGoesOn(pool);
  }

  @ParameterizedTest
  @CsvSource({
    "THROW, java.io.IOException: refuses",
    "OVERFLOW, java.lang.StackOverflowError",
    "EXHAUST_MEMORY, java.lang.OutOfMemoryError"
  })
  void aResultThatCannotBeReadFailsItsItemAlone(Deed deed, String reason) throws Exception {
    AsyncMapResult<Object> result =
        pool.mapAsync(
            i -> i == 1 ? new Trouble(Moment.READ, deed) : new Result(i), List.of(0, 1, 2), 3);
    assertThat(onlyFailure(result.outcomes()))
        .isInstanceOf(TaskSerializationException.class)
        .hasMessageStartingWith("result of item 1 cannot be read: ")
        .hasMessageContaining(reason);
    assertGoesOn(pool);
  }

  @Test
  void aResultWhoseReadingNeverEndsFailsItsItemAlone() throws Exception {
    try (Pool impatient = pool(Duration.ofSeconds(3))) {
      AsyncMapResult<Object> result = impatient.mapAsync(TROUBLE_AT_1, List.of(0, 1, 2), 3);
      Throwable failure = onlyFailure(result.outcomes());
      assertThat(failure)
          .isInstanceOf(TaskSerializationException.class)
          .hasMessage("result of item 1 cannot be read: reading it did not end within PT3S");
      assertThat(failure.getCause()).isInstanceOf(TimeoutException.class);
      assertThat(failure.getCause().getStackTrace())
          .extracting(StackTraceElement::getMethodName)
          .contains("happen");
      Awaitility.await().atMost(Results.BOUND).until(() -> INTERRUPTED.get() == 1);
      assertGoesOn(impatient);
    }
  }

  @Test
  void anExceptionWhoseReadingNeverEndsIsDescribed() throws Exception {
    try (Pool impatient = pool(Duration.ofMillis(300))) {
      AsyncResult<Object> result =
          impatient.applyAsync(
              () -> {
                throw new TroubleException();
              });
      assertThat(Results.failureOf(result))
          .isInstanceOf(RemoteTaskException.class)
          .hasMessage(TroubleException.class.getName() + ": in trouble");
    }
  }

  @Test
  void whatIsReadTooLateIsDropped() throws Exception {
    try (Pool impatient = pool(Duration.ofSeconds(3));
        ResultIterator<Object> results =
            impatient.imapUnordered(TROUBLE_AT_1, List.of(0, 1, 2, 3), 2)) {
      List<Object> values = new ArrayList<>();
      List<Throwable> failures = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        try {
          values.add(results.next(Results.BOUND));
        } catch (TaskSerializationException e) {
          failures.add(e);
          end.countDown();
          Awaitility.await().atMost(Results.BOUND).until(() -> decoders().size() <= 1);
        }
      }
      assertThat(values).containsExactlyInAnyOrder(new Result(0), new Result(2), new Result(3));
      assertThat(failures).hasSize(1);
      assertThat(results.hasNext()).isFalse();
    }
  }

  @Test
  void moreReadingsThatNeverEndThanDecodersDoNotStallTheRest() throws Exception {
    List<AsyncResult<Trouble>> stuck = new ArrayList<>();
    try (Pool patient = pool(Duration.ofHours(1))) {
      for (int i = 0; i < MORE_THAN_DECODERS; i++) {
        stuck.add(patient.applyAsync(() -> new Trouble(Moment.READ, Deed.NEVER_END)));
      }
      Awaitility.await().atMost(Results.BOUND).until(() -> STUCK.get() == MORE_THAN_DECODERS);
      assertGoesOn(patient);
      assertThat(stuck).noneMatch(AsyncResult::ready);
      patient.terminate();
      assertThat(patient.join(Results.BOUND)).isTrue();
    }
    for (AsyncResult<Trouble> result : stuck) {
      assertThat(Results.failureOf(result)).isInstanceOf(PoolTerminatedException.class);
    }
    Awaitility.await().atMost(Results.BOUND).until(() -> INTERRUPTED.get() == MORE_THAN_DECODERS);
  }

  @Test
  void anOrderlyEndWaitsForAReadingNoLongerThanTheTimeout() throws Exception {
    AsyncResult<Trouble> result;
    try (Pool impatient = pool(Duration.ofMillis(300))) {
      result = impatient.applyAsync(() -> new Trouble(Moment.READ, Deed.NEVER_END));
    }
    assertThat(Results.failureOf(result)).isInstanceOf(TaskSerializationException.class);
  }

  @Test
  void anArgumentWhoseWritingNeverEndsHoldsUpItsCallerAlone() throws Exception {
    Trouble trouble = new Trouble(Moment.WRITE, Deed.NEVER_END);
    try (Pool own = pool(Duration.ofHours(1))) {
      Thread caller = Background.start(() -> own.applyAsync(x -> 0, trouble)).thread();
      Awaitility.await().atMost(Results.BOUND).until(() -> STUCK.get() == 1);
      assertGoesOn(own);
      own.terminate();
      assertThat(own.join(Results.BOUND)).isTrue();
      assertThat(caller.isAlive()).isTrue();
      end.countDown();
      caller.join(Results.BOUND.toMillis());
    }
  }

  @Test
  void anInputOfImapWhoseWritingNeverEndsHoldsUpItsImapAlone() throws Exception {
    List<Trouble> input = List.of(new Trouble(Moment.WRITE, Deed.NEVER_END));
    try (Pool own = pool(Duration.ofHours(1));
        ResultIterator<Integer> results = own.imap(x -> 0, input)) {
      Awaitility.await().atMost(Results.BOUND).until(() -> STUCK.get() == 1);
      assertGoesOn(own);
      own.terminate();
      assertThat(own.join(Results.BOUND)).isTrue();
      assertThat(catchThrowable(results::next)).isInstanceOf(PoolTerminatedException.class);
    }
  }

  private static Pool pool(Duration resultTimeout) {
    return Pool.builder().workers(1).resultTimeout(resultTimeout).build();
  }

  /** Plain results and others. */
  private static void assertGoesOn(Pool pool) throws Exception {
    assertThat(Results.valueOf(pool.mapAsync(i -> i + 1, List.of(1, 2)))).containsExactly(2, 3);
    assertThat(Results.valueOf(pool.mapAsync(Result::new, List.of(1, 2))))
        .containsExactly(new Result(1), new Result(2));
  }

  private static Throwable onlyFailure(List<Outcome<Object>> outcomes) {
    assertThat(outcomes).extracting(Outcome::successful).containsExactly(true, false, true);
    return ((Outcome.Failure<Object>) outcomes.get(1)).exception();
  }

  enum Moment {
    WRITE,
    READ
  }

  enum Deed {
    THROW {
      @Override
      void happen() throws IOException {
        throw new IOException("refuses");
      }
    },
    OVERFLOW {
      @Override
      void happen() {
        STUCK.addAndGet((int) recursion(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16));
      }
    },
    EXHAUST_MEMORY {
      @Override
      void happen() {
        STUCK.addAndGet(new long[Integer.MAX_VALUE].length);
      }
    },
    NEVER_END {
      @Override
      void happen() {
        CountDownLatch endOfTest = end;
        STUCK.incrementAndGet();
        while (endOfTest.getCount() > 0) {
          try {
            endOfTest.await();
          } catch (InterruptedException e) {
            INTERRUPTED.incrementAndGet();
          }
        }
      }
    };

    abstract void happen() throws IOException;

    /** Without end; with large frames, so that the stack is soon full. */
    @SuppressWarnings("InfiniteRecursion") // the point
    static long recursion(
        long a,
        long b,
        long c,
        long d,
        long e,
        long f,
        long g,
        long h,
        long i,
        long j,
        long k,
        long l,
        long m,
        long n,
        long o,
        long p) {
      long deeper = recursion(b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, a + 1);
      return deeper + a + b + c + d + e + f + g + h + i + j + k + l + m + n + o + p;
    }
  }

  private static boolean inParent() {
    return System.getenv("PROCESS_POOL_DEPTH") == null;
  }

  /** A result that needs a decoder. */
  private record Result(int number) {}

  /** Does something at some moment, in the parent. */
  private static final class Trouble implements Serializable {
    @Serial private static final long serialVersionUID = 1L;

    private final Moment moment;
    private final Deed deed;

    Trouble(Moment moment, Deed deed) {
      this.moment = moment;
      this.deed = deed;
    }

    @Serial
    private void writeObject(ObjectOutputStream out) throws IOException {
      out.defaultWriteObject();
      happenAt(Moment.WRITE);
    }

    @Serial
    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      happenAt(Moment.READ);
    }

    private void happenAt(Moment now) throws IOException {
      if (inParent() && moment == now) {
        deed.happen();
      }
    }
  }

  /** An exception that is never read. */
  private static final class TroubleException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    @SuppressWarnings("unused")
    private final Trouble trouble = new Trouble(Moment.READ, Deed.NEVER_END);

    TroubleException() {
      super("in trouble");
    }
  }
}
