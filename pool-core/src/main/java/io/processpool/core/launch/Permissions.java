package io.processpool.core.launch;

import java.nio.file.FileSystems;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Permissions of files, where the system has them. */
final class Permissions {
  private Permissions() {}

  static boolean exist() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  }

  /** To create a file or directory with; none where there are no permissions. */
  static FileAttribute<?>[] attributes(Set<PosixFilePermission> permissions) {
    return exist()
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
        : new FileAttribute<?>[0];
  }
}
