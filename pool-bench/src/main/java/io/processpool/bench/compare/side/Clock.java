package io.processpool.bench.compare.side;

import java.util.Arrays;

/** Figures from times. */
final class Clock {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MICRO = 1e3;

  private Clock() {}

  /** Something to be timed. */
  interface Step {
    void run() throws Exception;
  }

  static double seconds(Step step) throws Exception {
    long start = System.nanoTime();
    step.run();
    return (System.nanoTime() - start) / NANOS_PER_SECOND;
  }

  /** How many there are in a second, if a step is so many. */
  static String rate(int count, Step step) throws Exception {
    return "rate=" + count / seconds(step);
  }

  /** The median and the 99th percentile of a step that is repeated, in microseconds. */
  static String roundTrips(int count, Step step) throws Exception {
    long[] nanos = new long[count];
    for (int i = 0; i < count; i++) {
      long start = System.nanoTime();
      step.run();
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    return "median="
        + nanos[count / 2] / NANOS_PER_MICRO
        + " p99="
        + nanos[(int) (count * 0.99)] / NANOS_PER_MICRO;
  }
}
