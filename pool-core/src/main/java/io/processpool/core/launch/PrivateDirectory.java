package io.processpool.core.launch;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes directories that nobody but the user of this process can look into or change. */
final class PrivateDirectory {
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rwx------");

  /**
   * Nobody else can write there, nor look into it, and yet it is not taken for private: what others
   * may have put there is still to be removed.
   */
  private static final Set<PosixFilePermission> CLOSED =
      PosixFilePermissions.fromString("rwx--x--x");

  private static volatile @Nullable UserPrincipal user;

  private PrivateDirectory() {}

  /** Removes from a directory what is not to be trusted, for others may have put it there. */
  interface Cleaning {

    /**
     * Removes it.
     *
     * @throws IOException if it cannot be removed, so that the directory must not be used
     */
    void clean(Path directory) throws IOException;
  }

  /**
   * Makes the directory private, and creates it if it is not there.
   *
   * @throws IOException if it is a link, or somebody else's, or cannot be made private
   */
  static void ensure(Path directory) throws IOException {
    ensure(directory, open -> {});
  }

  /**
   * Makes the directory private, and creates it if it is not there. One that was not private is
   * cleaned before any process takes it for private.
   *
   * @throws IOException if it is a link, or somebody else's, or cannot be made private or clean
   */
  static void ensure(Path directory, Cleaning cleaning) throws IOException {
    try {
      Files.createDirectory(directory, Permissions.attributes(PRIVATE));
    } catch (FileAlreadyExistsException e) {
      check(directory, cleaning);
    }
  }

  private static void check(Path directory, Cleaning cleaning) throws IOException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(directory + " is not a directory, or a link to one");
    }
    if (!isOwn(directory)) {
      throw new IOException(directory + " belongs to somebody else");
    }
    if (Permissions.exist() && !Files.getPosixFilePermissions(directory).equals(PRIVATE)) {
      Files.setPosixFilePermissions(directory, CLOSED);
      cleaning.clean(directory);
      Files.setPosixFilePermissions(directory, PRIVATE);
    }
  }

  /** Whether it belongs to the user of this process. */
  static boolean isOwn(Path directory) throws IOException {
    return Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS).equals(user());
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
}
