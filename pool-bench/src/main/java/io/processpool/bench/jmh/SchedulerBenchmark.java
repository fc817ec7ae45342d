package io.processpool.bench.jmh;

import io.processpool.TaskOptions;
import io.processpool.core.history.PoolHistory;
import io.processpool.core.history.Timeline;
import io.processpool.core.schedule.ItemBlock;
import io.processpool.core.schedule.Scheduler;
import io.processpool.core.schedule.SchedulerSettings;
import io.processpool.spi.Chunk;
import io.processpool.spi.PoolSettings;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The way of a chunk of one item through the scheduler: it is queued, given to a slot, which has it
 * done at once, and its outcome is delivered. Nothing is serialised, and no thread but one is
 * concerned.
 */
@State(Scope.Thread)
public class SchedulerBenchmark extends HotPath {
  private static final int ITEMS = 1_000;
  private static final byte[] NOTHING = {};
  private static final Duration LONG = Duration.ofDays(1);

  private final Chunk.Function function = new Chunk.Function(1, NOTHING);
  private final List<ItemBlock> one = chunks(1);
  private final List<ItemBlock> many = chunks(ITEMS);
  private final AnsweringBackend backend = new AnsweringBackend();

  /** The number of workers. */
  @Param({"2", "32"})
  private int workers;

  private Scheduler scheduler;

  private static List<ItemBlock> chunks(int count) {
    return IntStream.range(0, count).mapToObj(base -> new ItemBlock(base, 1, NOTHING)).toList();
  }

  /** Makes a scheduler whose workers are all ready. */
  @Setup
  public void start() {
    PoolSettings.Sizing sizing = new PoolSettings.Sizing(workers, workers, 0, LONG, 0, null);
    scheduler =
        new Scheduler(
            backend,
            new SchedulerSettings(sizing, sizing.max(), 1, LONG, LONG),
            Runnable::run,
            new ClockWithoutTimer(),
            new StrictWatcher(),
            (line, author) -> {},
            new PoolHistory(Timeline.fromNow(), 0).staff());
    scheduler.start();
    backend.becomeReady();
  }

  /** A task by itself. */
  @Benchmark
  public int single() {
    return run(new CountingJob(1), one);
  }

  /** An item of a map. */
  @Benchmark
  @OperationsPerInvocation(ITEMS)
  public int map() {
    return run(new CountingJob(ITEMS), many);
  }

  private int run(CountingJob job, List<ItemBlock> chunks) {
    scheduler.submit(job, TaskOptions.defaults(), function, chunks);
    backend.answer();
    if (!job.isComplete()) {
      throw new IllegalStateException("Only " + job.done() + " items are done");
    }
    return job.done();
  }
}
