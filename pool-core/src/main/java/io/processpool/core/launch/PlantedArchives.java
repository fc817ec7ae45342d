package io.processpool.core.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Removes the archives from directories that others could write to, for they may have made them.
 * Leaves links alone, and what they lead to: an archive is never a link, nor in a directory that is
 * one or that belongs to somebody else.
 */
enum PlantedArchives implements PrivateDirectory.Cleaning {
  /** Those in a directory. */
  IN,

  /** Those in the directories in one. */
  BELOW;

  @Override
  public void clean(Path directory) throws IOException {
    if (this == IN) {
      removeFrom(directory);
    } else {
      removeBelow(directory);
    }
  }

  private static void removeBelow(Path root) throws IOException {
    for (Path directory : Directories.in(root)) {
      if (PrivateDirectory.isOwn(directory)) {
        removeFrom(directory);
      }
    }
  }

  private static void removeFrom(Path directory) throws IOException {
    for (Path archive : Directories.filesIn(directory, ArchiveFiles.SUFFIX)) {
      Files.deleteIfExists(archive);
    }
  }
}
