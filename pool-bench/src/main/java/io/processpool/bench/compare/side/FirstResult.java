package io.processpool.bench.compare.side;

import io.processpool.Pool;

/** A program that is new to its machine: from the creation of a pool to its first result. */
final class FirstResult {
  private static final int ANSWER = 42;

  private FirstResult() {}

  /** Prints how long it took, in milliseconds. */
  public static void main(String[] arguments) throws Exception {
    long start = System.nanoTime();
    try (Pool pool = Pool.create(2)) {
      int answer = pool.apply(() -> ANSWER);
      System.out.println("millis=" + (System.nanoTime() - start) / 1e6 + " answer=" + answer);
    }
  }
}
