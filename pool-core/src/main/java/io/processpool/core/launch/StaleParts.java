package io.processpool.core.launch;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;

/**
 * Removes the files that processes were writing, aside, when they were killed. Nobody takes an hour
 * to write one. Nothing is said if it fails.
 */
final class StaleParts {
  static final String SUFFIX = ".part";

  private static final Duration ABANDONED = Duration.ofHours(1);

  private StaleParts() {}

  /** Removes those in the directories beside one, and in it. */
  static void removeBeside(Path directory) {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(directory.getParent())) {
      for (Path each : all) {
        if (Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
          removeFrom(each);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // They take a little space for longer.
    }
  }

  private static void removeFrom(Path directory) {
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
      for (Path part : parts) {
        if (isAbandoned(part)) {
          Files.deleteIfExists(part);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // The others may go all the same.
    }
  }

  private static boolean isAbandoned(Path part) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(part, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return attributes.isRegularFile()
        && attributes.lastModifiedTime().toInstant().isBefore(Instant.now().minus(ABANDONED));
  }
}
