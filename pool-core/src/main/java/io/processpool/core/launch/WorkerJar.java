package io.processpool.core.launch;

import io.processpool.PoolStartException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.SoftReference;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The jar that workers run. This module carries it as a resource, wherever its own classes are; it
 * is put into the user's cache under its checksum, in directories that are private to the user.
 * Before each use it is compared with the resource byte by byte, unless it is the file that was
 * compared before and nobody has written to it since, and replaced if it differs.
 */
final class WorkerJar {
  static final String NAME = "pool-worker.jar";

  /** The same whenever it is placed: a start-up archive fits a jar of that time alone. */
  private static final FileTime LAST_CHANGE = FileTime.fromMillis(946_684_800_000L);

  private static @Nullable String version;
  private static @Nullable FileStamp compared;
  private static SoftReference<byte[]> content = new SoftReference<>(null);
  private static @Nullable Path temporary;

  private WorkerJar() {}

  /** Places the jar, unless it is there as it should be. */
  static synchronized PlacedJar locate() {
    byte[] bytes = content();
    String directory = version(bytes);
    try {
      Path jar = placed(bytes, UserCache.directory(directory));
      StaleJars.markUsed(jar.getParent());
      return new PlacedJar(jar, true);
    } catch (IOException e) {
      return new PlacedJar(placedInTemporaryDirectory(bytes, directory, e), false);
    }
  }

  private static Path placed(byte[] bytes, Path directory) throws IOException {
    Path jar = directory.resolve(NAME);
    if (!holds(jar, bytes)) {
      Path part = Files.createTempFile(directory, NAME, StaleParts.SUFFIX);
      try {
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

  private static boolean holds(Path jar, byte[] bytes) throws IOException {
    if (!Files.isRegularFile(jar, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    FileStamp stamp = FileStamp.of(jar);
    if (stamp.equals(compared)) {
      return true;
    }
    boolean holds =
        stamp.size() == bytes.length
            && stamp.modified().equals(LAST_CHANGE)
            && Arrays.equals(Files.readAllBytes(jar), bytes);
    compared = holds ? stamp : null;
    return holds;
  }

  /**
   * For a user whose cache cannot be written or is not private. The directory is deleted when this
   * JVM ends, in the reverse order of the registrations.
   */
  private static Path placedInTemporaryDirectory(byte[] bytes, String version, IOException reason) {
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
      return placed(bytes, directory.resolve(version));
    } catch (IOException e) {
      e.addSuppressed(reason);
      throw new PoolStartException("The worker's jar cannot be written: " + e, e);
    }
  }

  private static byte[] content() {
    byte[] known = content.get();
    if (known == null) {
      known = resource();
      content = new SoftReference<>(known);
    }
    return known;
  }

  /** Tells it from other versions; whether it is the one that it should be, its bytes tell. */
  private static String version(byte[] bytes) {
    String known = version;
    if (known == null) {
      known = StaleJars.nameOf(bytes);
      version = known;
    }
    return known;
  }

  private static byte[] resource() {
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
