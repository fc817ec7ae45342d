package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.esotericsoftware.kryo.kryo5.Kryo;
import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Pool;
import io.processpool.ResultIterator;
import io.processpool.spi.PoolProvider;
import io.processpool.testing.Program;
import io.processpool.wire.PayloadCodec;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** The library writes nothing of its own to the standard streams of the application. */
@WorkerProcesses
class QuietOutputTest {
  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  void aProgramWithoutALoggingBackendPrintsOnlyWhatItPrintsItself(PoolKind kind) throws Exception {
    Program program = Program.run(directory, runtimeClassPath(), Silent.class, kind.name());
    assertThat(program.err()).isEmpty();
    assertThat(program.out()).isEmpty();
    assertThat(program.exitStatus()).isZero();
  }

  /** What the users of the library have on their class path, and this program. */
  private static String runtimeClassPath() {
    Class<?> implementation =
        ServiceLoader.load(PoolProvider.class).findFirst().orElseThrow().getClass();
    return Stream.of(
            Pool.class,
            implementation,
            PayloadCodec.class,
            Kryo.class,
            LoggerFactory.class,
            Silent.class)
        .map(QuietOutputTest::origin)
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String origin(Class<?> type) {
    URI location = URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString());
    return Path.of(location).toString();
  }

  /** An item, and a result. */
  record Point(int x, int y) {}

  /** A program that does a bit of everything; it ends with a failure if something is wrong. */
  static final class Silent {
    private Silent() {}

    public static void main(String[] arguments) throws Exception {
      boolean inline = arguments[0].equals("INLINE");
      try (Pool pool = (inline ? Pool.builder().inline() : Pool.builder()).workers(2).build()) {
        int offset = arguments.length;
        List<Point> points = pool.map(i -> new Point(i + offset, i * i), numbers(20), 3);
        require(points.get(4).equals(new Point(5, 16)));
        int sum = 0;
        ResultIterator<Integer> results = pool.imap(Point::y, points);
        while (results.hasNext()) {
          sum += results.next();
        }
        require(sum == 2470);
        try (ResultIterator<Integer> closed = pool.imapUnordered(i -> i, numbers(1000), 2)) {
          require(closed.next(Duration.ofSeconds(60)) >= 0);
        }
        AsyncResult<Object> failing =
            pool.applyAsync(Silent::fail).onFailure(e -> {}).onSuccess(value -> {});
        require(messageOf(failing).equals("by intent"));
        AsyncMapResult<Object> failingMap = pool.mapAsync(i -> fail(), numbers(5), 2);
        require(messageOf(failingMap).equals("by intent"));
        AsyncResult<Object> sleeping = pool.applyAsync(Silent::sleep);
        require(sleeping.cancel(true));
        require(isCancelled(sleeping));
      }
      if (!inline) {
        loseAWorker();
      }
      Pool terminated = Pool.builder().workers(1).build();
      AsyncResult<Object> pending = terminated.applyAsync(Silent::sleep);
      terminated.terminate();
      terminated.join();
      require(pending.ready());
    }

    private static void loseAWorker() throws InterruptedException {
      try (Pool pool = Pool.create(1)) {
        AsyncResult<Object> lost = pool.applyAsync(Silent::halt);
        require(messageOf(lost) != null);
      }
    }

    private static Object fail() {
      throw new IllegalStateException("by intent");
    }

    private static Object halt() {
      Runtime.getRuntime().halt(1);
      return "never";
    }

    private static Object sleep() throws InterruptedException {
      Thread.sleep(Long.MAX_VALUE);
      return "never";
    }

    private static String messageOf(AsyncResult<?> result) throws InterruptedException {
      try {
        throw new IllegalStateException("a value: " + result.get());
      } catch (ExecutionException e) {
        return e.getCause().getMessage();
      }
    }

    private static boolean isCancelled(AsyncResult<?> result) throws Exception {
      try {
        throw new IllegalStateException("a value: " + result.get());
      } catch (CancellationException e) {
        return true;
      }
    }

    private static void require(boolean condition) {
      if (!condition) {
        throw new IllegalStateException("the library is wrong");
      }
    }

    private static List<Integer> numbers(int count) {
      return IntStream.range(0, count).boxed().toList();
    }
  }
}
