package io.processpool.core.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

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
    try {
      for (Path each : Directories.in(directory.getParent())) {
        removeFrom(each);
      }
    } catch (IOException e) {
      // They take a little space for longer.
    }
  }

  private static void removeFrom(Path directory) {
    try {
      for (Path part : Directories.filesIn(directory, SUFFIX)) {
        if (StaleJars.isOlder(part, ABANDONED)) {
          Files.deleteIfExists(part);
        }
      }
    } catch (IOException e) {
      // The others may go all the same.
    }
  }
}
