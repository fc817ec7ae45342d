package io.processpool.core.report;

import java.time.Duration;
import java.util.Locale;

/** Figures as people read them, the same in every locale. */
final class Plain {
  private static final long MICROSECOND = 1_000;
  private static final long MILLISECOND = 1_000_000;
  private static final long SECOND = 1_000_000_000;
  private static final long MINUTE = 60 * SECOND;
  private static final String[] SIZES = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

  private Plain() {}

  static String time(Duration time) {
    return nanos(time.toNanos());
  }

  static String nanos(long nanos) {
    if (nanos < MICROSECOND) {
      return nanos == 0 ? "0 s" : nanos + " ns";
    }
    if (nanos < MILLISECOND) {
      return digits((double) nanos / MICROSECOND) + " µs";
    }
    if (nanos < SECOND) {
      return digits((double) nanos / MILLISECOND) + " ms";
    }
    if (nanos < MINUTE) {
      return digits((double) nanos / SECOND) + " s";
    }
    long seconds = nanos / SECOND;
    return seconds < 3600
        ? format("%d min %02d s", seconds / 60, seconds % 60)
        : format("%d h %02d min", seconds / 3600, seconds / 60 % 60);
  }

  static String bytes(long bytes) {
    int size = 0;
    double value = bytes;
    while (value >= 999.5 && size < SIZES.length - 1) {
      value /= 1000;
      size++;
    }
    return size == 0 ? bytes + " B" : digits(value) + " " + SIZES[size];
  }

  static String count(long count) {
    return format("%,d", count);
  }

  /** A count with what is counted. */
  static String count(long count, String one, String many) {
    return count(count) + " " + (count == 1 ? one : many);
  }

  static String share(double share) {
    return format("%.0f %%", share * 100);
  }

  static String rate(double perSecond) {
    return perSecond >= 100 ? format("%,.0f", perSecond) : digits(perSecond);
  }

  /** A text on one line, with nothing in it that a terminal would obey. */
  static String line(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cf}\\u2028\\u2029]+", " ");
  }

  /** Three digits that count. */
  private static String digits(double value) {
    return format(value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%.0f", value);
  }

  static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
