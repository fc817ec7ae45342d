package io.processpool.worker;

import io.processpool.wire.Frame;
import io.processpool.wire.FrameType;
import io.processpool.wire.FrameWriter;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Sends frames to the parent. A parent that cannot be written to is gone, and so then is this
 * process. Safe for use by several threads.
 */
final class FrameSender implements OutcomeSink {
  private final FrameWriter writer;

  FrameSender(OutputStream out) {
    this.writer = new FrameWriter(out);
  }

  synchronized void send(Frame frame) {
    try {
      writer.write(frame);
      writer.flush();
    } catch (IOException e) {
      ParentWatch.parentIsGone();
    }
  }

  @Override
  public void outcomes(long chunkId, int first, int count, byte[] outcomes) {
    send(new Frame(FrameType.OUTCOMES, chunkId, first, count, outcomes));
  }

  @Override
  public void ended(long chunkId) {
    send(Frame.of(FrameType.ENDED, chunkId));
  }
}
