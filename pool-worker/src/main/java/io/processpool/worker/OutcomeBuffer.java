package io.processpool.worker;

import io.processpool.spi.SlotTotals;
import io.processpool.wire.Block;
import io.processpool.wire.Figures;
import io.processpool.wire.Recorder;
import io.processpool.wire.Unsent;
import org.jspecify.annotations.Nullable;

/**
 * Gathers outcomes, so that many small ones travel together, also of several chunks, and sends them
 * when they are many, when nothing else is to be done, or when they are {@value #PATIENCE_MILLIS}
 * ms old: a long item never sits on the results of those before it. They gather in the recorder,
 * and are there until they are sent: what is done is not lost with the process. Safe for use by
 * several threads.
 */
final class OutcomeBuffer {
  private static final int FULL = Recorder.HALF;
  private static final int PATIENCE_MILLIS = 2;

  /** For so long, outcomes wait for those of the next chunk. */
  private static final long GATHERING_NANOS = 100_000;

  private final OutcomeSink sink;
  private final Recorder recorder;
  private long chunkId;
  private int count;
  private final Tally tally = new Tally();

  /** The figures of the outcome before the next one, if both will travel in one block. */
  private @Nullable Figures last;

  /** When the item began whose outcome waits longest. */
  private long oldest;

  private long latest;
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
    count = 0;
    last = null;
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
    outcome.addFigures(figures, last);
    last = figures;
    tally.add(figures);
    latest = figures.start() + figures.duration();
    if (alone) {
      sink.outcomes(chunkId, count, 1, outcome.take(), tally.totals());
      send();
    } else {
      keep(outcome, figures);
    }
    count++;
    boolean mayHaveWaited = hasSent;
    hasSent = false;
    return mayHaveWaited;
  }

  private void keep(Block.Writer outcome, Figures figures) {
    boolean first = recorder.unsentLength() == 0;
    if (first) {
      oldest = figures.start();
    }
    recorder.keep(chunkId, count, outcome);
    outcome.clear();
    if (recorder.unsentLength() >= FULL) {
      flush();
    } else if (first && needsFlusher) {
      wakeFlusher();
    }
  }

  /** How many outcomes of the chunk there are. */
  synchronized int count() {
    return count;
  }

  /** The chunk has ended. Its outcomes may wait for those of the next one, if that is here. */
  synchronized void end(boolean isNextHere) {
    if (isNextHere && latest - oldest < GATHERING_NANOS) {
      wakeFlusher();
    } else {
      flush();
    }
  }

  synchronized void flush() {
    if (recorder.unsentLength() > 0) {
      SlotTotals totals = tally.totals();
      for (Unsent unsent : recorder.unsent()) {
        sink.outcomes(unsent.chunkId(), unsent.first(), unsent.count(), unsent.outcomes(), totals);
        totals = null; // told with the first: whoever sees a result finds them to be complete
      }
      send();
      recorder.sent();
    }
  }

  private void send() {
    sink.flush();
    last = null;
    hasSent = true;
  }

  synchronized void close() {
    closed = true;
    notifyAll();
    flush();
  }

  private void wakeFlusher() {
    if (flusherStarted) {
      notifyAll();
    } else {
      startFlusher();
    }
  }

  private void startFlusher() {
    Thread flusher = new Thread(this::flushThatIsOld, "pool-outcome-flusher");
    flusher.setDaemon(true);
    try {
      flusher.start();
      flusherStarted = true;
    } catch (OutOfMemoryError e) {
      flush(); // the system has no more threads
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
    while (recorder.unsentLength() == 0 && !closed) {
      wait();
    }
    return !closed;
  }
}
