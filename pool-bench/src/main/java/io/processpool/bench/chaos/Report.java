package io.processpool.bench.chaos;

import java.io.PrintStream;
import java.util.Locale;

/** Prints names and numbers, one pair on a line. */
final class Report {
  private final PrintStream out;

  Report(PrintStream out) {
    this.out = out;
  }

  void line(String name, long number) {
    out.printf(Locale.ROOT, "  %-42s %,12d%n", name, number);
  }

  void line(String name, double number) {
    out.printf(Locale.ROOT, "  %-42s %,12.1f%n", name, number);
  }

  void section(String name) {
    out.println(name);
  }
}
