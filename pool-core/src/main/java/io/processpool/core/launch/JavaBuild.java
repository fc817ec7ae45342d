package io.processpool.core.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A Java installation as far as a start-up archive depends on it, as can be told without starting
 * it. The JVM itself refuses an archive that was made by another one; this is to find the one that
 * it will take.
 *
 * @param feature its version, such as 17
 * @param id names it in the names of files, and differs from that of any other installation
 */
record JavaBuild(int feature, String id) {

  /**
   * The build in a home, or {@code null} if nothing is known of it, or if it has no archive of its
   * own, on top of which it could make another.
   */
  static @Nullable JavaBuild of(Path home) {
    try {
      Path base = baseArchive(home);
      String release = Files.readString(home.resolve("release"));
      String version = version(release);
      if (base == null || version.isEmpty()) {
        return null;
      }
      String identity =
          home.toRealPath() + release + stamp(home.resolve("lib").resolve("modules")) + stamp(base);
      return new JavaBuild(feature(version), version + "-" + Checksums.of(identity));
    } catch (IOException | NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable Path baseArchive(Path home) {
    for (String libraries : new String[] {"lib", "bin"}) {
      Path archive = home.resolve(libraries).resolve("server").resolve("classes.jsa");
      if (Files.isRegularFile(archive)) {
        return archive;
      }
    }
    return null;
  }

  private static String version(String release) {
    String key = "JAVA_VERSION=\"";
    int start = release.indexOf(key);
    int end = start < 0 ? -1 : release.indexOf('"', start + key.length());
    return end < 0 ? "" : release.substring(start + key.length(), end);
  }

  private static int feature(String version) {
    int end = 0;
    while (end < version.length() && Character.isDigit(version.charAt(end))) {
      end++;
    }
    return Integer.parseInt(version.substring(0, end));
  }

  private static String stamp(Path file) throws IOException {
    return " " + Files.size(file) + " " + Files.getLastModifiedTime(file).toMillis();
  }
}
