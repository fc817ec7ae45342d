package io.processpool.bench.jmh;

import io.processpool.function.SerializableFunction;
import io.processpool.wire.PayloadCodec;
import io.processpool.wire.TaskFunction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A function into bytes and back, as it goes to a worker that does not have it. */
@State(Scope.Thread)
public class FunctionBenchmark extends HotPath {
  private final PayloadCodec codec =
      PayloadCodec.filtered(FunctionBenchmark.class.getClassLoader(), null, null);

  /** What is captured. */
  public enum Captures {
    /** Nothing. */
    NOTHING,
    /** A record. */
    A_RECORD
  }

  /** What the function captures. */
  @Param private Captures captures;

  private TaskFunction function;
  private byte[] encoded;

  /** Makes what is written, and what is read. */
  @Setup
  public void prepare() {
    function = new TaskFunction.Unary(captures == Captures.NOTHING ? plain() : capturing());
    encoded = encode();
  }

  private static SerializableFunction<Object, Object> plain() {
    return item -> item;
  }

  private static SerializableFunction<Object, Object> capturing() {
    Measured captured = Measured.of(1);
    return item -> item.equals(1) ? captured : item;
  }

  /** Writes the function. */
  @Benchmark
  public byte[] encode() {
    return function.encode(codec);
  }

  /** Reads the function. */
  @Benchmark
  public TaskFunction decode() {
    return TaskFunction.decode(encoded, codec);
  }
}
