package io.processpool.core.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.processpool.AsyncResult;
import io.processpool.Pool;
import io.processpool.PoolStartException;
import io.processpool.spi.BackendSettings;
import io.processpool.wire.Recorder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A worker does not start that would note what it runs where the parent does not look. */
@Timeout(60)
class RecorderFilesTest {

  private interface Mischief {
    void at(Path recorderFile) throws IOException;
  }

  @Test
  void aFileThatIsTakenAwayIsAReasonNotToStart() throws Exception {
    assertThat(failureOfTask(Files::delete))
        .isInstanceOf(PoolStartException.class)
        .hasMessageContaining(".running, in which to note what runs, was taken away");
  }

  @Test
  void anotherFileOfThatNameIsAReasonNotToStart() throws Exception {
    assertThat(failureOfTask(RecorderFilesTest::replace))
        .isInstanceOf(PoolStartException.class)
        .hasMessageContaining(".running is not the file that the parent has made");
  }

  private static void replace(Path file) throws IOException {
    Files.delete(file);
    Recorder.prepare(Files.createFile(file));
  }

  private static Throwable failureOfTask(Mischief mischief) throws Exception {
    CountDownLatch submitted = new CountDownLatch(1);
    try (Pool pool =
        Pool.builder()
            .workers(1)
            .backend(settings -> backend(settings, mischief, submitted))
            .build()) {
      AsyncResult<Integer> result = pool.applyAsync(() -> 1);
      submitted.countDown();
      return catchThrowableOfType(ExecutionException.class, result::get).getCause();
    }
  }

  /** All but the first start wait for the task, for soon after them the pool takes none. */
  private static MemoryBackend backend(
      BackendSettings settings, Mischief mischief, CountDownLatch submitted) {
    AtomicInteger starts = new AtomicInteger();
    return new MemoryBackend(settings, Map.of(), MemoryBackend.noWorkers()) {
      @Override
      void beforeGreeting(Path recorderFile) {
        try {
          if (starts.getAndIncrement() > 0) {
            submitted.await();
          }
          mischief.at(recorderFile);
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }
}
