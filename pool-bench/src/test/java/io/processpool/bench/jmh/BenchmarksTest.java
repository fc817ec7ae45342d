package io.processpool.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

class BenchmarksTest {

  /** What they measure means nothing here. */
  @Test
  void everyBenchmarkRuns() throws Exception {
    System.setProperty("jmh.ignoreLock", "true"); // others may measure on this machine
    Options once =
        new OptionsBuilder()
            .include("^" + BenchmarksTest.class.getPackageName() + "\\.")
            .forks(0)
            .warmupIterations(0)
            .measurementIterations(1)
            .measurementTime(TimeValue.milliseconds(1))
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();

    Collection<RunResult> results = new Runner(once).run();

    assertThat(results)
        .extracting(result -> result.getParams().getBenchmark())
        .contains(
            FrameBenchmark.class.getName() + ".writeAndRead",
            ValueBenchmark.class.getName() + ".decode",
            FunctionBenchmark.class.getName() + ".decode",
            SchedulerBenchmark.class.getName() + ".map",
            CollectorBenchmark.class.getName() + ".mapOfRecords");
  }
}
