package io.processpool.core.launch;

import io.processpool.core.concurrent.DaemonThreads;
import io.processpool.wire.Frame;
import io.processpool.wire.FrameWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Writes frames to one worker on a thread of its own, so that nobody who has something for a worker
 * waits for its pipe. What cannot be written is dropped: the reader finds out why.
 */
final class FramePump {
  private static final List<Frame> END = List.of();

  private final BlockingQueue<List<Frame>> frames = new LinkedBlockingQueue<>();
  private final OutputStream out;
  private final Runnable onFailure;

  /**
   * Creates a pump that does not run.
   *
   * @param onFailure told if frames can be written no more for a reason of this process's own
   */
  FramePump(OutputStream out, Runnable onFailure) {
    this.out = out;
    this.onFailure = onFailure;
  }

  void start(long pid) {
    DaemonThreads.named("pool-worker-writer-" + pid, this::pump).start();
  }

  void send(Frame frame) {
    frames.add(List.of(frame));
  }

  /** Sends two frames in one go: the worker has no use for the first without the last. */
  void send(Frame first, Frame last) {
    frames.add(List.of(first, last));
  }

  /** Ends the thread and closes the stream, once what was sent before is written. */
  void stop() {
    frames.add(END);
  }

  private void pump() {
    FrameWriter writer = new FrameWriter(out);
    try (out) {
      for (List<Frame> next = frames.take(); !next.isEmpty(); next = frames.take()) {
        for (Frame frame : next) {
          writer.write(frame);
        }
        if (frames.isEmpty()) {
          writer.flush();
        }
      }
    } catch (IOException e) {
      // The worker is gone or going.
    } catch (InterruptedException | RuntimeException | Error e) {
      onFailure.run();
    }
  }
}
