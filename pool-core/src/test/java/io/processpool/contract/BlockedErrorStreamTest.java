package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.processpool.AsyncResult;
import io.processpool.Pool;
import io.processpool.testing.Program;
import java.io.OutputStream;
import java.io.PrintStream;
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
