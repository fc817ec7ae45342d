package io.processpool.core.launch;

import io.processpool.PoolStartException;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * The jar that workers run. This module carries it as a resource, wherever its own classes are; it
 * is put into the user's cache under its checksum, in directories that are private to the user.
 * Before each use its own checksum is compared with that, unless it is the file that was compared
 * before and nobody has written to it since, and it is replaced if it differs.
 */
final class WorkerJar {
  static final String NAME = "pool-worker.jar";

  /** The same whenever it is placed: a start-up archive fits a jar of that time alone. */
  private static final FileTime LAST_CHANGE = FileTime.fromMillis(946_684_800_000L);

  private static @Nullable Content content;
  private static @Nullable FileStamp compared;
  private static @Nullable Path temporary;

  private WorkerJar() {}

  /** What tells it from other versions. */
  private record Content(String checksum, long length) {

    static Content of(byte[] bytes) {
      return new Content(Checksums.of(bytes), bytes.length);
    }
  }

  /** Places the jar, unless it is there as it should be. */
  static synchronized PlacedJar locate() {
    Content wanted = content();
    String directory = StaleJars.nameOf(wanted.checksum(), wanted.length());
    try {
      Path jar = placed(wanted, UserCache.directory(directory));
      StaleJars.markUsed(jar.getParent());
      return new PlacedJar(jar, true);
    } catch (IOException e) {
      return new PlacedJar(placedInTemporaryDirectory(wanted, directory, e), false);
    }
  }

  private static Path placed(Content wanted, Path directory) throws IOException {
    Path jar = directory.resolve(NAME);
    if (!holds(jar, wanted)) {
      Path part = Files.createTempFile(directory, NAME, StaleParts.SUFFIX);
      try {
        byte[] bytes = bytes();
        if (!Content.of(bytes).equals(wanted)) {
          throw new IOException("The worker's jar is not the one that was listed");
        }
        Files.write(part, bytes);
        Files.setLastModifiedTime(part, LAST_CHANGE);
        move(part, jar);
      } finally {
        Files.deleteIfExists(part);
      }
      StaleJars.removeBeside(directory);
      StaleParts.removeBeside(directory);
    }
    return jar;
  }

  private static void move(Path part, Path jar) throws IOException {
    try {
      Files.move(part, jar, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(part, jar, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static boolean holds(Path jar, Content wanted) throws IOException {
    if (!Files.isRegularFile(jar, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    FileStamp stamp = FileStamp.of(jar);
    if (stamp.equals(compared)) {
      return true;
    }
    boolean holds =
        stamp.size() == wanted.length()
            && stamp.modified().equals(LAST_CHANGE)
            && Checksums.of(jar).equals(wanted.checksum());
    compared = holds ? stamp : null;
    return holds;
  }

  /**
   * For a user whose cache cannot be written or is not private. The directory is deleted when this
   * JVM ends, in the reverse order of the registrations.
   */
  private static Path placedInTemporaryDirectory(
      Content wanted, String version, IOException reason) {
    try {
      Path directory = temporary;
      if (directory == null || !Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
        directory = Files.createTempDirectory("process-pool-");
        directory.toFile().deleteOnExit();
        directory.resolve(version).toFile().deleteOnExit();
        directory.resolve(version).resolve(NAME).toFile().deleteOnExit();
        temporary = directory;
      }
      PrivateDirectory.ensure(directory);
      PrivateDirectory.ensure(directory.resolve(version));
      return placed(wanted, directory.resolve(version));
    } catch (IOException e) {
      e.addSuppressed(reason);
      throw new PoolStartException("The worker's jar cannot be written: " + e, e);
    }
  }

  private static Content content() {
    Content known = content;
    if (known == null) {
      Content listed = listed();
      known = listed != null ? listed : Content.of(bytes());
      content = known;
    }
    return known;
  }

  /** As it is listed in the jar that the resource is in, which saves reading it. */
  private static @Nullable Content listed() {
    URL resource = WorkerJar.class.getResource(NAME);
    try {
      if (resource != null && resource.openConnection() instanceof JarURLConnection connection) {
        connection.setUseCaches(false);
        try (JarFile jar = connection.getJarFile()) {
          JarEntry entry = jar.getJarEntry(connection.getEntryName());
          if (entry != null && entry.getCrc() >= 0 && entry.getSize() >= 0) {
            return new Content(Checksums.named(entry.getCrc()), entry.getSize());
          }
        }
      }
    } catch (IOException e) {
      // It is read itself then.
    }
    return null;
  }

  private static byte[] bytes() {
    try (InputStream in = WorkerJar.class.getResourceAsStream(NAME)) {
      if (in == null) {
        throw new PoolStartException(
            "The worker's jar is missing: no resource " + NAME + " beside " + WorkerJar.class,
            null);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new PoolStartException("The worker's jar cannot be read: " + e, e);
    }
  }
}
