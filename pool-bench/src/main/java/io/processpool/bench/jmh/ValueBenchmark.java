package io.processpool.bench.jmh;

import io.processpool.wire.Block;
import io.processpool.wire.PayloadCodec;
import io.processpool.wire.WireException;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A value into a block and out of it, as an argument goes into a chunk and a result comes back. */
@State(Scope.Thread)
public class ValueBenchmark extends HotPath {
  private final PayloadCodec codec =
      PayloadCodec.filtered(ValueBenchmark.class.getClassLoader(), null, null);

  private final Block.Writer block = new Block.Writer();

  /** The value. */
  @Param private Sample sample;

  private Object value;
  private byte[] encoded;

  /** Makes what is read. */
  @Setup
  public void prepare() {
    value = sample.make();
    encoded = encode();
  }

  /** Writes the value. */
  @Benchmark
  public byte[] encode() {
    block.addValue(value, codec, "sample");
    return block.take();
  }

  /** Reads the value. */
  @Benchmark
  public @Nullable Object decode() throws WireException {
    Block.Reader entries = new Block.Reader(encoded);
    entries.next();
    return entries.kind() == Block.Kind.PLAIN_VALUE
        ? entries.plainValue(codec, "sample")
        : entries.value(codec, "sample");
  }
}
