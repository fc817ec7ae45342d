package io.processpool.examples;

import java.time.Duration;

/** Measures the time since it was started. */
record Stopwatch(long startNanos) {

  static Stopwatch started() {
    return new Stopwatch(System.nanoTime());
  }

  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
