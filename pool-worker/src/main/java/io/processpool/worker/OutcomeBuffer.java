package io.processpool.worker;

import io.processpool.wire.Block;
import io.processpool.wire.Figures;
import io.processpool.wire.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the outcomes of the running chunk, so that many small ones travel together, and sends
 * them when they are many or {@value #PATIENCE_MILLIS} ms old: a long item never sits on the
 * results of those before it. They gather in the recorder, and are there until they are sent: what
 * is done is not lost with the process. Safe for use by several threads.
 */
final class OutcomeBuffer {
  private static final int FULL = Recorder.ROOM / 2;
  private static final int PATIENCE_MILLIS = 2;

  private final OutcomeSink sink;
  private final Recorder recorder;
  private long chunkId;
  private int sent;
  private final Tally tally = new Tally();
  private @Nullable Figures last;
  private boolean hasSent;
  private boolean needsFlusher;
  private boolean flusherStarted;
  private boolean closed;

  OutcomeBuffer(OutcomeSink sink, Recorder recorder) {
    this.sink = sink;
    this.recorder = recorder;
  }

  /** Outcomes of a chunk are to come. */
  synchronized void begin(long chunkId, int items) {
    this.chunkId = chunkId;
    sent = 0;
    needsFlusher = items > 1;
  }

  /**
   * Takes the entry out of a block. Returns whether anything was sent since the last time, for
   * which the caller may have had to wait.
   */
  synchronized boolean add(Block.Writer outcome, Figures figures) {
    boolean alone = outcome.length() >= FULL - Figures.LONGEST;
    if (alone) {
      flush();
    }
    boolean first = recorder.unsentCount() == 0;
    outcome.addFigures(figures, first ? null : last);
    last = figures;
    tally.add(figures);
    if (alone) {
      send(1, outcome.take());
    } else {
      keep(outcome, first);
    }
    boolean mayHaveWaited = hasSent;
    hasSent = false;
    return mayHaveWaited;
  }

  private void keep(Block.Writer outcome, boolean first) {
    recorder.keep(chunkId, sent, outcome);
    outcome.clear();
    if (recorder.unsentLength() >= FULL) {
      flush();
    } else if (first && needsFlusher) {
      wakeFlusher();
    }
  }

  /** How many outcomes of the chunk there are. */
  synchronized int count() {
    return sent + recorder.unsentCount();
  }

  synchronized void flush() {
    if (recorder.unsentCount() > 0) {
      send(recorder.unsentCount(), recorder.unsent());
      recorder.sent();
    }
  }

  synchronized void close() {
    closed = true;
    notifyAll();
    flush();
  }

  private void send(int count, byte[] outcomes) {
    sink.outcomes(chunkId, sent, count, outcomes, tally.totals());
    sent += count;
    hasSent = true;
  }

  private void wakeFlusher() {
    if (flusherStarted) {
      notifyAll();
    } else {
      flusherStarted = true;
      Thread flusher = new Thread(this::flushThatIsOld, "pool-outcome-flusher");
      flusher.setDaemon(true);
      flusher.start();
    }
  }

  private void flushThatIsOld() {
    boolean open = true;
    while (open) {
      try {
        open = awaitPending();
        Thread.sleep(PATIENCE_MILLIS);
      } catch (InterruptedException e) {
        // Some task's doing; this thread ends with close() alone.
      }
      flush();
    }
  }

  private synchronized boolean awaitPending() throws InterruptedException {
    while (recorder.unsentCount() == 0 && !closed) {
      wait();
    }
    return !closed;
  }
}
