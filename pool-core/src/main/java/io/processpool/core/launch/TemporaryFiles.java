package io.processpool.core.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/**
 * Files in the directory for temporary ones, which nobody but the user of this process can read.
 */
final class TemporaryFiles {
  private static final Set<PosixFilePermission> PRIVATE =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private TemporaryFiles() {}

  /** Creates an empty file, which was not there before. */
  static Path create(String suffix) throws IOException {
    Path directory = Path.of(System.getProperty("java.io.tmpdir"));
    String name = "process-pool-" + UniqueNames.next() + suffix;
    return Files.createFile(directory.resolve(name), Permissions.attributes(PRIVATE));
  }
}
