package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.processpool.Pool;
import io.processpool.WorkerLogs;
import io.processpool.testing.Program;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Logs go where the user wants them, or can have them. */
@WorkerProcesses
class LogDestinationTest {
  @TempDir Path directory;

  @Test
  void onRequestTheyAreLinesOnTheStandardErrorOfTheWorker() throws Exception {
    Program program = Program.run(directory, Logging.class, WorkerLogs.STDERR.name());
    assertThat(program.err())
        .containsPattern("ERROR \\[pool-tasks\\] test - an error\\R")
        .containsPattern("INFO  \\[pool-tasks\\] test - an info\\R")
        .doesNotContain("a debug");
    assertThat(program.exitStatus()).isZero();
  }

  @Test
  void onRequestThereAreNone() throws Exception {
    Program program = Program.run(directory, Logging.class, WorkerLogs.OFF.name());
    assertThat(program.err()).isEmpty();
    assertThat(program.exitStatus()).isZero();
  }

  @Test
  void withoutALoggingBackendInTheParentTheyAreNotLost() throws Exception {
    String classPath =
        Stream.of(
                Pool.class,
                ServiceLoader.load(io.processpool.spi.PoolProvider.class)
                    .findFirst()
                    .orElseThrow()
                    .getClass(),
                io.processpool.wire.PayloadCodec.class,
                com.esotericsoftware.kryo.kryo5.Kryo.class,
                LoggerFactory.class,
                Logging.class)
            .map(LogDestinationTest::origin)
            .distinct()
            .collect(Collectors.joining(File.pathSeparator));
    Program program = Program.run(directory, classPath, Logging.class, WorkerLogs.FORWARD.name());
    assertThat(program.err().lines())
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).contains("[pool-tasks] test - "));
    assertThat(program.exitStatus()).isZero();
  }

  @Test
  void aConfigurationOfTheWorkersOwnRules() throws Exception {
    Path configuration = directory.resolve("worker-logback.xml");
    Path log = directory.resolve("worker.log");
    Files.writeString(
        configuration,
        """
        <configuration>
          <appender name="FILE" class="ch.qos.logback.core.FileAppender">
            <file>%s</file>
            <encoder><pattern>%%level %%msg %%X{user}%%n</pattern></encoder>
          </appender>
          <root level="ERROR"><appender-ref ref="FILE"/></root>
        </configuration>
        """
            .formatted(log));
    try (Pool pool =
        Pool.builder()
            .workers(1)
            .jvmArgs("-Dlogback.configurationFile=" + configuration.toUri())
            .build()) {
      org.slf4j.MDC.put("user", "me");
      pool.apply(Logging::log);
    } finally {
      org.slf4j.MDC.clear();
    }
    assertThat(log).hasContent("ERROR an error me");
  }

  private static String origin(Class<?> type) {
    URI location = URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString());
    return Path.of(location).toString();
  }

  /** A program whose tasks log. */
  static final class Logging {
    private Logging() {}

    public static void main(String[] arguments) throws Exception {
      WorkerLogs logs = WorkerLogs.valueOf(arguments[0]);
      try (Pool pool = Pool.builder().workers(1).logs(logs).build()) {
        pool.apply(Logging::log);
      }
    }

    private static int log() {
      LoggerFactory.getLogger("test").error("an error");
      LoggerFactory.getLogger("test").info("an info");
      LoggerFactory.getLogger("test").debug("a debug");
      return 0;
    }
  }
}
