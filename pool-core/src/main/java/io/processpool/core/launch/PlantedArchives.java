package io.processpool.core.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Removes the archives from directories that others could write to, for they may have made them.
 * Leaves links alone, and what they lead to: an archive is never a link, nor in a directory that is
 * one or that belongs to somebody else.
 */
final class PlantedArchives {
  private PlantedArchives() {}

  /**
   * Removes all from the directories in one.
   *
   * @throws IOException if some may be left
   */
  static void removeBelow(Path root) throws IOException {
    for (Path directory : Directories.in(root)) {
      if (PrivateDirectory.isOwn(directory)) {
        removeFrom(directory);
      }
    }
  }

  /**
   * Removes all from a directory.
   *
   * @throws IOException if some may be left
   */
  static void removeFrom(Path directory) throws IOException {
    for (Path archive : Directories.filesIn(directory, ArchiveFiles.SUFFIX)) {
      Files.deleteIfExists(archive);
    }
  }
}
