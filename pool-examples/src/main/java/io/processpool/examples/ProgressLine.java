package io.processpool.examples;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/** Shows how far a run has come: in one line that is rewritten, or in a new line now and then. */
final class ProgressLine {
  private final String label;
  private final PrintStream out;
  private final Style style;
  private final Supplier<Duration> elapsed;
  private Duration next;
  private int width;

  enum Style {
    REWRITTEN(Duration.ofMillis(100)),
    REPEATED(Duration.ofSeconds(2));

    private final Duration interval;

    Style(Duration interval) {
      this.interval = interval;
    }

    /** The style for standard output: a line can be rewritten on a terminal only. */
    static Style ofStandardOutput() {
      return Terminal.isThere() ? REWRITTEN : REPEATED;
    }
  }

  ProgressLine(String label, PrintStream out, Style style) {
    this(label, out, style, Stopwatch.started()::elapsed);
  }

  ProgressLine(String label, PrintStream out, Style style, Supplier<Duration> elapsed) {
    this.label = label;
    this.out = out;
    this.style = style;
    this.elapsed = elapsed;
    this.next = style.interval;
  }

  /** Shows the state, unless that was done just now. */
  void show(int done, int total) {
    Duration now = elapsed.get();
    if (now.compareTo(next) < 0) {
      return;
    }
    next = now.plus(style.interval);
    double perSecond = done / Stopwatch.seconds(now);
    String line =
        String.format(
            Locale.ROOT, "%s: %,d of %,d classes, %,.0f classes/s", label, done, total, perSecond);
    switch (style) {
      case REPEATED -> out.println(line);
      case REWRITTEN -> rewrite(line);
    }
  }

  /** Removes a line that was rewritten. */
  void clear() {
    if (width > 0) {
      rewrite("");
      out.print('\r');
    }
  }

  private void rewrite(String line) {
    out.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
    out.flush();
    width = line.length();
  }
}
