package io.processpool.connection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many files and sockets this process may have open. */
final class FileDescriptors {
  private static final Path LIMITS = Path.of("/proc/self/limits");
  private static final Pattern LIMIT = Pattern.compile("Max open files +(\\d+|unlimited) ");

  /** Where nothing tells. */
  private static final int USUAL = 1024;

  private FileDescriptors() {}

  /** The limit, as Linux tells it. */
  static int limit() {
    try {
      Matcher matcher = LIMIT.matcher(Files.readString(LIMITS));
      if (!matcher.find()) {
        return USUAL;
      }
      String limit = matcher.group(1);
      return limit.equals("unlimited")
          ? Integer.MAX_VALUE
          : (int) Math.min(Integer.MAX_VALUE, Long.parseLong(limit));
    } catch (IOException | NumberFormatException e) {
      return USUAL;
    }
  }
}
