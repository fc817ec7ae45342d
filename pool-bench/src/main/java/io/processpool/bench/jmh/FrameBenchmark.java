package io.processpool.bench.jmh;

import io.processpool.wire.Frame;
import io.processpool.wire.FrameReader;
import io.processpool.wire.FrameType;
import io.processpool.wire.FrameWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One frame through memory. Frames are numbered, so that none can be read twice: what reading costs
 * is the difference between the two.
 */
@State(Scope.Thread)
public class FrameBenchmark extends HotPath {
  private static final int SEED = 1;

  /** The length of the payload. */
  @Param({"64", "65536", "1048576"})
  private int bytes;

  private Frame frame;
  private FrameWriter toNowhere;
  private FrameWriter writer;
  private FrameReader reader;

  /** Makes the frame, and what it goes through. */
  @Setup
  public void prepare() {
    byte[] payload = new byte[bytes];
    new Random(SEED).nextBytes(payload);
    frame = new Frame(FrameType.CHUNK, 1, 1, 1, payload);
    toNowhere = new FrameWriter(OutputStream.nullOutputStream());
    MemoryPipe pipe = new MemoryPipe(Frame.HEADER_LENGTH + bytes + Frame.TRAILER_LENGTH);
    writer = new FrameWriter(pipe.in());
    reader = new FrameReader(pipe.out());
  }

  /** Writes a frame. */
  @Benchmark
  public void write() throws IOException {
    toNowhere.write(frame);
    toNowhere.flush();
  }

  /** Writes a frame and reads it. */
  @Benchmark
  public @Nullable Frame writeAndRead() throws IOException {
    writer.write(frame);
    writer.flush();
    return reader.read();
  }
}
