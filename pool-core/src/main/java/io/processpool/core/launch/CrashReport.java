package io.processpool.core.launch;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a JVM has said of its crash: in its report, or if it could not write that, in what it
 * printed last.
 *
 * @param file the report; {@code null} if there is none
 * @param lines how it begins
 */
record CrashReport(@Nullable Path file, List<String> lines) {
  private static final int MOST_LINES = 400;
  private static final int MOST_FRAMES = 6;
  private static final Duration CLOCK_GRAIN = Duration.ofSeconds(2);
  private static final Pattern SIGNAL = Pattern.compile("#\\s+(SIG[A-Z]+) \\(0x.*");
  private static final Pattern PLUMBING =
      Pattern.compile(
          "v  ~.*|.*\\b(java|jdk)\\.[\\w.]+@\\d.*|.* io\\.processpool\\.w.*|.*\\$\\$Lambda.*");
  private static final String NO_MEMORY = "# There is insufficient memory for the Java Runtime";
  private static final String SAVED = "# An error report file with more information is saved as:";

  /**
   * Looks for what a process has said of its crash.
   *
   * @param file where its report would be, if it is not where the process said it is
   * @param started when the process started; a report from before is another's with the same id
   * @param printed what the process, or one that it has started, printed last
   * @return what it said; {@code null} if it did not crash
   */
  static @Nullable CrashReport find(Path file, long pid, Instant started, List<String> printed) {
    CrashReport report = read(file, started);
    if (report != null && report.isOf(pid)) {
      return report;
    }
    CrashReport banner = new CrashReport(null, printed);
    if (!banner.isOf(pid)) {
      return null;
    }
    CrashReport elsewhere = read(banner.savedAs(), started);
    return elsewhere == null ? banner : elsewhere;
  }

  /** The signal that it was; {@code null} if the JVM itself found something wrong. */
  @Nullable String signal() {
    for (String line : lines) {
      Matcher signal = SIGNAL.matcher(line);
      if (signal.matches()) {
        return signal.group(1);
      }
    }
    return null;
  }

  /** Whether the system had no memory left, which is no fault of native code's. */
  boolean isForWantOfMemory() {
    return lines.stream().anyMatch(line -> line.startsWith(NO_MEMORY));
  }

  /** The lines that tell most. */
  List<String> keyLines() {
    List<String> key = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith(NO_MEMORY) || line.startsWith("# Problematic frame:")) {
        key.add(line);
        addIfSaysMore(i + 1, key);
      } else if (line.startsWith("#") && line.contains(" pid=")) {
        key.add(line);
        addIfSaysMore(i + 1, key);
      } else if (line.startsWith("Current thread")) {
        key.add(line);
      } else if (line.startsWith("Java frames:")) {
        key.add("Java frames:");
        addFrames(i + 1, key);
      }
    }
    return key;
  }

  private void addIfSaysMore(int index, List<String> key) {
    if (index < lines.size() && lines.get(index).length() > 1) {
      key.add(lines.get(index));
    }
  }

  /** The latest call, and of those before it the user's. */
  private void addFrames(int first, List<String> key) {
    int added = 0;
    for (int i = first; i < lines.size() && !lines.get(i).isEmpty(); i++) {
      boolean tells = i == first || !PLUMBING.matcher(lines.get(i)).matches();
      if (tells && added++ < MOST_FRAMES) {
        key.add(lines.get(i));
      }
    }
  }

  private boolean isOf(long pid) {
    return lines.stream().anyMatch(line -> line.contains(" pid=" + pid + ","));
  }

  private @Nullable Path savedAs() {
    int index = lines.indexOf(SAVED);
    return index < 0 || index + 1 == lines.size()
        ? null
        : Path.of(lines.get(index + 1).replaceFirst("^# ", ""));
  }

  private static @Nullable CrashReport read(@Nullable Path file, Instant started) {
    if (file == null || !Files.isRegularFile(file)) {
      return null;
    }
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      Instant written = Files.getLastModifiedTime(file).toInstant();
      return written.isBefore(started.minus(CLOCK_GRAIN))
          ? null
          : new CrashReport(file, reader.lines().limit(MOST_LINES).toList());
    } catch (IOException e) {
      return null; // what cannot be read tells nothing
    }
  }
}
