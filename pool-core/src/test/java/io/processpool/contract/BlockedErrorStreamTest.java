package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.processpool.AsyncResult;
import io.processpool.Pool;
import io.processpool.WorkerLostException;
import io.processpool.testing.Program;
import io.processpool.worker.ExitStatus;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program whose standard error takes nothing more still gets its results, and its end. */
@WorkerProcesses
class BlockedErrorStreamTest {
  @TempDir Path directory;

  @Test
  void aDyingWorkersLastWordsHoldUpNobody() throws Exception {
    Program program = Program.run(directory, Blocked.class);
    assertThat(program.out()).isEqualToIgnoringNewLines("lost 42 ended true");
    assertThat(program.exitStatus()).isZero();
  }

  @Test
  void aWorkerThatCannotGoOnEndsThoughItsOwnLastWordsAreHeldUp() {
    try (Pool pool = Pool.create(1)) {
      Throwable failure = Results.failureOf(pool.applyAsync(BlockedErrorStreamTest::breakWorker));
      assertThat(failure)
          .isInstanceOfSatisfying(
              WorkerLostException.class,
              lost -> assertThat(lost.loss().exitStatus()).hasValue(ExitStatus.BROKEN));
    }
  }

  /** As the worker does when something is wrong with itself. */
  private static int breakWorker() throws ReflectiveOperationException {
    System.setErr(new PrintStream(new NeverReturning(), true, StandardCharsets.UTF_8));
    Method halt =
        Class.forName("io.processpool.worker.ParentWatch")
            .getDeclaredMethod("halt", int.class, Throwable.class);
    halt.setAccessible(true);
    halt.invoke(null, ExitStatus.BROKEN, new IllegalStateException("broken"));
    return 0;
  }

  /** A program with a standard error that never returns. */
  static final class Blocked {
    private Blocked() {}

    public static void main(String[] arguments) throws Exception {
      System.setErr(new PrintStream(new NeverReturning(), true, StandardCharsets.UTF_8));
      Pool pool = Pool.create(2);
      AsyncResult<Integer> chatty = pool.applyAsync(Blocked::printAndExit);
      chatty.await();
      System.out.println(chatty.successful() ? "not lost" : "lost");
      int answer = pool.apply(() -> 42);
      System.out.println(" " + answer);
      pool.terminate();
      System.out.println(" ended " + pool.join(Duration.ofSeconds(30)));
    }

    private static int printAndExit() {
      System.err.println("last words");
      Runtime.getRuntime().halt(5);
      return 0;
    }
  }

  private static final class NeverReturning extends OutputStream {
    @Override
    public void write(int b) {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
