package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Outcome;
import io.processpool.Pool;
import io.processpool.RemoteTaskException;
import io.processpool.ResultIterator;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a task throws arrives as itself, and tells where it came from and who asked for it. */
@EveryBackend
class ExceptionContractTest {
  private final Pool pool;

  ExceptionContractTest(PoolKind kind, Pool pool) {
    this.pool = pool;
  }

  @Test
  void anExceptionArrivesInItsOwnClassWithAllItHolds() {
    AsyncResult<Object> result = pool.applyAsync(ExceptionContractTest::refuse);
    Throwable failure = Results.failureOf(result);
    assertThat(failure).isInstanceOf(RefusedException.class).hasMessage("refused");
    assertThat(((RefusedException) failure).code).isEqualTo(42);
    assertThat(failure.getCause())
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("unchecked")
        .cause()
        .isInstanceOf(FileNotFoundException.class)
        .hasMessage("no such file");
    assertThat(failure.getSuppressed())
        .filteredOn(suppressed -> suppressed instanceof ArithmeticException)
        .singleElement()
        .satisfies(suppressed -> assertThat(suppressed).hasMessage("by the way"));
  }

  @Test
  void theFramesOfTheTaskAreInTheStackTrace() {
    AsyncResult<Object> result = pool.applyAsync(ExceptionContractTest::refuse);
    Throwable failure = Results.failureOf(result);
    assertThat(failure.getStackTrace()[0].getMethodName()).isEqualTo("refuse");
    assertThat(failure.getStackTrace()[0].getClassName())
        .isEqualTo(ExceptionContractTest.class.getName());
    assertThat(failure.getStackTrace()[0].getLineNumber()).isPositive();
    assertHasFrame(failure.getCause(), "cause");
  }

  @Test
  void thePlaceOfTheCallIsInTheStackTrace() throws Exception {
    String here = "thePlaceOfTheCallIsInTheStackTrace";
    assertHasFrame(Results.failureOf(pool.applyAsync(ExceptionContractTest::refuse)), here);
    assertHasFrame(Results.failureOf(pool.mapAsync(i -> refuse(), List.of(1, 2))), here);
    AsyncMapResult<Object> map = pool.mapAsync(i -> refuse(), List.of(1, 2), 2);
    for (Outcome<Object> outcome : map.outcomes()) {
      assertHasFrame(((Outcome.Failure<Object>) outcome).exception(), here);
    }
    ResultIterator<Object> results = pool.imap(i -> refuse(), List.of(1));
    assertHasFrame(catchThrowable(results::next), here);
    assertHasFrame(catchThrowable(() -> pool.apply(ExceptionContractTest::refuse)), here);
    assertHasFrame(catchThrowable(() -> pool.map(i -> refuse(), List.of(1))), here);
  }

  @Test
  void theCallBehindACheckedExceptionIsSeenToo() {
    Throwable failure = catchThrowable(() -> pool.apply(ExceptionContractTest::checked));
    assertThat(failure).isInstanceOf(RemoteTaskException.class);
    assertHasFrame(failure.getCause(), "checked");
    assertHasFrame(failure.getCause(), "theCallBehindACheckedExceptionIsSeenToo");
  }

  @Test
  void aBlockingCallThrowsAnUncheckedExceptionAsItself() {
    assertThat(catchThrowable(() -> pool.apply(ExceptionContractTest::refuse)))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void aBlockingCallWrapsACheckedException() {
    Throwable failure = catchThrowable(() -> pool.apply(ExceptionContractTest::checked));
    assertThat(failure)
        .isInstanceOf(RemoteTaskException.class)
        .cause()
        .isInstanceOf(IOException.class)
        .hasMessage("checked");
    assertThat(((RemoteTaskException) failure).remoteClassName()).isEqualTo("java.io.IOException");
    assertThat(((RemoteTaskException) failure).remoteMessage()).isEqualTo("checked");
  }

  @Test
  void getThrowsACheckedExceptionAsItsCause() {
    AsyncResult<Object> result = pool.applyAsync(ExceptionContractTest::checked);
    assertThat(Results.failureOf(result)).isInstanceOf(IOException.class).hasMessage("checked");
  }

  @Test
  void anErrorArrivesAsItself() {
    assertThat(catchThrowable(() -> pool.apply(ExceptionContractTest::error)))
        .isInstanceOf(AssertionError.class)
        .hasMessage("an error");
    assertThat(Results.failureOf(pool.applyAsync(ExceptionContractTest::outOfMemory)))
        .isInstanceOf(OutOfMemoryError.class)
        .hasMessage("thrown by hand");
  }

  @Test
  void aStackThatOverflowsIsAnOrdinaryFailure() throws Exception {
    AsyncResult<Long> result = pool.applyAsync(() -> overflow(0));
    assertThat(Results.failureOf(result)).isInstanceOf(StackOverflowError.class);
    int next = pool.apply(() -> 42);
    assertThat(next).isEqualTo(42);
  }

  @Test
  void aStackThatOverflowsInOneItemLeavesTheOthersAlone() throws Exception {
    AsyncMapResult<Long> result =
        pool.mapAsync(i -> i == 1 ? overflow(0) : 1L, List.of(0, 1, 2), 3);
    assertThat(result.outcomes())
        .extracting(Outcome::successful)
        .containsExactly(true, false, true);
  }

  @Test
  void anyThrowableArrives() {
    assertThat(Results.failureOf(pool.applyAsync(ExceptionContractTest::sneakyThrowable)))
        .isExactlyInstanceOf(Throwable.class)
        .hasMessage("neither exception nor error");
  }

  @Test
  void anInterruptedExceptionOfATaskIsTheTasksOwn() throws Exception {
    assertThat(Results.failureOf(pool.applyAsync(ExceptionContractTest::interrupted)))
        .isInstanceOf(InterruptedException.class)
        .hasMessage("the task's own");
    boolean flag = pool.apply(() -> Thread.currentThread().isInterrupted());
    assertThat(flag).isFalse();
  }

  @Test
  void anExceptionWithoutMessageStaysWithout() {
    assertThat(Results.failureOf(pool.applyAsync(ExceptionContractTest::silent)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(null)
        .hasNoCause();
  }

  @Test
  void aThrowableThatATaskReturnsIsAValue() throws Exception {
    Throwable returned = pool.apply(() -> new IOException("a value"));
    assertThat(returned).isInstanceOf(IOException.class).hasMessage("a value");
    AsyncResult<Error> error = pool.applyAsync(() -> new StackOverflowError("a value too"));
    assertThat(Results.valueOf(error)).hasMessage("a value too");
    assertThat(error.successful()).isTrue();
    List<Throwable> mapped = pool.map(IllegalStateException::new, List.of("a", "b"));
    assertThat(mapped).extracting(Throwable::getMessage).containsExactly("a", "b");
  }

  @Test
  void eachHandleHasAnExceptionOfItsOwn() {
    AsyncResult<Object> first = pool.applyAsync(ExceptionContractTest::shared);
    AsyncResult<Object> second = pool.applyAsync(ExceptionContractTest::shared);
    assertThat(Results.failureOf(first))
        .hasMessage("shared")
        .isNotSameAs(Results.failureOf(second));
  }

  @Test
  void eachItemHasAnExceptionOfItsOwn() throws Exception {
    AsyncMapResult<Object> result = pool.mapAsync(i -> shared(), List.of(0, 1, 2), 3);
    List<Throwable> failures =
        result.outcomes().stream()
            .map(outcome -> ((Outcome.Failure<Object>) outcome).exception())
            .toList();
    assertThat(failures).extracting(Throwable::getMessage).containsOnly("shared");
    assertThat(failures.get(0)).isNotSameAs(failures.get(1)).isNotSameAs(failures.get(2));
    assertThat(failures.get(1)).isNotSameAs(failures.get(2));
  }

  @Test
  void exceptionsThatCauseEachOtherArrive() {
    Throwable failure = Results.failureOf(pool.applyAsync(ExceptionContractTest::circular));
    assertThat(failure).isInstanceOf(IllegalStateException.class).hasMessage("outer");
    assertThat(failure.getCause()).hasMessage("inner");
  }

  private static void assertHasFrame(Throwable throwable, String method) {
    assertThat(throwable.getStackTrace())
        .as(() -> "frames of " + throwable)
        .anySatisfy(
            frame -> {
              assertThat(frame.getClassName()).isEqualTo(ExceptionContractTest.class.getName());
              assertThat(frame.getMethodName()).isIn(method, "lambda$" + method);
            });
  }

  private static Object refuse() {
    RefusedException exception = new RefusedException("refused", 42, cause());
    exception.addSuppressed(new ArithmeticException("by the way"));
    throw exception;
  }

  private static RuntimeException cause() {
    return new UncheckedIOException("unchecked", new FileNotFoundException("no such file"));
  }

  private static Object checked() throws IOException {
    throw new IOException("checked");
  }

  private static Object error() {
    throw new AssertionError("an error");
  }

  private static Object outOfMemory() {
    throw new OutOfMemoryError("thrown by hand");
  }

  private static Object silent() {
    throw new IllegalStateException();
  }

  private static Object interrupted() throws InterruptedException {
    throw new InterruptedException("the task's own");
  }

  private static Object circular() {
    IllegalStateException outer = new IllegalStateException("outer");
    IllegalStateException inner = new IllegalStateException("inner", outer);
    outer.initCause(inner);
    throw outer;
  }

  private static Object shared() {
    throw Shared.EXCEPTION;
  }

  private static Object sneakyThrowable() {
    ExceptionContractTest.<RuntimeException>sneak(new Throwable("neither exception nor error"));
    return "never";
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable throwable) throws T {
    throw (T) throwable;
  }

  @SuppressWarnings("InfiniteRecursion")
  private static long overflow(long depth) {
    return 1 + overflow(depth + 1);
  }

  @SuppressWarnings("StaticAssignmentOfThrowable")
  private static final class Shared {
    private static final IllegalStateException EXCEPTION = new IllegalStateException("shared");
  }

  private static final class RefusedException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;
    private final int code;

    RefusedException(String message, int code, Throwable cause) {
      super(message, cause);
      this.code = code;
    }
  }
}
