package io.processpool.worker;

import io.processpool.spi.SlotTotals;
import io.processpool.wire.Block;
import io.processpool.wire.Frame;
import io.processpool.wire.FrameType;
import io.processpool.wire.FrameWriter;
import io.processpool.wire.Totals;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Sends frames to the parent. A parent that cannot be written to is gone, and so then is this
 * process. Safe for use by several threads.
 */
final class FrameSender implements OutcomeSink {
  private final FrameWriter writer;
  private final HostProcess host;

  FrameSender(OutputStream out, HostProcess host) {
    this.writer = new FrameWriter(out);
    this.host = host;
  }

  synchronized void send(Frame frame) {
    write(frame);
    flush();
  }

  private synchronized void write(Frame frame) {
    try {
      writer.write(frame);
    } catch (IOException e) {
      host.halt(ExitStatus.PARENT_GONE, null);
    }
  }

  @Override
  public synchronized void flush() {
    try {
      writer.flush();
    } catch (IOException e) {
      host.halt(ExitStatus.PARENT_GONE, null);
    }
  }

  void send(FrameType type, String words) {
    send(Frame.of(type, words.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public void outcomes(
      long chunkId, int first, int count, byte[] outcomes, @Nullable SlotTotals totals) {
    write(
        totals == null
            ? new Frame(FrameType.OUTCOMES, chunkId, first, count, outcomes)
            : new Frame(
                FrameType.OUTCOMES, chunkId, first, count, outcomes, Totals.encode(totals)));
  }

  @Override
  public boolean sendsFromPlace() {
    return true;
  }

  @Override
  public void outcome(long chunkId, int item, Block.Writer outcome, SlotTotals totals) {
    write(outcome.takeFrame(FrameType.OUTCOMES, chunkId, item, Totals.encode(totals)));
  }

  @Override
  public void returned(long chunkId) {
    send(Frame.of(FrameType.RETURNED, chunkId));
  }
}
