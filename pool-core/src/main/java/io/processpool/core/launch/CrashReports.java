package io.processpool.core.launch;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the JVMs of workers put the reports on their crashes: a directory that only this user can
 * read, for they tell of memory and environment. The newest {@value #KEPT} are kept from one run of
 * an application to the next.
 */
final class CrashReports {
  private static final int KEPT = 50;
  private static final String PREFIX = "hs_err_pid";
  private static final String SUFFIX = ".log";

  private CrashReports() {}

  /** The name of a worker's report, as the JVM wants it: with {@code %p} for the process id. */
  static String pattern() {
    return Directory.CHOSEN.toString().replace("%", "%%") + "/" + PREFIX + "%p" + SUFFIX;
  }

  /** Where the report of a worker is, unless its user has wanted it elsewhere. */
  static Path of(long pid) {
    return Directory.CHOSEN.resolve(PREFIX + pid + SUFFIX);
  }

  /** Found, and cleared of old reports, when it is first used. */
  private static final class Directory {
    static final Path CHOSEN = choose();

    private static Path choose() {
      try {
        Path directory = UserCache.directory("crashes");
        clear(directory);
        return directory;
      } catch (IOException | RuntimeException e) {
        return temporary();
      }
    }

    /** For a user without a home that can be written. It stays if there is a report in it. */
    private static Path temporary() {
      try {
        Path directory = Files.createTempDirectory("process-pool-crashes-");
        directory.toFile().deleteOnExit();
        return directory;
      } catch (IOException e) {
        return Path.of(System.getProperty("java.io.tmpdir")); // where the JVM tries in the end, too
      }
    }
  }

  /** Deletes all reports but the newest. */
  static void clear(Path directory) throws IOException {
    String[] names = directory.toFile().list();
    if (names == null || names.length <= KEPT) {
      return;
    }
    Map<FileTime, List<Path>> byAge = new TreeMap<>(Collections.reverseOrder());
    try (DirectoryStream<Path> reports =
        Files.newDirectoryStream(directory, PREFIX + "*" + SUFFIX)) {
      for (Path report : reports) {
        byAge.computeIfAbsent(modified(report), time -> new ArrayList<>()).add(report);
      }
    }
    List<Path> newestFirst = byAge.values().stream().flatMap(List::stream).toList();
    for (Path old : newestFirst.subList(Math.min(KEPT, newestFirst.size()), newestFirst.size())) {
      Files.deleteIfExists(old);
    }
  }

  /** Another JVM may delete old ones at the same time. */
  private static FileTime modified(Path report) {
    try {
      return Files.getLastModifiedTime(report);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }
}
