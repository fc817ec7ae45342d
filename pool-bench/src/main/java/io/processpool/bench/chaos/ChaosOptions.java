package io.processpool.bench.chaos;

import io.processpool.bench.command.CommandLine;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The command line of {@link ChaosCommand}.
 *
 * @param seconds how long to go on
 * @param workers the number of workers of the pool
 * @param seed what the load and the torments come from
 */
record ChaosOptions(int seconds, int workers, long seed) {
  static final String USAGE =
      """
        chaos                a mixed load, and workers that are killed and stopped at random
          --seconds N        for how long, 1 to 86400; default: 60
          --workers N        the number of worker processes, 1 to 200; default: 8
          --seed N           for the same load again; default: a random one\
      """;

  private static final String SECONDS = "--seconds";
  private static final String WORKERS = "--workers";
  private static final String SEED = "--seed";

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException if it is wrong; the message says what is
   */
  static ChaosOptions parse(List<String> options) {
    CommandLine line = new CommandLine(options, List.of(SECONDS, WORKERS, SEED));
    long random = ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);
    return new ChaosOptions(
        (int) line.number(SECONDS, 60, 1, 86_400),
        (int) line.number(WORKERS, 8, 1, 200),
        line.number(SEED, random, Long.MIN_VALUE, Long.MAX_VALUE));
  }
}
