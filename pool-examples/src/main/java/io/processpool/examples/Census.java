package io.processpool.examples;

import io.processpool.AsyncMapResult;
import io.processpool.Pool;
import io.processpool.PoolReport;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;

/**
 * A census of the running JDK's own class files: how many classes, methods and instructions each
 * module has, which opcodes it uses most, and how well its classes can be compressed. They are
 * read, analysed with ASM and compressed, first by the workers of a pool, then in this process
 * alone; the two results must be equal.
 *
 * <pre>
 * mvn package
 * java -jar pool-examples/target/pool-examples.jar
 * java -jar pool-examples/target/pool-examples.jar --workers 4 --modules java.base,java.xml
 * java -jar pool-examples/target/pool-examples.jar --report census.html --trace census.json
 * </pre>
 *
 * <p>It exits with status 1 if the results differ, and with 2 if the command line is wrong.
 */
public final class Census {
  /** Class files are many and small: 64 of them make a message that is worth its journey. */
  private static final int CHUNK_SIZE = 64;

  private static final int REMEMBERED = 100_000;

  private static final Duration PROGRESS_INTERVAL = Duration.ofMillis(100);

  private final CensusOptions options;
  private final PrintStream out;
  private final ProgressLine.Style progressStyle;
  private final List<String> paths;

  Census(CensusOptions options, PrintStream out, ProgressLine.Style progressStyle)
      throws IOException {
    this.options = options;
    this.out = out;
    this.progressStyle = progressStyle;
    this.paths = RuntimeImage.classFiles(options.modules());
  }

  /**
   * Takes the census.
   *
   * @param arguments see the usage message, which any wrong argument brings
   * @throws Exception if a class file cannot be read or analysed
   */
  public static void main(String[] arguments) throws Exception {
    CensusOptions options;
    try {
      options = CensusOptions.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.println(CensusOptions.USAGE);
      System.exit(2);
      return;
    }
    if (!new Census(options, System.out, ProgressLine.Style.ofStandardOutput()).run()) {
      System.exit(1);
    }
  }

  /** Returns whether the pool and this process alone came to the same result. */
  boolean run() throws IOException, InterruptedException, ExecutionException {
    out.printf(
        Locale.ROOT,
        "Java %s, class files: %,d, modules: %d, workers: %d%n",
        Runtime.version(),
        paths.size(),
        options.modules().size(),
        options.workers());
    TimedCensus pooled = pooled();
    new CensusTable(out).print(pooled.classes());
    TimedCensus sequential = sequential();
    new CensusTimes(out).print(options.workers(), pooled, sequential);
    CensusComparison comparison = new CensusComparison(sequential.classes(), pooled.classes());
    out.println(comparison.verdict());
    return comparison.equal();
  }

  private TimedCensus pooled() throws IOException, InterruptedException, ExecutionException {
    Stopwatch first = Stopwatch.started();
    try (Pool pool = Pool.builder().workers(options.workers()).rememberTasks(REMEMBERED).build()) {
      analyse(pool);
      Duration firstRun = first.elapsed();
      Stopwatch second = Stopwatch.started();
      List<ClassCensus> classes = analyse(pool);
      Duration secondRun = second.elapsed();
      report(pool.report());
      return new TimedCensus(classes, firstRun, secondRun);
    }
  }

  private void report(PoolReport report) throws IOException {
    if (options.report().isPresent()) {
      report.writeHtml(options.report().get());
    }
    if (options.trace().isPresent()) {
      report.writeTrace(options.trace().get());
    }
  }

  private List<ClassCensus> analyse(Pool pool) throws InterruptedException, ExecutionException {
    ProgressLine progress = new ProgressLine("pool", out, progressStyle);
    AsyncMapResult<ClassCensus> result = pool.mapAsync(ClassAnalysis::read, paths, CHUNK_SIZE);
    while (!result.await(PROGRESS_INTERVAL)) {
      progress.show(result.progress(), result.size());
    }
    progress.clear();
    return result.get();
  }

  private TimedCensus sequential() throws IOException {
    Stopwatch first = Stopwatch.started();
    analyse();
    Duration firstRun = first.elapsed();
    Stopwatch second = Stopwatch.started();
    List<ClassCensus> classes = analyse();
    return new TimedCensus(classes, firstRun, second.elapsed());
  }

  private List<ClassCensus> analyse() throws IOException {
    ProgressLine progress = new ProgressLine("sequential", out, progressStyle);
    List<ClassCensus> classes = new ArrayList<>();
    for (String path : paths) {
      classes.add(ClassAnalysis.read(path));
      progress.show(classes.size(), paths.size());
    }
    progress.clear();
    return classes;
  }
}
