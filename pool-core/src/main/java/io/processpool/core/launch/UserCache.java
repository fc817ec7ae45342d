package io.processpool.core.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where pools keep things from one run of an application to the next, for this user alone. */
final class UserCache {
  private UserCache() {}

  /**
   * A directory in the cache, private to the user, created if need be.
   *
   * @throws IOException if it cannot be had
   */
  static Path directory(String name) throws IOException {
    Path caches = ofAllApplications();
    if (!Files.isDirectory(caches)) { // which may be a link
      Files.createDirectories(caches);
    }
    Path root = caches.resolve("process-pool").toAbsolutePath();
    PrivateDirectory.ensure(root, PlantedArchives.BELOW);
    Path directory = root.resolve(name);
    PrivateDirectory.ensure(directory, PlantedArchives.IN);
    return directory;
  }

  private static Path ofAllApplications() {
    String xdg = System.getenv("XDG_CACHE_HOME");
    String windows = System.getenv("LOCALAPPDATA");
    if (xdg != null && !xdg.isEmpty()) {
      return Path.of(xdg);
    }
    return windows == null ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(windows);
  }
}
