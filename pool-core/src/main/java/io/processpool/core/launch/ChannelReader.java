package io.processpool.core.launch;

import io.processpool.core.concurrent.DaemonThreads;
import io.processpool.wire.Frame;
import io.processpool.wire.FrameReader;
import io.processpool.wire.WireException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a worker says on a thread of its own, and hands it on frame by frame until {@link
 * #finish}.
 *
 * <p>The channel may outlive the worker: what the worker has started may hold it open. Nothing
 * wakes a thread that waits for such a channel; it is left behind, and hands on nothing more.
 */
final class ChannelReader {
  private static final int POLL_MILLIS = 20;
  private static final int POLLS_OF_SILENCE = 50;
  private static final int MOST_POLLS = 500;

  private final WorkerTransport process;
  private final Conversation conversation;
  private final Thread thread;
  private final AtomicInteger readsBegunAndEnded = new AtomicInteger();
  private boolean finished;

  /** The other side of this. Called by one thread at a time, and not after {@link #finish}. */
  interface Conversation {

    /** The worker has said something. */
    void accept(Frame frame) throws WireException;

    /** All that has come is accepted, and the next may take any time. */
    void caughtUp();

    /**
     * What the worker has said after what cannot be understood, and what may not fit any more for
     * want of that.
     */
    void acceptLate(Frame frame);

    /** Something that the worker has said cannot be understood, or does not fit. */
    void breach(WireException what);

    /** Nothing more can be read or accepted, for a reason of this process's own. */
    void failed(Throwable why);
  }

  ChannelReader(WorkerTransport process, Conversation conversation) {
    this.process = process;
    this.conversation = conversation;
    this.thread = DaemonThreads.named("pool-worker-reader-" + process.pid(), this::readToTheEnd);
  }

  void start() {
    thread.start();
  }

  /**
   * Waits until all is handed on that is left of a worker that has ended: to the end of the channel
   * or, should it have none, until nothing has come for about a second. What is handed on happened
   * before the return of this.
   */
  void finish() {
    try {
      awaitEndOrSilence();
    } catch (InterruptedException e) {
      // Then without the rest.
    }
    synchronized (this) {
      finished = true;
    }
  }

  /** Counts how often it looked, not the time: this process may itself have been stopped. */
  private void awaitEndOrSilence() throws InterruptedException {
    int seen = 0;
    int silent = 0;
    for (int polls = 0; polls < MOST_POLLS && silent < POLLS_OF_SILENCE; polls++) {
      thread.join(POLL_MILLIS);
      if (!thread.isAlive()) {
        return;
      }
      int now = readsBegunAndEnded.get();
      boolean isReading = now % 2 != 0;
      silent = isReading && now == seen ? silent + 1 : 0;
      seen = now;
    }
  }

  private void readToTheEnd() {
    try {
      readFrames();
    } catch (EOFException e) {
      // The worker died in the middle of a frame, which tells nothing of the reason.
    } catch (WireException e) {
      unlessFinished(() -> conversation.breach(e));
    } catch (IOException | RuntimeException | Error e) {
      unlessFinished(() -> conversation.failed(e));
    }
    process.endSoon();
  }

  private void readFrames() throws IOException {
    FrameReader reader = new FrameReader(new CountedInput(process.fromWorker()));
    Frame frame = readPast(reader);
    while (frame != null && handOn(frame, reader.hasNext())) {
      frame = next(reader);
    }
  }

  private @Nullable Frame next(FrameReader reader) throws IOException {
    try {
      return process.channelMayHaveNoise() ? readPast(reader) : reader.read();
    } catch (WireException e) {
      unlessFinished(() -> conversation.breach(e));
      readLateFrames(reader);
      return null;
    }
  }

  /**
   * Goes on behind bytes that are no frame. If there is a frame missing then this is the end: those
   * behind it are not the next.
   */
  private void readLateFrames(FrameReader reader) throws IOException {
    try {
      for (Frame frame = readPast(reader); frame != null; frame = readPast(reader)) {
        Frame late = frame;
        unlessFinished(() -> conversation.acceptLate(late));
      }
    } catch (WireException e) {
      // It was said already that the channel is spoilt.
    }
  }

  private @Nullable Frame readPast(FrameReader reader) throws IOException {
    return reader.readPast(process.output().noise());
  }

  /** Returns whether anybody still listens. */
  private synchronized boolean handOn(Frame frame, boolean more) throws WireException {
    if (!finished) {
      conversation.accept(frame);
      if (!more) {
        conversation.caughtUp();
      }
    }
    return !finished;
  }

  private synchronized void unlessFinished(Runnable report) {
    if (!finished) {
      report.run();
    }
  }

  /** Tells by an odd count that somebody waits in it. */
  private final class CountedInput extends InputStream {
    private final InputStream in;

    CountedInput(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      readsBegunAndEnded.incrementAndGet();
      try {
        return in.read(target, offset, length);
      } finally {
        readsBegunAndEnded.incrementAndGet();
      }
    }
  }
}
