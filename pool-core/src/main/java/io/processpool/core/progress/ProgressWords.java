package io.processpool.core.progress;

import io.processpool.Progress;
import io.processpool.TaskMetadata;
import io.processpool.TaskProgress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Puts progress into words. */
final class ProgressWords {
  private static final int BAR = 24;

  private ProgressWords() {}

  /** A bar and numbers, for a line that is rewritten. */
  static String bar(Progress progress) {
    int total = Math.max(1, progress.total());
    int filled = progress.total() == 0 ? BAR : (int) ((long) BAR * progress.done() / total);
    int percent = progress.total() == 0 ? 100 : (int) (100L * progress.done() / total);
    return String.format(
        Locale.ROOT,
        "[%s%s] %3d%%  %,d/%,d  %s%s",
        "#".repeat(filled),
        ".".repeat(BAR - filled),
        percent,
        progress.done(),
        progress.total(),
        rate(progress.rate()),
        rest(progress));
  }

  /** A sentence, for a line of its own. */
  static String sentence(Progress progress) {
    return String.format(
        Locale.ROOT,
        "%,d of %,d done, %s%s",
        progress.done(),
        progress.total(),
        rate(progress.rate()),
        rest(progress));
  }

  private static String rest(Progress progress) {
    StringBuilder rest = new StringBuilder();
    if (progress.done() == progress.total()) {
      rest.append("  in ").append(clock(progress.elapsed()));
    } else {
      progress.remaining().ifPresent(left -> rest.append("  ").append(clock(left)).append(" left"));
    }
    if (progress.failed() > 0) {
      rest.append(String.format(Locale.ROOT, "  %,d failed", progress.failed()));
    }
    only(progress.running()).ifPresent(task -> rest.append("  ").append(words(task)));
    return rest.toString();
  }

  /** What the only task that runs tells of itself. */
  private static Optional<TaskProgress> only(List<TaskMetadata> running) {
    return running.size() == 1 ? running.get(0).progress() : Optional.empty();
  }

  private static String words(TaskProgress task) {
    String numbers =
        task.total() == 0
            ? String.format(Locale.ROOT, "%,d", task.done())
            : String.format(Locale.ROOT, "%,d/%,d", task.done(), task.total());
    return task.message().isEmpty()
        ? "(" + numbers + ")"
        : "(" + task.message() + " " + numbers + ")";
  }

  private static String rate(double perSecond) {
    if (perSecond >= 10 || perSecond == 0) {
      return String.format(Locale.ROOT, "%,.0f/s", perSecond);
    }
    return perSecond >= 0.1
        ? String.format(Locale.ROOT, "%.1f/s", perSecond)
        : String.format(Locale.ROOT, "%.1f/min", perSecond * 60);
  }

  static String clock(Duration time) {
    long seconds = Math.round(time.toMillis() / 1e3);
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
        : String.format(
            Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
}
