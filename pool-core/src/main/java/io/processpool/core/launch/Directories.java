package io.processpool.core.launch;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks into directories without following a link that somebody may have put there. */
final class Directories {
  private Directories() {}

  /** The directories in one. */
  static List<Path> in(Path directory) throws IOException {
    return list(directory, each -> Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS));
  }

  /** The files in a directory whose names end so. */
  static List<Path> filesIn(Path directory, String suffix) throws IOException {
    return list(
        directory,
        each ->
            each.getFileName().toString().endsWith(suffix)
                && Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS));
  }

  private static List<Path> list(Path directory, DirectoryStream.Filter<Path> filter)
      throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, filter)) {
      all.forEach(found::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return found;
  }
}
