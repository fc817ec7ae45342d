package io.processpool.core.launch;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;

/**
 * Removes the jars of other versions that have not been used for long. Each is in a directory named
 * by its checksum and length, and was last used when that was modified. Nothing else is touched,
 * and nothing is said if it fails.
 */
final class StaleJars {
  private static final Duration UNUSED = Duration.ofDays(30);
  private static final Duration BETWEEN_MARKS = Duration.ofDays(1);

  private static final String PREFIX = "worker-";

  /** Also that of a time when they had a long hash. */
  private static final String NAMES = PREFIX + "[0-9a-f]+-[0-9a-f]+|[0-9a-f]{64}";

  private StaleJars() {}

  /** The name of the directory of a jar. */
  static String nameOf(String checksum, long length) {
    return PREFIX + checksum + "-" + Long.toHexString(length);
  }

  /** Notes that the jar in a directory is used. */
  static void markUsed(Path directory) {
    try {
      if (isOlder(directory, BETWEEN_MARKS)) {
        Files.setLastModifiedTime(directory, FileTime.from(Instant.now()));
      }
    } catch (IOException e) {
      // It is placed again if it is missed.
    }
  }

  static void removeBeside(Path directory) {
    try {
      for (Path other : Directories.in(directory.getParent())) {
        if (!other.equals(directory)) {
          removeIfStale(other);
        }
      }
    } catch (IOException e) {
      // They take a little space for longer.
    }
  }

  private static void removeIfStale(Path other) {
    try {
      if (isStale(other)) {
        remove(other);
      }
    } catch (IOException | DirectoryIteratorException e) {
      // The others may go all the same.
    }
  }

  private static boolean isStale(Path other) throws IOException {
    return other.getFileName().toString().matches(NAMES) && isOlder(other, UNUSED);
  }

  /** Whether a file or directory has not been modified for so long. */
  static boolean isOlder(Path file, Duration age) throws IOException {
    Instant modified = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
    return modified.isBefore(Instant.now().minus(age));
  }

  /** Leaves a directory that has directories in it. */
  private static void remove(Path directory) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
          Files.delete(file);
        }
      }
    }
    Files.delete(directory);
  }
}
