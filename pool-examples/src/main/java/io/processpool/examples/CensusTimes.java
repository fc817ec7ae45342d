package io.processpool.examples;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Prints how the pool's times compare with those of this process alone. */
final class CensusTimes {
  private static final String EXPLANATION =
      """
      Each side takes the whole census twice: the first time cold, with the start of the workers in
      the pool's time, the second time warm. The pool goes first, so it also pays for what is read
      from the disk. Listing, printing and comparing are not timed.
      """;

  private final PrintStream out;

  CensusTimes(PrintStream out) {
    this.out = out;
  }

  void print(int workers, TimedCensus pooled, TimedCensus sequential) {
    String pool = "Pool of " + workers;
    int classes = pooled.classes().size();
    out.printf("%-24s %9s %11s%n", "", "Seconds", "Classes/s");
    print(pool + ", first run", pooled.firstRun(), classes);
    print(pool + ", second run", pooled.secondRun(), classes);
    print("Sequential, first run", sequential.firstRun(), classes);
    print("Sequential, second run", sequential.secondRun(), classes);
    out.printf(
        Locale.ROOT,
        "The pool's speed is %.2f times the sequential one in the first run, %.2f in the second.%n",
        ratio(sequential.firstRun(), pooled.firstRun()),
        ratio(sequential.secondRun(), pooled.secondRun()));
    out.println(EXPLANATION);
  }

  private void print(String run, Duration time, int classes) {
    double seconds = Stopwatch.seconds(time);
    out.printf(Locale.ROOT, "%-24s %9.2f %,11.0f%n", run, seconds, classes / seconds);
  }

  private static double ratio(Duration sequential, Duration pooled) {
    return Stopwatch.seconds(sequential) / Stopwatch.seconds(pooled);
  }
}
