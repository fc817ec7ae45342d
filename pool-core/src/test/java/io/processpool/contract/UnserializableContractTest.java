package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Outcome;
import io.processpool.Pool;
import io.processpool.RemoteTaskException;
import io.processpool.TaskSerializationException;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.Serial;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Results, arguments and exceptions that do not make it through the serialiser fail their own task
 * and nothing else: neither another item of the chunk nor the worker.
 */
@EveryBackend(workers = 1)
class UnserializableContractTest {
  private final Pool pool;
  private long worker;

  UnserializableContractTest(PoolKind kind, Pool pool) {
    this.pool = pool;
  }

  @BeforeEach
  void noteTheWorker() throws Exception {
    worker = pool.apply(Processes::self);
  }

  @AfterEach
  void theWorkerIsStillThere() throws Exception {
    long workerNow = pool.apply(Processes::self);
    assertThat(workerNow).isEqualTo(worker);
  }

  @Test
  void anExceptionThatCannotBeSerialisedIsDescribed() {
    AsyncResult<Object> result = pool.applyAsync(UnserializableContractTest::throwWithThread);
    Throwable failure = Results.failureOf(result);
    assertThat(failure).isInstanceOf(RemoteTaskException.class);
    RemoteTaskException described = (RemoteTaskException) failure;
    assertThat(described.remoteClassName()).isEqualTo(ThreadException.class.getName());
    assertThat(described.remoteMessage()).isEqualTo("has a thread");
    assertThat(described).hasMessage(ThreadException.class.getName() + ": has a thread");
    assertThat(described.getStackTrace())
        .extracting(StackTraceElement::getMethodName)
        .contains("throwWithThread", "anExceptionThatCannotBeSerialisedIsDescribed");
    assertThat(described.getCause().toString()).endsWith("java.io.IOException: the cause");
    assertThat(described.getSuppressed())
        .extracting(Throwable::toString)
        .anyMatch(text -> text.endsWith("java.lang.ArithmeticException: by the way"));
  }

  @Test
  void anExceptionWhoseCauseCannotBeSerialisedIsDescribedToo() {
    AsyncResult<Object> result = pool.applyAsync(UnserializableContractTest::throwWithBadCause);
    Throwable failure = Results.failureOf(result);
    assertThat(failure).hasMessageContaining("outer");
    assertThat(failure.getCause())
        .isInstanceOf(RemoteTaskException.class)
        .hasMessage(ThreadException.class.getName() + ": has a thread");
  }

  @Test
  void anExceptionThatCannotBeReadIsDescribed() {
    AsyncResult<Object> result = pool.applyAsync(UnserializableContractTest::throwUnreadable);
    Throwable failure = Results.failureOf(result);
    assertThat(failure).isInstanceOf(RemoteTaskException.class);
    assertThat(((RemoteTaskException) failure).remoteClassName())
        .isEqualTo(UnreadableException.class.getName());
    assertThat(((RemoteTaskException) failure).remoteMessage()).isEqualTo("cannot be read");
  }

  @Test
  void aResultThatCannotBeSerialisedFailsItsItemAlone() throws Exception {
    AsyncMapResult<Object> result =
        pool.mapAsync(i -> i == 1 ? Thread.currentThread() : i, List.of(0, 1, 2), 3);
    List<Outcome<Object>> outcomes = result.outcomes();
    assertThat(outcomes).extracting(Outcome::successful).containsExactly(true, false, true);
    assertThat(((Outcome.Failure<Object>) outcomes.get(1)).exception())
        .isInstanceOf(TaskSerializationException.class)
        .hasMessageContaining("java.lang.Thread");
  }

  @Test
  void aResultThatThrowsWhileItIsWrittenFailsItsItemAlone() throws Exception {
    AsyncMapResult<Object> result =
        pool.mapAsync(i -> i == 1 ? new Awkward(Awkward.WRITE) : i, List.of(0, 1, 2), 3);
    assertOnlyTheSecondFailed(result);
  }

  @Test
  void aResultThatCannotBeReadFailsItsItemAlone() throws Exception {
    AsyncMapResult<Object> result =
        pool.mapAsync(i -> i == 1 ? new Awkward(Awkward.READ) : i, List.of(0, 1, 2), 3);
    assertOnlyTheSecondFailed(result);
  }

  @Test
  void aResultWhoseReadingEndsWithAnErrorFailsItsItemAlone() throws Exception {
    AsyncMapResult<Object> result =
        pool.mapAsync(i -> i == 1 ? new Awkward(Awkward.ERROR) : i, List.of(0, 1, 2), 3);
    assertOnlyTheSecondFailed(result);
  }

  @Test
  void anArgumentThatCannotBeReadFailsItsItemAlone() throws Exception {
    AsyncMapResult<Object> result =
        pool.mapAsync(i -> i.toString(), List.of(0, new Awkward(Awkward.READ), 2), 3);
    assertOnlyTheSecondFailed(result);
  }

  private static void assertOnlyTheSecondFailed(AsyncMapResult<Object> result) throws Exception {
    List<Outcome<Object>> outcomes = result.outcomes();
    assertThat(outcomes).extracting(Outcome::successful).containsExactly(true, false, true);
    assertThat(((Outcome.Failure<Object>) outcomes.get(1)).exception())
        .isInstanceOf(TaskSerializationException.class)
        .hasMessageContaining(Awkward.class.getName());
  }

  private static Object throwWithThread() {
    ThreadException exception = new ThreadException(new IOException("the cause"));
    exception.addSuppressed(new ArithmeticException("by the way"));
    throw exception;
  }

  private static Object throwWithBadCause() {
    throw new IllegalStateException("outer", new ThreadException(null));
  }

  private static Object throwUnreadable() {
    throw new UnreadableException();
  }

  /** An exception with a field that cannot travel. */
  private static final class ThreadException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    @SuppressWarnings({"serial", "unused"})
    private final Thread thread = Thread.currentThread();

    ThreadException(Throwable cause) {
      super("has a thread", cause);
    }
  }

  /** An exception that is written and cannot be read. */
  private static final class UnreadableException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    UnreadableException() {
      super("cannot be read");
    }

    @Serial
    private void readObject(ObjectInputStream in) throws IOException {
      throw new IOException("refuses to be read");
    }
  }

  /** A value that makes difficulties on its way. */
  public static final class Awkward implements Externalizable {
    static final int WRITE = 1;
    static final int READ = 2;
    static final int ERROR = 3;

    @Serial private static final long serialVersionUID = 1L;

    private int difficulty;

    /** For the one who reads it. */
    public Awkward() {}

    Awkward(int difficulty) {
      this.difficulty = difficulty;
    }

    @Override
    public void writeExternal(ObjectOutput out) throws IOException {
      if (difficulty == WRITE) {
        throw new IOException("refuses to be written");
      }
      out.writeInt(difficulty);
    }

    @Override
    public void readExternal(ObjectInput in) throws IOException {
      difficulty = in.readInt();
      if (difficulty == READ) {
        throw new IOException("refuses to be read");
      }
      if (difficulty == ERROR) {
        throw new StackOverflowError("overflows when it is read");
      }
    }
  }
}
