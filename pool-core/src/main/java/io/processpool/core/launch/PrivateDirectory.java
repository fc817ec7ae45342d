package io.processpool.core.launch;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes directories that nobody but the user of this process can look into or change. */
final class PrivateDirectory {
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rwx------");

  private static volatile @Nullable UserPrincipal user;

  private PrivateDirectory() {}

  /**
   * Makes the directory private, and creates it if it is not there.
   *
   * @return whether it was private, or did not exist
   * @throws IOException if it is a link, or somebody else's, or cannot be made private
   */
  static boolean ensure(Path directory) throws IOException {
    try {
      Files.createDirectory(directory, attributes());
      return true;
    } catch (FileAlreadyExistsException e) {
      return check(directory);
    }
  }

  private static boolean check(Path directory) throws IOException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(directory + " is not a directory, or a link to one");
    }
    UserPrincipal owner = Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS);
    if (!owner.equals(user())) {
      throw new IOException(directory + " belongs to " + owner.getName());
    }
    if (hasPermissions() && !Files.getPosixFilePermissions(directory).equals(PRIVATE)) {
      Files.setPosixFilePermissions(directory, PRIVATE);
      return false;
    }
    return true;
  }

  /** Whoever owns a file that this process creates. */
  private static UserPrincipal user() throws IOException {
    UserPrincipal known = user;
    if (known == null) {
      Path file = TemporaryFiles.create(".owner");
      try {
        known = Files.getOwner(file);
      } finally {
        Files.delete(file);
      }
      user = known;
    }
    return known;
  }

  private static FileAttribute<?>[] attributes() {
    return hasPermissions()
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PRIVATE)}
        : new FileAttribute<?>[0];
  }

  private static boolean hasPermissions() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  }
}
