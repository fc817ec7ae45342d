package io.processpool.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the pool writes is private to the user, and the jar that is run is the one that it wrote.
 */
@Timeout(120)
@DisabledOnOs(OS.WINDOWS)
class PrivateFilesTest {
  private static final Set<PosixFilePermission> PRIVATE_DIRECTORY =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> PRIVATE_FILE =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OPEN_TO_ALL =
      PosixFilePermissions.fromString("rwxrwxrwx");

  @TempDir Path directory;
  private Path cache;
  private Path temporary;

  @BeforeEach
  void makeTemporaryDirectory() throws IOException {
    cache = directory.resolve("cache").resolve("process-pool");
    temporary = Files.createDirectory(directory.resolve("tmp"));
  }

  @Test
  void theJarAndItsDirectoriesArePrivate() throws Exception {
    Path jar = jarOf(run());
    assertThat(jar.getParent().getParent()).isEqualTo(cache);
    assertPrivate(jar);
  }

  @Test
  void aJarThatIsDeletedOrChangedIsRestoredBeforeTheNextStart() throws Exception {
    assertThat(run(JarApp.SPOIL).subList(1, 3)).containsExactly("restored", "restored");
  }

  @Test
  void aJarThatWasChangedBetweenTwoRunsIsRestored() throws Exception {
    Path jar = jarOf(run());
    byte[] bytes = Files.readAllBytes(jar);
    byte[] changed = bytes.clone();
    changed[changed.length / 2] ^= 1;
    Files.write(jar, changed);
    assertThat(jarOf(run())).isEqualTo(jar).hasBinaryContent(bytes);
  }

  @Test
  void directoriesThatOthersCanWriteAreMadePrivate() throws Exception {
    Path jar = jarOf(run());
    Files.setPosixFilePermissions(cache, OPEN_TO_ALL);
    Files.setPosixFilePermissions(jar.getParent(), OPEN_TO_ALL);
    assertThat(jarOf(run())).isEqualTo(jar);
    assertPrivate(jar);
  }

  @Test
  void aCacheThatIsALinkIsNotUsed() throws Exception {
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    Files.createDirectories(cache.getParent());
    Files.createSymbolicLink(cache, elsewhere);
    assertThat(jarOf(run()).startsWith(temporary)).isTrue();
    assertThat(elsewhere).isEmptyDirectory();
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void aJarThatIsALinkIsReplaced() throws Exception {
    Path jar = jarOf(run());
    Path other = Files.move(jar, directory.resolve("other.jar"));
    Files.createSymbolicLink(jar, other);
    assertThat(jarOf(run())).isEqualTo(jar).isRegularFile();
    assertThat(Files.isSymbolicLink(jar)).isFalse();
  }

  @Test
  void jarsThatWereNotUsedForAMonthAreRemovedWhenAnotherIsPlaced() throws Exception {
    Files.createDirectories(cache);
    Path old = version("a".repeat(64), 31);
    Path recent = version("b".repeat(64), 29);
    Path notOurs = version("c".repeat(63), 31);
    Path withDirectory = version("d".repeat(64), 31);
    Files.createDirectory(withDirectory.resolve("directory"));
    age(withDirectory, 31);
    Path linked = Files.createSymbolicLink(cache.resolve("e".repeat(64)), notOurs);
    var unused = run();
    assertThat(old).doesNotExist();
    assertThat(recent.resolve("pool-worker.jar")).exists();
    assertThat(notOurs.resolve("pool-worker.jar")).exists();
    assertThat(withDirectory.resolve("directory")).exists();
    assertThat(linked).isSymbolicLink();
  }

  @Test
  void aJarThatIsUsedIsMarkedSo() throws Exception {
    Path jar = jarOf(run());
    age(jar.getParent(), 31);
    var unused = run();
    assertThat(Files.getLastModifiedTime(jar.getParent()).toInstant())
        .isAfter(Instant.now().minus(Duration.ofDays(1)));
  }

  @Test
  void theFileInWhichAWorkerNotesWhatItRunsIsPrivate() throws Exception {
    Path looked = directory.resolve("looked");
    Process app = start(JarApp.START_WITH, looked.toString());
    Set<PosixFilePermission> permissions = Set.of();
    while (permissions.isEmpty() && app.isAlive()) {
      permissions = permissionsOfRecorderFile();
    }
    Files.createFile(looked);
    assertThat(app.waitFor()).isZero();
    assertThat(permissions).isEqualTo(PRIVATE_FILE);
    assertThat(temporary).isEmptyDirectory();
  }

  /** Its name is there only while a worker starts. */
  private Set<PosixFilePermission> permissionsOfRecorderFile() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(temporary, "*.running")) {
      for (Path file : files) {
        return Files.getPosixFilePermissions(file);
      }
    } catch (NoSuchFileException e) {
      // Gone in the meantime.
    }
    return Set.of();
  }

  private List<String> run(String... arguments) throws Exception {
    Process app = start(arguments);
    assertThat(app.waitFor()).isZero();
    return Files.readAllLines(directory.resolve("out.txt"));
  }

  private Process start(String... arguments) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.io.tmpdir=" + temporary,
            "-Dio.processpool.archive=off",
            "-cp",
            System.getProperty("java.class.path"),
            JarApp.class.getName());
    builder.command().addAll(List.of(arguments));
    builder.environment().put("XDG_CACHE_HOME", cache.getParent().toString());
    Process app =
        builder
            .redirectOutput(directory.resolve("out.txt").toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    app.getOutputStream().close();
    return app;
  }

  private Path version(String name, int days) throws IOException {
    Path version = Files.createDirectory(cache.resolve(name));
    Files.writeString(version.resolve("pool-worker.jar"), "");
    age(version, days);
    return version;
  }

  private static void age(Path file, int days) throws IOException {
    Instant then = Instant.now().minus(Duration.ofDays(days));
    Files.setLastModifiedTime(file, FileTime.from(then));
  }

  private static void assertPrivate(Path jar) throws IOException {
    assertThat(Files.getPosixFilePermissions(jar)).isEqualTo(PRIVATE_FILE);
    assertThat(Files.getPosixFilePermissions(jar.getParent())).isEqualTo(PRIVATE_DIRECTORY);
    assertThat(Files.getPosixFilePermissions(jar.getParent().getParent()))
        .isEqualTo(PRIVATE_DIRECTORY);
  }

  private static Path jarOf(List<String> printed) {
    return Path.of(printed.get(0));
  }
}
