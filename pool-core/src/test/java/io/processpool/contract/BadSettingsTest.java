package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.processpool.Pool;
import io.processpool.PoolBuilder;
import io.processpool.PoolStartException;
import io.processpool.TaskOptions;
import io.processpool.TaskSerializationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that no pool can be made of. None of them leaves a process behind. */
@WorkerProcesses
class BadSettingsTest {
  private final PoolBuilder builder = Pool.builder();
  @TempDir Path directory;

  @AfterEach
  void noProcessIsLeft() {
    Processes.awaitNoneBelowThisJvm();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void numbersBelowOneAreRefused(int number) {
    assertRefused(number, "workers", () -> builder.workers(number));
    assertRefused(number, "workers", () -> Pool.create(number));
    assertRefused(number, "maxTasksPerWorker", () -> builder.maxTasksPerWorker(number));
    assertRefused(number, "maxStartFailures", () -> builder.maxStartFailures(number));
    assertRefused(number, "imapBuffer", () -> builder.imapBuffer(number));
    assertRefused(number, "maxPending", () -> builder.maxPending(number));
    assertRefused(number, "maxWorkerMemory", () -> builder.maxWorkerMemory(number));
    assertRefused(number, "attempts", () -> TaskOptions.attempts(number));
  }

  @Test
  void numbersBelowZeroAreRefused() {
    assertRefused(-1, "minWorkers", () -> builder.minWorkers(-1));
    assertRefused(-1, "spareWorkers", () -> builder.spareWorkers(-1));
  }

  @Test
  void timesThatAreNotPositiveAreRefused() {
    for (Duration time : List.of(Duration.ZERO, Duration.ofNanos(-1))) {
      assertRefused(time, "startTimeout", () -> builder.startTimeout(time));
      assertRefused(time, "stopTimeout", () -> builder.stopTimeout(time));
      assertRefused(time, "idleTimeout", () -> builder.idleTimeout(time));
      assertRefused(time, "maxWorkerAge", () -> builder.maxWorkerAge(time));
      assertRefused(time, "resultTimeout", () -> builder.resultTimeout(time));
      assertRefused(time, "timeout", () -> TaskOptions.timeout(time));
      assertRefused(time, "softTimeout", () -> TaskOptions.softTimeout(time));
    }
    Duration negative = Duration.ofNanos(-1);
    assertRefused(negative, "cancelGrace", () -> builder.cancelGrace(negative));
    assertRefused(negative, "backoff", () -> TaskOptions.attempts(2).withBackoff(negative));
  }

  @Test
  void placesThatDoNotExistAreRefused() {
    Path nowhere = directory.resolve("nowhere");
    assertRefused(nowhere, "workingDirectory", () -> builder.workingDirectory(nowhere));
    assertRefused(nowhere, "classPath", () -> builder.classPath(List.of(nowhere)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A=B", "="})
  void namesThatNoVariableHasAreRefused(String name) {
    assertRefused(name, "environment variable", () -> builder.environment(name, "value"));
  }

  @Test
  void nullSettingsAreRefused() {
    List<ThrowingCallable> calls =
        List.of(
            () -> builder.initializer(null),
            () -> builder.finalizer(null),
            () -> builder.cancelGrace(null),
            () -> builder.callbackExecutor(null),
            () -> builder.serialization(null, kryo -> {}),
            () -> builder.serialization(Object.class, null),
            () -> builder.javaHome(null),
            () -> builder.jvmArgs((List<String>) null),
            () -> builder.jvmArgs("-Xmx1g", null),
            () -> builder.environment(null, "value"),
            () -> builder.environment("NAME", null),
            () -> builder.workingDirectory(null),
            () -> builder.classPath(null),
            () -> builder.startTimeout(null),
            () -> builder.stopTimeout(null),
            () -> builder.output(null),
            () -> builder.backend(null));
    for (ThrowingCallable call : calls) {
      assertThatNullPointerException().isThrownBy(call);
    }
  }

  @Test
  void aJavaHomeWithoutJavaIsRefused() {
    assertThatExceptionOfType(PoolStartException.class)
        .isThrownBy(() -> builder.workers(2).javaHome(directory).build())
        .withMessageContaining(directory.toString());
  }

  @Test
  void aJavaThatIsTooOldIsRefused() throws Exception {
    fakeJava(
        "1.8.0_392",
        """
        echo "Error: A JNI error has occurred, please check your installation and try again" >&2
        echo "Exception in thread main java.lang.UnsupportedClassVersionError" >&2
        exit 1
        """);
    assertThatExceptionOfType(PoolStartException.class)
        .isThrownBy(() -> builder.workers(2).javaHome(directory).build())
        .withMessageContaining(directory.toString());
  }

  @Test
  void aJavaThatIsNoJavaIsRefusedWithWhatItPrinted() throws Exception {
    fakeJava("17.0.1", "echo this is no java >&2\nexit 3\n");
    assertThatExceptionOfType(PoolStartException.class)
        .isThrownBy(() -> builder.workers(2).javaHome(directory).build())
        .withMessageContaining("its JVM did not come up (exit status 3")
        .withMessageContaining("this is no java");
  }

  @Test
  void aJavaThatASignalEndsIsRefusedWithItsName() throws Exception {
    fakeJava("17.0.1", "ulimit -c 0\nkill -ABRT $$\n");
    assertThatExceptionOfType(PoolStartException.class)
        .isThrownBy(() -> builder.workers(2).javaHome(directory).build())
        .withMessageContaining("SIGABRT")
        .withMessageContaining("exit status 134");
  }

  @Test
  void aWorkerThatCannotStartEndsThoseThatAreStarting() throws Exception {
    fakeJava(
        "17.0.1",
        """
        if mkdir "$0.first"; then exec sleep 1000; fi
        echo this one is refused >&2
        exit 1
        """);
    assertThatExceptionOfType(PoolStartException.class)
        .isThrownBy(() -> builder.workers(4).javaHome(directory).build())
        .withMessageContaining("this one is refused");
  }

  @Test
  void aJavaThatNeverAnswersIsGivenUp() throws Exception {
    fakeJava("17.0.1", "echo started >&2\nexec sleep 1000\n");
    assertThatExceptionOfType(PoolStartException.class)
        .isThrownBy(
            () ->
                builder.workers(2).startTimeout(Duration.ofSeconds(5)).javaHome(directory).build())
        .withMessageContaining("the pool killed it, because it did not answer within PT5S")
        .withMessageContaining("started");
  }

  @Test
  void aJavaThatAnswersNonsenseIsRefused() throws Exception {
    fakeJava("17.0.1", "echo nonsense\necho nonsense >&3\nexec sleep 1000\n");
    assertThatExceptionOfType(PoolStartException.class)
        .isThrownBy(
            () ->
                builder.workers(2).startTimeout(Duration.ofSeconds(5)).javaHome(directory).build())
        .withMessageContaining("nonsense");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-Xmx12q", "-XX:+NoSuchFlagAtAll", "--no-such-option"})
  void aFlagThatTheWorkerRejectsIsNamed(String flag) {
    assertThatExceptionOfType(PoolStartException.class)
        .isThrownBy(() -> builder.workers(2).jvmArgs(flag).build())
        .withMessageContaining(flag);
  }

  @ParameterizedTest
  @EnumSource
  void anInitializerThatCannotTravelIsRefused(PoolKind kind) {
    Thread captured = Thread.currentThread();
    List<ThrowingCallable> calls =
        List.of(
            () -> kind.builder().initializer(() -> captured.interrupt()).build(),
            () -> kind.builder().finalizer(() -> captured.interrupt()).build());
    for (ThrowingCallable call : calls) {
      assertThatExceptionOfType(TaskSerializationException.class)
          .isThrownBy(call)
          .withMessageContaining("java.lang.Thread");
    }
  }

  @Test
  void aBuilderThatWasRefusedCanBeUsed() throws Exception {
    assertRefused(0, "workers", () -> builder.workers(0));
    try (Pool pool = builder.workers(1).build()) {
      int result = pool.apply(() -> 42);
      assertThat(result).isEqualTo(42);
    }
  }

  private void fakeJava(String version, String script) throws IOException {
    Path java = Files.createDirectory(directory.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(directory.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
  }

  private static void assertRefused(Object value, String name, ThrowingCallable call) {
    assertThatIllegalArgumentException()
        .isThrownBy(call)
        .withMessageContaining(value.toString())
        .withMessageContaining(name);
  }
}
