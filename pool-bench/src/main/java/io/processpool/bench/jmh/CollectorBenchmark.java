package io.processpool.bench.jmh;

import io.processpool.core.result.MapResult;
import io.processpool.core.result.SingleResult;
import io.processpool.core.schedule.Delivery;
import io.processpool.wire.PayloadCodec;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * From the outcomes that a worker has sent to what {@code get()} returns. A handle is completed
 * once, so that each is a new one: what making it costs is measured by itself. Numbers are read by
 * the thread that delivers, records by another, for which this one waits.
 */
@State(Scope.Thread)
public class CollectorBenchmark extends HotPath {
  private static final int ITEMS = 1_000;

  private Delivery number;
  private Delivery record;
  private Delivery numbers;
  private Delivery records;
  private Handles handles;

  /** Makes what workers have sent. */
  @Setup
  public void prepare() {
    PayloadCodec codec =
        PayloadCodec.filtered(CollectorBenchmark.class.getClassLoader(), null, null);
    number = Deliveries.of(1, i -> i, codec);
    record = Deliveries.of(1, Measured::of, codec);
    numbers = Deliveries.of(ITEMS, i -> i, codec);
    records = Deliveries.of(ITEMS, Measured::of, codec);
    handles = new Handles(codec);
  }

  /** Ends the threads that read. */
  @TearDown
  public void release() {
    handles.close();
  }

  /** The handle of a task, and nothing else. */
  @Benchmark
  public SingleResult<Object> handle() {
    return handles.single();
  }

  /** The number that a task returns. */
  @Benchmark
  public @Nullable Object singleNumber() throws InterruptedException, ExecutionException {
    return single(number);
  }

  /** The record that a task returns. */
  @Benchmark
  public @Nullable Object singleRecord() throws InterruptedException, ExecutionException {
    return single(record);
  }

  /** One of the numbers that a chunk of a map returns. */
  @Benchmark
  @OperationsPerInvocation(ITEMS)
  public Object mapOfNumbers() throws InterruptedException, ExecutionException {
    return map(numbers);
  }

  /** One of the records that a chunk of a map returns. */
  @Benchmark
  @OperationsPerInvocation(ITEMS)
  public Object mapOfRecords() throws InterruptedException, ExecutionException {
    return map(records);
  }

  private @Nullable Object single(Delivery delivery)
      throws InterruptedException, ExecutionException {
    SingleResult<Object> result = handles.single();
    result.outcomes(delivery);
    return result.get();
  }

  private Object map(Delivery delivery) throws InterruptedException, ExecutionException {
    MapResult<Object> result = handles.map(ITEMS);
    result.outcomes(delivery);
    return result.get();
  }
}
