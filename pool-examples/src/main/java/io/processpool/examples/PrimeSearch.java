package io.processpool.examples;

import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Pool;
import io.processpool.PoolReport;
import io.processpool.TaskContext;
import io.processpool.TaskOptions;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A search for primes, and the report of the pool that made it. Its timeline shows workers that
 * start, searches that take longer or shorter by chance, one for a far larger prime, and one that
 * exits: its worker is replaced, and it is made again.
 *
 * <pre>
 * mvn package
 * java -cp pool-examples/target/pool-examples.jar io.processpool.examples.PrimeSearch primes.html
 * </pre>
 */
public final class PrimeSearch {
  private static final int WORKERS = 3;
  private static final int BITS = 512;
  private static final int FAR_LARGER = 5;

  private PrimeSearch() {}

  /**
   * Searches, and writes the report as a page for a browser.
   *
   * @param arguments the file to write
   * @throws Exception if a search fails, or the file cannot be written
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 1) {
      System.err.println("Usage: PrimeSearch FILE");
      System.exit(2);
    }
    PoolReport report = search(BITS);
    report.writeHtml(Path.of(arguments[0]));
    System.out.println(report);
  }

  /** Searches for primes of about so many bits, of about twice as many, and a far larger one. */
  static PoolReport search(int bits) throws InterruptedException, ExecutionException {
    try (Pool pool = Pool.create(WORKERS)) {
      AsyncResult<BigInteger> fragile =
          pool.with(TaskOptions.label("exits at first").withAttempts(2))
              .applyAsync(PrimeSearch::primeOrExit, 2 * bits);
      AsyncMapResult<BigInteger> small =
          pool.with(TaskOptions.label("small primes"))
              .mapAsync(PrimeSearch::prime, sizes(bits, 40), 1);
      List<Integer> sizes = sizes(2 * bits, 12);
      sizes.add(FAR_LARGER * bits);
      AsyncMapResult<BigInteger> large =
          pool.with(TaskOptions.label("large primes")).mapAsync(PrimeSearch::prime, sizes, 1);
      AsyncResult.join(small, large).get();
      fragile.get();
      return pool.report();
    }
  }

  private static List<Integer> sizes(int least, int count) {
    return IntStream.range(least, least + count).boxed().collect(Collectors.toList());
  }

  /** Always the same one, so that the runs of this example are alike. */
  private static BigInteger prime(int bits) {
    return new BigInteger(bits, new Random(3L * bits)).nextProbablePrime();
  }

  private static BigInteger primeOrExit(int bits) {
    BigInteger prime = prime(bits);
    if (TaskContext.current().attempt() == 1) {
      System.exit(3);
    }
    return prime;
  }
}
