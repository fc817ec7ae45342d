package io.processpool.bench.compare.side;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Work for a processor alone, so that all who do it have the same to do. */
public final class Work {
  private static final int WARM_UP = 20_000_000;
  private static final int TRIALS = 7;
  private static final int TRIAL = 20_000_000;

  private Work() {}

  /** Spins, and returns something that depends on all of it. */
  static long spin(int iterations) {
    long x = iterations | 1;
    for (int i = 0; i < iterations; i++) {
      x ^= x << 13;
      x ^= x >>> 7;
      x ^= x << 17;
    }
    return x;
  }

  /**
   * Finds out how fast this machine spins.
   *
   * @return iterations in a microsecond, at least 1
   */
  public static int iterationsPerMicrosecond() {
    long sink = spin(WARM_UP);
    long best = Long.MAX_VALUE;
    for (int i = 0; i < TRIALS; i++) {
      long start = System.nanoTime();
      sink += spin(TRIAL);
      best = Math.min(best, System.nanoTime() - start);
    }
    return Math.max(1, (int) (TRIAL * 1000L / best) + (sink == 0 ? 1 : 0));
  }

  /**
   * Reads a skewed load: the number of items, the iterations of most, those of the long ones, and
   * the indices of these with commas between.
   *
   * @return the iterations of each item
   */
  static List<Integer> skewed(List<String> arguments) {
    Integer[] iterations = new Integer[Integer.parseInt(arguments.get(0))];
    Arrays.fill(iterations, Integer.valueOf(arguments.get(1)));
    for (String index : arguments.get(3).split(",", -1)) {
      iterations[Integer.parseInt(index)] = Integer.valueOf(arguments.get(2));
    }
    return Arrays.stream(iterations).collect(Collectors.toList());
  }
}
