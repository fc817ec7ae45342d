package io.processpool.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Workers start with an archive that another one has made, and never notice what is wrong with it.
 */
@Timeout(180)
@DisabledOnOs(OS.WINDOWS)
class StartupArchiveTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String USED = "-XX:SharedArchiveFile=";

  /** With an archive in its cache, for the tests that leave it as it is. */
  @TempDir static Path common;

  @TempDir Path directory;
  private Path cache;

  @BeforeEach
  void chooseCache() {
    cache = directory.resolve("cache").resolve("process-pool");
  }

  /** What a program has printed. */
  private record Printed(String out, String err) {
    String first() {
      return out.lines().findFirst().orElseThrow();
    }

    String last() {
      return out.lines().filter(line -> line.startsWith("last: ")).findFirst().orElseThrow();
    }

    void isGood() {
      assertThat(err).isEmpty();
      assertThat(out).contains("processes left: 0");
    }
  }

  @Test
  void theFirstPoolLeavesAnArchiveThatTheNextOneUses() throws Exception {
    Printed first = run();
    first.isGood();
    assertThat(first.out()).doesNotContain(USED);
    assertThat(files(".jsa")).hasSize(1);
    assertThat(files(".part")).isEmpty();
    Printed second = run(logOfClasses());
    second.isGood();
    assertThat(second.out()).contains(USED + files(".jsa").get(0));
    assertThat(loadedFromArchive()).contains("io.processpool.worker.WorkerMain");
  }

  @Test
  void laterWorkersOfTheFirstPoolUseIt() throws Exception {
    Printed run = makeArchive();
    assertThat(run.first()).doesNotContain(USED);
    assertThat(run.last()).contains(USED);
  }

  @Test
  void theArchiveIsPrivate() throws Exception {
    makeArchive();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files(".jsa").get(0))))
        .startsWith("r")
        .doesNotContain("w--w")
        .matches("...[r-]--[r-]--");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache)))
        .isEqualTo("rwx------");
  }

  @Test
  void anArchiveThatIsCutShortIsReplaced() throws Exception {
    makeArchive();
    Path archive = writableArchive();
    long size = Files.size(archive);
    try (FileChannel channel = FileChannel.open(archive, StandardOpenOption.WRITE)) {
      channel.truncate(size / 2);
    }
    assertReplaced();
  }

  @Test
  void anArchiveThatHasChangedIsReplaced() throws Exception {
    makeArchive();
    Path archive = writableArchive();
    byte[] bytes = Files.readAllBytes(archive);
    bytes[bytes.length / 2] ^= 1;
    Files.write(archive, bytes);
    assertReplaced();
  }

  @Test
  void whatIsNoArchiveIsReplaced() throws Exception {
    makeArchive();
    Files.writeString(writableArchive(), "something else");
    assertReplaced();
  }

  private void assertReplaced() throws Exception {
    assertThat(makeArchive().first()).doesNotContain(USED);
    assertThat(files(".jsa")).hasSize(1);
    run(logOfClasses()).isGood();
    assertThat(loadedFromArchive()).contains("io.processpool.worker.WorkerMain");
  }

  @Test
  void anArchiveThatOthersMayHaveWrittenIsNotUsed() throws Exception {
    makeArchive();
    Object before = Files.getAttribute(files(".jsa").get(0), "unix:ino");
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path keptAlive = Files.createLink(directory.resolve("other name"), files(".jsa").get(0));
    assertThat(makeArchive().first()).doesNotContain(USED);
    assertThat(keptAlive).exists();
    assertThat(Files.getAttribute(files(".jsa").get(0), "unix:ino")).isNotEqualTo(before);
  }

  @Test
  void anArchiveFitsAJarThatIsRestored() throws Exception {
    makeArchive();
    Files.delete(files("pool-worker.jar").get(0));
    run(logOfClasses()).isGood();
    assertThat(loadedFromArchive()).contains("io.processpool.worker.WorkerMain");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-Xmx64m", "-Xmx3g", "-Xmx20g"})
  void theArchiveFitsHeapsOfUsualSizes(String size) throws Exception {
    useCommonCache();
    run(size, logOfClasses()).isGood();
    assertThat(loadedFromArchive()).contains("io.processpool.worker.WorkerMain");
  }

  private void useCommonCache() throws Exception {
    cache = common.resolve("cache").resolve("process-pool");
    if (!Files.exists(cache)) {
      makeArchive();
    }
    assertThat(files(".jsa")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-XX:-UseSerialGC -XX:+UseZGC",
        "-XX:-UseSerialGC -XX:+UseG1GC",
        "-XX:-UseCompressedOops",
        "-XX:ObjectAlignmentInBytes=16",
        "-Xmx40g",
        "--add-opens=java.base/java.lang=ALL-UNNAMED",
        "--add-modules=java.sql",
        "-Xint"
      })
  void nothingIsSaidIfItDoesNotFit(String flags) throws Exception {
    useCommonCache();
    run(flags.split(" ")).isGood();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-Xshare:off", "-Xshare:auto", "-XX:SharedArchiveFile=of the user.jsa"})
  void flagsOfTheUserPrevail(String flag) throws Exception {
    useCommonCache();
    assertThat(run(flag).out()).contains(flag).doesNotContain(USED + cache);
  }

  @Test
  void itCanBeTurnedOff() throws Exception {
    end(start(List.of("-Dio.processpool.archive=off"), ArchiveApp.ONCE)).isGood();
    assertThat(files(".jsa")).isEmpty();
    makeArchive();
    Printed run = end(start(List.of("-Dio.processpool.archive=off"), ArchiveApp.ONCE));
    assertThat(run.out()).doesNotContain(USED);
  }

  @Test
  void programsThatStartAtTheSameTimeMakeOne() throws Exception {
    List<Process> programs = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      programs.add(start("out" + i, List.of(), ArchiveApp.UNTIL_ARCHIVED));
    }
    for (int i = 0; i < 3; i++) {
      assertThat(programs.get(i).waitFor()).isZero();
      printed("out" + i).isGood();
    }
    assertThat(files(".jsa")).hasSize(1);
    assertThat(files(".part")).isEmpty();
    assertThat(run().out()).contains(USED);
  }

  @Test
  void terminateEndsTheTraining() throws Exception {
    Process program = start(List.of(javaHome("sleep 1000; exit 1")), ArchiveApp.TERMINATE);
    end(program).isGood();
    assertThat(files(".jsa")).isEmpty();
    assertThat(files(".part")).isEmpty();
    assertThat(files(".failed")).isEmpty();
  }

  @Test
  void theTrainingEndsWithAParentThatIsKilled() throws Exception {
    Process parent = start(List.of(), ArchiveApp.FOR_EVER);
    killWithItsTraining(parent, () -> null);
    makeArchive();
    assertThat(files(".jsa")).hasSize(1);
    assertThat(files(".part")).isEmpty();
  }

  @Test
  void aTrainingWhoseParentIsKilledWritesNothing() throws Exception {
    Path killed = directory.resolve("killed");
    String wait = "until [ -e '" + killed + "' ]; do sleep 0.1; done";
    Process parent = start(List.of(javaHome(wait)), ArchiveApp.FOR_EVER);
    killWithItsTraining(parent, () -> Files.createFile(killed));
    assertThat(files(".jsa")).isEmpty();
    assertThat(files(".part")).hasSize(1).allSatisfy(part -> assertThat(part).isEmptyFile());
  }

  private static void killWithItsTraining(Process parent, Callable<?> whenKilled) throws Exception {
    await().atMost(PATIENCE).until(() -> parent.descendants().anyMatch(ArchiveApp::isTraining));
    List<ProcessHandle> all = parent.descendants().toList();
    parent.destroyForcibly().waitFor();
    whenKilled.call();
    await().atMost(PATIENCE).until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
  }

  @Test
  void whatOthersLeftUnfinishedIsRemovedWhenItIsOld() throws Exception {
    Path version = Files.createDirectories(cache.resolve("version"));
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwx------"));
    Path young = Files.createFile(version.resolve("pool-worker.jar1.part"));
    Path old = Files.createFile(version.resolve("pool-worker.jar2.part"));
    Path oldArchive = Files.createFile(version.resolve("17-1.part"));
    for (Path each : List.of(old, oldArchive)) {
      Files.setLastModifiedTime(each, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    }
    end(start(List.of("-Dio.processpool.archive=off"), ArchiveApp.ONCE)).isGood();
    assertThat(files(".part")).containsExactly(young);
  }

  @Test
  void aTrainingThatFailsIsNotTriedAgain() throws Exception {
    String java = javaHome("echo tried >> " + directory.resolve("tries") + "; exit 1");
    for (int i = 0; i < 2; i++) {
      end(start(List.of(java), ArchiveApp.ONCE)).isGood();
    }
    assertThat(Files.readAllLines(directory.resolve("tries"))).hasSize(1);
    assertThat(files(".jsa")).isEmpty();
    assertThat(files(".part")).isEmpty();
  }

  @Test
  void aTrainingThatHangsIsEndedWithThePool() throws Exception {
    end(start(List.of(javaHome("sleep 1000; exit 1")), ArchiveApp.ONCE)).isGood();
    assertThat(files(".jsa")).isEmpty();
    assertThat(files(".part")).isEmpty();
    assertThat(files(".failed")).isEmpty();
  }

  @Test
  void onlySoManyArchivesAreKept() throws Exception {
    for (int i = 0; i < 12; i++) {
      Path version = Files.createDirectories(cache.resolve("version" + i));
      Files.writeString(version.resolve("17-" + i + ".jsa"), "");
    }
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwx------"));
    makeArchive();
    assertThat(files(".jsa")).hasSize(10);
    assertThat(run().out()).contains(USED);
  }

  /**
   * A Java that is this one, but for what it does instead of a training. Returns the flag for the
   * program.
   */
  private String javaHome(String insteadOfTraining) throws IOException {
    Path real = Path.of(System.getProperty("java.home"));
    Path home = Files.createDirectories(directory.resolve("java"));
    Path bin = Files.createDirectories(home.resolve("bin"));
    Files.createSymbolicLink(home.resolve("lib"), real.resolve("lib"));
    Files.copy(real.resolve("release"), home.resolve("release"));
    Path java = bin.resolve("java");
    Files.writeString(
        java,
        "#!/bin/sh\ncase \"$*\" in *ArchiveClassesAtExit*) "
            + insteadOfTraining
            + ";; esac\nexec "
            + real.resolve("bin").resolve("java")
            + " \"$@\"\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
    return "-D" + ArchiveApp.JAVA_HOME + "=" + home;
  }

  private String logOfClasses() {
    return "-Xlog:class+load:file=" + directory.resolve("classes");
  }

  private List<String> loadedFromArchive() throws IOException {
    return Files.readAllLines(directory.resolve("classes")).stream()
        .filter(line -> line.endsWith("source: shared objects file (top)"))
        .map(line -> line.substring(line.lastIndexOf(']') + 2, line.indexOf(" source:")))
        .toList();
  }

  private Path writableArchive() throws IOException {
    Path archive = files(".jsa").get(0);
    Files.setPosixFilePermissions(archive, PosixFilePermissions.fromString("rw-------"));
    return archive;
  }

  private List<Path> files(String suffix) throws IOException {
    try (Stream<Path> all = Files.walk(cache)) {
      return all.filter(file -> file.toString().endsWith(suffix)).toList();
    }
  }

  private Printed run(String... workerFlags) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(ArchiveApp.ONCE));
    arguments.addAll(List.of(workerFlags));
    return end(start(List.of(), arguments.toArray(String[]::new)));
  }

  private Printed makeArchive() throws Exception {
    Printed run = end(start(List.of(), ArchiveApp.UNTIL_ARCHIVED));
    run.isGood();
    return run;
  }

  private Printed end(Process program) throws Exception {
    program.waitFor();
    return printed("out");
  }

  private Printed printed(String name) throws IOException {
    return new Printed(
        Files.readString(directory.resolve(name)),
        Files.readString(directory.resolve(name + ".err")));
  }

  private Process start(List<String> flags, String... arguments) throws IOException {
    return start("out", flags, arguments);
  }

  private Process start(String name, List<String> flags, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(flags);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), ArchiveApp.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("XDG_CACHE_HOME", cache.getParent().toString());
    Process program =
        builder
            .redirectOutput(directory.resolve(name).toFile())
            .redirectError(directory.resolve(name + ".err").toFile())
            .start();
    program.getOutputStream().close();
    return program;
  }
}
