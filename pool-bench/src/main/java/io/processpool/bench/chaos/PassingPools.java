package io.processpool.bench.chaos;

import io.processpool.AsyncMapResult;
import io.processpool.Pool;
import io.processpool.PoolStartException;
import io.processpool.TaskOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

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
  private final Hits hits;
  private final SplittableRandom random;
  private final Plan plan;
  private final BooleanSupplier goesOn;
  private final AtomicInteger made = new AtomicInteger();
  private final AtomicInteger stillborn = new AtomicInteger();

  PassingPools(
      Workshop workshop,
      Ledger ledger,
      Waiting waiting,
      Hangs hangs,
      Hits hits,
      SplittableRandom random,
      BooleanSupplier goesOn) {
    this.workshop = workshop;
    this.ledger = ledger;
    this.waiting = waiting;
    this.hangs = hangs;
    this.hits = hits;
    this.random = random;
    this.plan = new Plan(random);
    this.goesOn = goesOn;
  }

  /** How many pools there were so far. */
  int made() {
    return made.get();
  }

  /** How many more there would have been, had not all their workers been hit before they began. */
  int stillborn() {
    return stillborn.get();
  }

  @Override
  public void run() {
    try {
      while (goesOn.getAsBoolean()) {
        Pool pool = make();
        if (pool != null) {
          passOne(pool);
        }
        Thread.sleep(random.nextInt(LONGEST_REST_MILLIS));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A pool may fail to start while workers are hit, and only then. */
  private @Nullable Pool make() {
    long hitsBefore = hits.mortal();
    try {
      Pool pool = workshop.pool(WORKERS);
      made.incrementAndGet();
      return pool;
    } catch (PoolStartException e) {
      if (hits.mortal() == hitsBefore) {
        throw e;
      }
      stillborn.incrementAndGet();
      return null;
    }
  }

  private void passOne(Pool pool) throws InterruptedException {
    Batch batch =
        ledger
            .open("mapAsync of a passing pool", TaskOptions.defaults(), plan.mixed(ITEMS))
            .orElse(null);
    if (batch == null) {
      pool.close();
      return;
    }
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
