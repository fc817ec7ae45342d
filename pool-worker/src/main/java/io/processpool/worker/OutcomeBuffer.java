package io.processpool.worker;

import io.processpool.wire.Block;

/**
 * Gathers the outcomes of the running chunk, so that many small ones travel together, and sends
 * them when they are many or {@value #PATIENCE_MILLIS} ms old: a long item never sits on the
 * results of those before it. Safe for use by several threads.
 */
final class OutcomeBuffer {
  private static final int FULL = 32 * 1024;
  private static final int PATIENCE_MILLIS = 2;

  private final OutcomeSink sink;
  private final Block.Writer pending = new Block.Writer();
  private long chunkId;
  private int sent;
  private boolean needsFlusher;
  private boolean flusherStarted;
  private boolean closed;

  OutcomeBuffer(OutcomeSink sink) {
    this.sink = sink;
  }

  synchronized void begin(long chunkId, int items) {
    this.chunkId = chunkId;
    sent = 0;
    needsFlusher = items > 1;
  }

  /** Takes the entries out of a block. */
  synchronized void add(Block.Writer outcomes) {
    if (outcomes.length() >= FULL) {
      flush();
      send(outcomes);
      return;
    }
    boolean first = pending.count() == 0;
    pending.addAll(outcomes);
    outcomes.clear();
    if (pending.length() >= FULL) {
      flush();
    } else if (first && needsFlusher) {
      wakeFlusher();
    }
  }

  synchronized void flush() {
    if (pending.count() > 0) {
      send(pending);
    }
  }

  synchronized void close() {
    flush();
    closed = true;
    notifyAll();
  }

  private void send(Block.Writer outcomes) {
    int count = outcomes.count();
    sink.outcomes(chunkId, sent, count, outcomes.take());
    sent += count;
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
    while (pending.count() == 0 && !closed) {
      wait();
    }
    return !closed;
  }
}
