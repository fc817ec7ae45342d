package io.processpool.core.launch;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Directories for one user alone, as far as the file system knows of users. */
final class UserFiles {
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rwx------");

  private UserFiles() {}

  /** Creates a directory, and those above it. One that exists is made private. */
  static void createDirectory(Path directory) throws IOException {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectories(directory);
      return;
    }
    FileAttribute<?> attribute = PosixFilePermissions.asFileAttribute(PRIVATE);
    Files.createDirectories(directory, attribute);
    Files.setPosixFilePermissions(directory, PRIVATE); // refused if it is another user's
  }
}
