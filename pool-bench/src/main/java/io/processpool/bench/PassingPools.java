package io.processpool.bench;

import io.processpool.AsyncMapResult;
import io.processpool.Pool;
import io.processpool.TaskOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/** Makes small pools, one after the other, and ends each in the middle of its work. */
final class PassingPools implements Runnable {
  static final int WORKERS = 2;

  private static final int ITEMS = 100;
  private static final int CHUNK = 4;
  private static final int LONGEST_LIFE_MILLIS = 1000;
  private static final int LONGEST_REST_MILLIS = 3000;
  private static final int THREADS = 3;

  private final Workshop workshop;
  private final Ledger ledger;
  private final Waiting waiting;
  private final Hangs hangs;
  private final SplittableRandom random;
  private final Plan plan;
  private final BooleanSupplier goesOn;
  private volatile int made;

  PassingPools(
      Workshop workshop,
      Ledger ledger,
      Waiting waiting,
      Hangs hangs,
      SplittableRandom random,
      BooleanSupplier goesOn) {
    this.workshop = workshop;
    this.ledger = ledger;
    this.waiting = waiting;
    this.hangs = hangs;
    this.random = random;
    this.plan = new Plan(random);
    this.goesOn = goesOn;
  }

  /** How many pools there were so far. */
  int made() {
    return made;
  }

  @Override
  public void run() {
    try {
      while (goesOn.getAsBoolean()) {
        Batch batch =
            ledger
                .open("mapAsync of a passing pool", TaskOptions.defaults(), plan.mixed(ITEMS))
                .orElse(null);
        if (batch != null) {
          passOne(batch);
        }
        Thread.sleep(random.nextInt(LONGEST_REST_MILLIS));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @SuppressWarnings({"NonAtomicVolatileUpdate", "NonAtomicOperationOnVolatileField"}) // one writer
  private void passOne(Batch batch) throws InterruptedException {
    made++;
    Pool pool = workshop.pool(WORKERS);
    AsyncMapResult<Answer> result = pool.mapAsync(Item::run, batch.items(), CHUNK);
    waiting.callbacks(batch, result);
    Thread.sleep(random.nextInt(LONGEST_LIFE_MILLIS));
    end(pool, batch);
    waiting.settle(batch, result);
  }

  /** Ends a pool from several threads at once, each in its own way. */
  private void end(Pool pool, Batch batch) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      boolean terminate = random.nextInt(3) == 0;
      if (terminate) {
        batch.terminate();
      }
      Runnable end = terminate ? pool::terminate : pool::close;
      threads.add(new Thread(end, "chaos-" + (terminate ? "terminator" : "closer")));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join(Waiting.PATIENCE.toMillis());
      if (thread.isAlive()) {
        hangs.found("a passing pool does not end: " + thread.getName());
      }
    }
    requireEnd(pool);
  }

  private void requireEnd(Pool pool) throws InterruptedException {
    if (!pool.join(Duration.ofSeconds(30))) {
      hangs.found("a passing pool that was ended goes on");
    }
  }
}
