package io.processpool.core.launch;

import io.processpool.core.concurrent.DaemonThreads;
import io.processpool.wire.Frame;
import io.processpool.wire.FrameWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Writes frames to one worker, on a thread of its own, so that nobody who has something for a
 * worker waits for its pipe. Who has time may write them himself, as long as the worker has read
 * nearly all that it was sent: then the pipe has room, and no thread need be woken for it. What
 * cannot be written is dropped: the reader finds out why. Safe for use by several threads.
 */
final class FramePump {
  /** The least that pipes hold. */
  private static final int ROOM = 4096;

  private final Queue<Frame> frames = new ArrayDeque<>();
  private final OutputStream out;
  private final FrameWriter writer;
  private final Runnable onFailure;

  /** How many bytes were ever sent, and how many of them the worker is known to have read. */
  private long sent;

  private long read;

  private boolean started;

  /** Whether a thread is about to write. Only that one uses the writer. */
  private boolean writing;

  private boolean stopped;
  private boolean broken;

  /**
   * Creates a pump that does not run.
   *
   * @param onFailure told if frames can be written no more for a reason of this process's own
   */
  FramePump(OutputStream out, Runnable onFailure) {
    this.out = out;
    this.writer = new FrameWriter(out);
    this.onFailure = onFailure;
  }

  synchronized void start(long pid) {
    started = true;
    DaemonThreads.named("pool-worker-writer-" + pid, this::pump).start();
  }

  synchronized void send(Frame frame) {
    add(frame);
    wakeThread();
  }

  /**
   * Has a frame wait for {@link #flush} or {@link #send}.
   *
   * @return how many bytes were sent then, with this frame
   */
  synchronized long add(Frame frame) {
    if (!stopped && !broken) {
      frames.add(frame);
    }
    sent += Frame.HEADER_LENGTH + (long) frame.payload().length + frame.rest().length;
    return sent;
  }

  /** The worker has read so many of the bytes that were sent. */
  synchronized void hasRead(long bytes) {
    read = Math.max(read, bytes);
  }

  /** Has frames leave that wait. */
  synchronized void flush() {
    wakeThread();
  }

  /** Writes frames that wait, on this thread if the pipe has room for them. */
  void flushHere() {
    if (claimIfThereIsRoom()) {
      writeAll();
    }
  }

  /** Ends the thread and closes the stream, once what was sent before is written. */
  synchronized void stop() {
    stopped = true;
    notifyAll();
  }

  private void wakeThread() {
    if (!writing && !frames.isEmpty()) {
      notifyAll();
    }
  }

  private synchronized boolean claimIfThereIsRoom() {
    if (started && !writing && !frames.isEmpty() && sent - read <= ROOM) {
      writing = true;
      return true;
    }
    wakeThread();
    return false;
  }

  private void pump() {
    while (claim()) {
      writeAll();
    }
    close();
  }

  /** Waits for something to write. Returns whether there is. */
  private synchronized boolean claim() {
    while (writing || frames.isEmpty()) {
      if (stopped && !writing) {
        return false;
      }
      try {
        wait();
      } catch (InterruptedException e) {
        // This thread ends with stop() alone.
      }
    }
    writing = true;
    return true;
  }

  /** Writes what waits, and what comes meanwhile. */
  private void writeAll() {
    boolean written = false;
    try {
      for (Frame next = next(); next != null; next = next()) {
        writer.write(next);
      }
      written = true;
    } catch (IOException e) {
      written = true; // the worker is gone or going
      drop();
    } finally {
      if (!written) {
        drop();
        onFailure.run();
      }
    }
  }

  /** The next frame; without one, all have left, and nobody writes any more. */
  private @Nullable Frame next() throws IOException {
    Frame next = poll();
    while (next == null) {
      writer.flush();
      if (hasEnded()) {
        return null;
      }
      next = poll();
    }
    return next;
  }

  private synchronized @Nullable Frame poll() {
    return frames.poll();
  }

  private synchronized boolean hasEnded() {
    if (!frames.isEmpty()) {
      return false;
    }
    writing = false;
    if (stopped) {
      notifyAll();
    }
    return true;
  }

  private synchronized void drop() {
    broken = true;
    writing = false;
    frames.clear();
    notifyAll();
  }

  private void close() {
    try {
      out.close();
    } catch (IOException e) {
      // The worker is gone or going.
    }
  }
}
