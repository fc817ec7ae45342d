package io.processpool.core.launch;

import io.processpool.core.concurrent.DaemonThreads;
import io.processpool.wire.Frame;
import io.processpool.wire.FrameWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Writes frames to one worker, on a thread of its own, so that nobody who has something for a
 * worker waits for its pipe. Who has time may write them himself, as long as the worker has read
 * nearly all that it was sent: then the pipe has room, and no thread need be woken for it. What
 * cannot be written is dropped: the reader finds out why. Safe for use by several threads.
 */
final class FramePump {
  /**
   * The least that pipes hold. Where that is one page, of which part is read, a thread may have to
   * wait until the worker reads: not for long.
   */
  private static final int ROOM = 4096;

  /** So many frames a thread may write that is not the pump's own. */
  private static final int MOST_HERE = 64;

  /** Guarded by the monitor; one that is whole again after an addition for which memory lacked. */
  private final Queue<Frame> frames = new ConcurrentLinkedQueue<>();

  private final OutputStream out;
  private final FrameWriter writer;
  private final Runnable onFailure;

  /** How many bytes were ever sent, and how many of them the worker is known to have read. */
  private long sent;

  private long read;

  private boolean started;

  /** Whether a thread is about to write. Only that one uses the writer. */
  private boolean writing;

  /** Whether a thread that was about to write had not enough stack for it. */
  private volatile boolean abandoned;

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
    sent += Frame.HEADER_LENGTH + frame.payloadLength() + Frame.TRAILER_LENGTH;
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

  /** Writes frames that wait, on this thread as long as the pipe has room for them. */
  void flushHere() {
    boolean complete = false;
    try {
      if (claimHere()) {
        write(true);
      }
      complete = true;
    } finally {
      if (!complete) {
        abandoned = true; // with no call, for which the stack may not suffice
      }
    }
  }

  /** Ends the thread and closes the stream, once what was sent before is written. */
  synchronized void stop() {
    stopped = true;
    notifyAll();
  }

  private void wakeThread() {
    if (abandoned || (!writing && !frames.isEmpty())) {
      notifyAll();
    }
  }

  private synchronized boolean claimHere() {
    if (started && !writing && !frames.isEmpty() && hasRoom()) {
      writing = true;
      return true;
    }
    wakeThread();
    return false;
  }

  private boolean hasRoom() {
    return sent - read <= ROOM;
  }

  private void pump() {
    while (claim()) {
      write(false);
    }
    if (abandoned) {
      drop();
      onFailure.run();
    }
    close();
  }

  /** Waits for something to write. Returns whether there is, and will be. */
  private synchronized boolean claim() {
    while (!abandoned && (writing || frames.isEmpty())) {
      if (stopped && !writing) {
        return false;
      }
      try {
        wait();
      } catch (InterruptedException e) {
        // This thread ends with stop() alone.
      }
    }
    writing = !abandoned;
    return writing;
  }

  /** Writes what waits and what comes meanwhile; if {@code here}, as long as it may go on. */
  private void write(boolean here) {
    try {
      int written = 0;
      while (true) {
        Frame next = poll(here, written);
        if (next != null) {
          writer.write(next);
          written++;
        } else {
          writer.flush();
          if (ends(here, written)) {
            return;
          }
        }
      }
    } catch (IOException e) {
      drop(); // the worker is gone or going
    } catch (RuntimeException | Error e) {
      drop();
      onFailure.run();
    }
  }

  private synchronized @Nullable Frame poll(boolean here, int written) {
    return mayGoOn(here, written) ? frames.poll() : null;
  }

  /** Returns whether this thread has written all that it may; the rest is another one's then. */
  private synchronized boolean ends(boolean here, int written) {
    if (!frames.isEmpty() && mayGoOn(here, written)) {
      return false;
    }
    writing = false;
    if (stopped || !frames.isEmpty()) {
      notifyAll();
    }
    return true;
  }

  private boolean mayGoOn(boolean here, int written) {
    return !here || (written < MOST_HERE && hasRoom());
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
