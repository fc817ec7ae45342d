package io.processpool.core.launch;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.processpool.Pool;
import io.processpool.PoolStartException;
import io.processpool.spi.BackendSettings;
import io.processpool.wire.Recorder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A worker does not start that would note what it runs where the parent does not look. */
@Timeout(60)
class RecorderFilesTest {

  private interface Mischief {
    void at(Path recorderFile) throws IOException;
  }

  @Test
  void aFileThatIsTakenAwayIsAReasonNotToStart() {
    assertThatThrownBy(() -> work(Files::delete))
        .isInstanceOf(PoolStartException.class)
        .hasMessageContaining(".running, in which to note what runs, was taken away");
  }

  @Test
  void anotherFileOfThatNameIsAReasonNotToStart() {
    assertThatThrownBy(() -> work(RecorderFilesTest::replace))
        .isInstanceOf(PoolStartException.class)
        .hasMessageContaining(".running is not the file that the parent has made");
  }

  private static void replace(Path file) throws IOException {
    Files.delete(file);
    Recorder.prepare(Files.createFile(file));
  }

  private static int work(Mischief mischief) throws InterruptedException {
    try (Pool pool =
        Pool.builder().workers(1).backend(settings -> backend(settings, mischief)).build()) {
      return pool.apply(() -> 1);
    }
  }

  private static MemoryBackend backend(BackendSettings settings, Mischief mischief) {
    return new MemoryBackend(settings, Map.of(), MemoryBackend.noWorkers()) {
      @Override
      void greeted(Path recorderFile) {
        try {
          mischief.at(recorderFile);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }
}
