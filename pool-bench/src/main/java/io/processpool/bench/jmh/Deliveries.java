package io.processpool.bench.jmh;

import io.processpool.core.schedule.Attempt;
import io.processpool.core.schedule.Delivery;
import io.processpool.core.schedule.WorkerIdentity;
import io.processpool.wire.Block;
import io.processpool.wire.Figures;
import io.processpool.wire.PayloadCodec;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Makes what a worker sends of items that have run, one right after the other. */
final class Deliveries {
  private static final int NANOS = 1_000;
  private static final int ARGUMENT_BYTES = 5;
  private static final Attempt FIRST_ATTEMPT =
      new Attempt(new WorkerIdentity(1, 1, 0), 1, OptionalLong.empty(), null);

  private Deliveries() {}

  /** The outcomes of so many items, all in one. */
  static Delivery of(int items, IntFunction<?> results, PayloadCodec codec) {
    Block.Writer block = new Block.Writer();
    Figures previous = null;
    for (int i = 0; i < items; i++) {
      block.addValue(results.apply(i), codec, "result");
      Figures figures = figures(block.lastLength(), previous);
      block.addFigures(figures, previous);
      previous = figures;
    }
    return new Delivery(FIRST_ATTEMPT, 0, items, block.take(), System.nanoTime());
  }

  private static Figures figures(int resultBytes, @Nullable Figures previous) {
    long start = previous == null ? System.nanoTime() : previous.end();
    return new Figures(start, NANOS, 0, 0, ARGUMENT_BYTES, resultBytes, false, null);
  }
}
