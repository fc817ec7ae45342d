package io.processpool.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
  private String javaOptions;

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
    assertThat(makeArchive().first()).doesNotContain(USED);
    assertThat(files(".jsa")).hasSize(1);
    assertThat(files(".part")).isEmpty();
    Printed second = run(logOfClasses());
    second.isGood();
    assertThat(second.out()).contains(USED + files(".jsa").get(0));
    assertThat(loadedFromArchive()).contains("io.processpool.worker.WorkerMain");
  }

  @Test
  void laterWorkersOfTheFirstPoolUseIt() throws Exception {
    Printed run = makeArchive(logOfClasses());
    assertThat(run.first()).doesNotContain(USED);
    assertThat(run.last()).contains(USED);
    assertThat(loadedFromArchive()).contains("io.processpool.worker.WorkerMain");
  }

  @Test
  void poolsOfTwoJavasHaveOneEach() throws Exception {
    String homes = javaHome("") + File.pathSeparator + System.getProperty("java.home");
    end(start(List.of(homes), ArchiveApp.UNTIL_ARCHIVED)).isGood();
    assertThat(files(".jsa")).hasSize(2);
  }

  @Test
  void aCacheThatIsMovedHasAnother() throws Exception {
    useCommonCache();
    Path moved = Files.createDirectory(directory.resolve("moved")).resolve("process-pool");
    Files.move(cache, moved);
    cache = moved;
    assertThat(makeArchive(logOfClasses()).first()).doesNotContain(USED);
    assertThat(loadedFromArchive()).contains("io.processpool.worker.WorkerMain");
  }

  @Test
  void theArchiveIsPrivate() throws Exception {
    useCommonCache();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files(".jsa").get(0))))
        .startsWith("r")
        .doesNotContain("w--w")
        .matches("...[r-]--[r-]--");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache)))
        .isEqualTo("rwx------");
  }

  @Test
  void anArchiveThatIsCutShortIsReplaced() throws Exception {
    useCommonCache();
    Path archive = writableArchive();
    long size = Files.size(archive);
    try (FileChannel channel = FileChannel.open(archive, StandardOpenOption.WRITE)) {
      channel.truncate(size / 2);
    }
    assertReplaced();
  }

  @Test
  void anArchiveThatHasChangedIsReplaced() throws Exception {
    useCommonCache();
    Path archive = writableArchive();
    byte[] bytes = Files.readAllBytes(archive);
    bytes[bytes.length / 2] ^= 1;
    Files.write(archive, bytes);
    assertReplaced();
  }

  @Test
  void whatIsNoArchiveIsReplaced() throws Exception {
    useCommonCache();
    Files.writeString(writableArchive(), "something else");
    assertReplaced();
  }

  private void assertReplaced() throws Exception {
    assertThat(makeArchive(logOfClasses()).first()).doesNotContain(USED);
    assertThat(files(".jsa")).hasSize(1);
    assertThat(loadedFromArchive()).contains("io.processpool.worker.WorkerMain");
  }

  @Test
  void anArchiveThatOthersMayHaveWrittenIsNotUsed() throws Exception {
    useCommonCache();
    Object before = Files.getAttribute(files(".jsa").get(0), "unix:ino");
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path keptAlive = Files.createLink(directory.resolve("other name"), files(".jsa").get(0));
    assertThat(makeArchive().first()).doesNotContain(USED);
    assertThat(keptAlive).exists();
    assertThat(Files.getAttribute(files(".jsa").get(0), "unix:ino")).isNotEqualTo(before);
  }

  @Test
  void linksThatOthersMayHaveMadeAreNotFollowed() throws Exception {
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    Path precious = Files.createFile(elsewhere.resolve("precious.jsa"));
    Path planted = Files.createDirectories(cache.resolve("planted"));
    Path archive = Files.createFile(planted.resolve("17-1.jsa"));
    Files.createSymbolicLink(cache.resolve("link"), elsewhere);
    Files.createSymbolicLink(planted.resolve("17-2.jsa"), precious);
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
    run().isGood();
    assertThat(archive).doesNotExist();
    assertThat(precious).exists();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache)))
        .isEqualTo("rwx------");
  }

  /** As if a process had been killed, or were busy, between the two steps. */
  @Test
  void aDirectoryThatIsClosedButNotCleanIsNotTakenForPrivate() throws Exception {
    useCommonCache();
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwx--x--x"));
    assertThat(run().first()).doesNotContain(USED);
  }

  @Test
  void anArchiveFitsAJarThatIsRestored() throws Exception {
    useCommonCache();
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

  /** As it was when it was made, whatever other tests have done to it. */
  private void useCommonCache() throws Exception {
    cache = common.resolve("cache").resolve("process-pool");
    Path saved = common.resolve("saved");
    if (!Files.exists(saved)) {
      makeArchive();
      copy(cache, saved);
    }
    Files.createDirectories(cache);
    for (Path changed : files(".jsa")) {
      Files.delete(changed);
    }
    copy(saved, cache);
    assertThat(files(".jsa")).hasSize(1);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Path copy = to.resolve(from.relativize(each));
        if (Files.isDirectory(each)) {
          Files.createDirectories(copy);
          Files.setPosixFilePermissions(copy, Files.getPosixFilePermissions(each));
        } else {
          Files.copy(
              each, copy, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  @Test
  void nothingIsSaidIfItDoesNotFit() throws Exception {
    useCommonCache();
    String[] flags = {
      ArchiveApp.EACH,
      "-XX:-UseSerialGC -XX:+UseZGC",
      "-XX:-UseSerialGC -XX:+UseG1GC",
      "-XX:-UseCompressedOops",
      "-XX:ObjectAlignmentInBytes=16",
      "-Xmx40g",
      "--add-opens=java.base/java.lang=ALL-UNNAMED",
      "--add-modules=java.sql",
      "-Xint"
    };
    Printed run = end(start(List.of(), flags));
    run.isGood();
    assertThat(run.out().lines().filter(line -> line.startsWith("first: ")))
        .hasSize(flags.length - 1)
        .allSatisfy(line -> assertThat(line).contains(USED));
  }

  @Test
  void flagsOfTheUserPrevail() throws Exception {
    useCommonCache();
    String[] flags = {
      ArchiveApp.EACH, "-Xshare:off", "-Xshare:auto", "-XX:SharedArchiveFile=users.jsa"
    };
    assertThat(end(start(List.of(), flags)).out())
        .contains(List.of(flags).subList(1, flags.length))
        .doesNotContain(USED + cache);
  }

  @Test
  void flagsOfTheUserInVariablesPrevail() throws Exception {
    useCommonCache();
    Path file = Files.writeString(directory.resolve("flags"), "-Xshare:auto");
    for (String options : List.of("-Dx=y\t-Xshare:auto", "@" + file)) {
      javaOptions = options;
      assertThat(run().first()).startsWith("first: ").doesNotContain(USED);
    }
  }

  @Test
  void itCanBeTurnedOff() throws Exception {
    end(start(List.of("-Dio.processpool.archive=off"), ArchiveApp.ONCE)).isGood();
    assertThat(files(".jsa")).isEmpty();
    useCommonCache();
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
    // With an error stream that can be written to, or the launcher would die of what it says there.
    String wait = "until [ -e '" + killed + "' ]; do sleep 0.1; done; exec 2>/dev/null";
    Process parent = start(List.of(javaHome(wait)), ArchiveApp.FOR_EVER);
    killWithItsTraining(parent, () -> Files.createFile(killed));
    assertThat(files(".jsa")).isEmpty();
    assertThat(files(".part")).hasSize(1).allSatisfy(part -> assertThat(part).isEmptyFile());
  }

  /** Its threads stand still while it writes, for long if the machine is busy. */
  @Test
  void aTrainingThatIsWritingEndsWithAParentThatIsKilled() throws Exception {
    boolean stopped = false;
    for (int i = 0; i < 5 && !stopped; i++) {
      cache = directory.resolve("cache" + i).resolve("process-pool");
      Process parent = start(List.of(), ArchiveApp.FOR_EVER);
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(5))
          .until(() -> parent.descendants().anyMatch(StartupArchiveTest::isWatch) || hasArchive());
      List<ProcessHandle> trainings = parent.descendants().filter(ArchiveApp::isTraining).toList();
      for (ProcessHandle each : trainings) {
        new ProcessBuilder("kill", "-STOP", Long.toString(each.pid())).start().waitFor();
      }
      stopped = trainings.stream().anyMatch(ProcessHandle::isAlive) && !hasArchive();
      List<ProcessHandle> all = parent.descendants().toList();
      parent.destroyForcibly().waitFor();
      await().atMost(PATIENCE).until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
    }
    assertThat(stopped).isTrue();
    assertThat(files(".jsa")).isEmpty();
  }

  private static boolean isWatch(ProcessHandle process) {
    return process.info().commandLine().orElse("").contains("kill -0");
  }

  private boolean hasArchive() throws IOException {
    return Files.exists(cache) && !files(".jsa").isEmpty();
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
    assertThat(makeArchive().last()).contains(USED);
    assertThat(files(".jsa")).hasSize(10);
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

  private Printed makeArchive(String... workerFlags) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(ArchiveApp.UNTIL_ARCHIVED));
    arguments.addAll(List.of(workerFlags));
    Printed run = end(start(List.of(), arguments.toArray(String[]::new)));
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
    command.add("-Djava.io.tmpdir=" + directory); // for what it leaves when it is killed
    command.addAll(flags);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), ArchiveApp.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("XDG_CACHE_HOME", cache.getParent().toString());
    if (javaOptions != null) {
      builder.environment().put("JDK_JAVA_OPTIONS", javaOptions);
    }
    Process program =
        builder
            .redirectOutput(directory.resolve(name).toFile())
            .redirectError(directory.resolve(name + ".err").toFile())
            .start();
    program.getOutputStream().close();
    return program;
  }
}
