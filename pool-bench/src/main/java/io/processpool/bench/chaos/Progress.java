package io.processpool.bench.chaos;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Tells every few seconds how far a run has come. */
final class Progress {
  private static final long INTERVAL_SECONDS = 5;

  private final PrintStream err;
  private final Ledger ledger;
  private final Hits hits;
  private final Breaches breaches;

  Progress(PrintStream err, Ledger ledger, Hits hits, Breaches breaches) {
    this.err = err;
    this.ledger = ledger;
    this.hits = hits;
    this.breaches = breaches;
  }

  /** Tells until a number of seconds has gone by. */
  void watch(int seconds) throws InterruptedException {
    for (long second = 0; second < seconds; ) {
      long step = Math.min(INTERVAL_SECONDS, seconds - second);
      Thread.sleep(TimeUnit.SECONDS.toMillis(step));
      second += step;
      err.printf(
          Locale.ROOT,
          "%5d s: %,d items, %,d completed, %d kills, %d workers started, %d broken%n",
          second,
          ledger.count(Tally.SUBMITTED),
          ledger.count(Tally.COMPLETED),
          hits.count(Hits.Torment.KILL),
          ledger.workersStarted(),
          breaches.count());
    }
  }
}
