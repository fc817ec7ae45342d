package io.processpool.worker;

import io.processpool.spi.SlotTotals;
import io.processpool.wire.Block;
import io.processpool.wire.Figures;
import io.processpool.wire.Recorder;
import io.processpool.wire.RunFigures;
import io.processpool.wire.Unsent;
import io.processpool.wire.kryo.PlainNumbers;
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

  /** The numbers that the open run has; 0 if none is open. */
  private int runKind;

  private long runStart;
  private final RunFigures runFigures = new RunFigures();

  /** What was told of the open run before its end. */
  private int toldOfRun;

  private long timeToldOfRun;

  /** Whether anything was sent since the run was opened. */
  private volatile boolean runIsStale;

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
      sink.outcome(chunkId, count, outcome, tally.totals());
      send();
    } else {
      keep(outcome, figures);
    }
    count++;
    boolean mayHaveWaited = hasSent;
    hasSent = false;
    return mayHaveWaited;
  }

  /**
   * Opens a run for the outcomes of the next items, as long as these are numbers of a kind. They
   * are put into the recorder by the thread that calls this, without this monitor, until {@link
   * #endRun}; nothing else is added meanwhile. Returns how many there is room for.
   */
  synchronized int beginRun(int kind, int argumentBytes, long start) {
    int resultBytes = 1 + PlainNumbers.width(kind);
    runFigures.begin(count, start, argumentBytes, resultBytes);
    runKind = kind;
    runStart = start;
    toldOfRun = 0;
    timeToldOfRun = 0;
    runIsStale = false;
    last = null;
    boolean first = recorder.unsentLength() == 0;
    if (first) {
      oldest = start;
    }
    int room = recorder.openRun(chunkId, count, kind, start);
    if (first && needsFlusher) {
      wakeFlusher();
    }
    return room;
  }

  /** The figures of the open run, for the thread that has opened it. */
  RunFigures runFigures() {
    return runFigures;
  }

  /** Whether outcomes were sent while the run was open, which ended before its latest item then. */
  boolean runIsStale() {
    return runIsStale;
  }

  /**
   * The open run has so many outcomes, none perhaps, as the recorder knows; they took some time
   * together and ended at another. Returns whether anything was sent since the last time, for which
   * the caller may have had to wait.
   */
  synchronized boolean endRun(int items, long duration, long end) {
    tally.add(items - toldOfRun, Math.max(0, duration - timeToldOfRun));
    latest = end;
    if (items == 0) {
      recorder.dropRun();
    } else if (runIsStale) {
      sendRestOfRun();
    } else {
      recorder.keepRun(runKind, items, runFigures);
    }
    runKind = 0;
    count += items;
    if (recorder.unsentLength() >= FULL) {
      flush();
    }
    boolean mayHaveWaited = hasSent;
    hasSent = false;
    return mayHaveWaited;
  }

  private void sendRestOfRun() {
    recorder.restOfRun(runFigures).ifPresent(rest -> send(rest, tally.totals()));
    send();
    recorder.dropRun();
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
    Recorder.RunPart part = runKind == 0 ? null : recorder.unsentOfRun().orElse(null);
    if (recorder.unsentLength() == 0 && part == null) {
      return;
    }
    runIsStale = runKind != 0;
    if (part != null) {
      tellOfRun(part);
    }
    SlotTotals totals = tally.totals();
    for (Unsent unsent : recorder.unsent()) {
      send(unsent, totals);
      totals = null; // told with the first: whoever sees a result finds them to be complete
    }
    if (part != null) {
      send(part.outcomes(), totals);
    }
    send();
    recorder.sent();
    if (part != null) {
      recorder.sent(part);
    }
  }

  /** Counts what is sent of the open run, at whose current item its thread may stay for long. */
  private void tellOfRun(Recorder.RunPart part) {
    long until = part.until() - runStart;
    tally.add(part.outcomes().count(), until - timeToldOfRun);
    toldOfRun += part.outcomes().count();
    timeToldOfRun = until;
  }

  private void send(Unsent unsent, @Nullable SlotTotals totals) {
    sink.outcomes(unsent.chunkId(), unsent.first(), unsent.count(), unsent.outcomes(), totals);
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
    while (recorder.unsentLength() == 0 && runKind == 0 && !closed) {
      wait();
    }
    return !closed;
  }
}
