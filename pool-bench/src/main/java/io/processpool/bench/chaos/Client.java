package io.processpool.bench.chaos;

import io.processpool.Args;
import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Pool;
import io.processpool.ResultIterator;
import io.processpool.TaskOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** A thread of the program that uses the pool: one call of any sort after the other. */
final class Client implements Runnable {
  private static final int MOST_SINGLES = 8;
  private static final int MOST_ITEMS = 600;
  private static final int MOST_LIMITED_ITEMS = 30;
  private static final int MOST_BIG_ITEMS = 6;
  private static final int ATTEMPTS = 3;
  private static final Duration BACKOFF = Duration.ofMillis(20);

  private final Pool pool;
  private final Ledger ledger;
  private final Waiting waiting;
  private final SplittableRandom random;
  private final Plan plan;
  private final BooleanSupplier goesOn;

  Client(
      Pool pool, Ledger ledger, Waiting waiting, SplittableRandom random, BooleanSupplier goesOn) {
    this.pool = pool;
    this.ledger = ledger;
    this.waiting = waiting;
    this.random = random;
    this.plan = new Plan(random);
    this.goesOn = goesOn;
  }

  @Override
  public void run() {
    try {
      while (goesOn.getAsBoolean()) {
        call();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void call() throws InterruptedException {
    int choice = random.nextInt(100);
    if (choice < 20) {
      singles();
    } else if (choice < 38) {
      map(chunkSize(), pool, TaskOptions.defaults(), plan.mixed(items(MOST_ITEMS)));
    } else if (choice < 48) {
      starmap();
    } else if (choice < 60) {
      imap(true);
    } else if (choice < 72) {
      imap(false);
    } else if (choice < 80) {
      cancelled();
    } else if (choice < 90) {
      limited();
    } else if (choice < 94) {
      softlyLimited();
    } else if (choice < 97) {
      triedAgain();
    } else if (choice < 98) {
      failingFast();
    } else {
      map(1, pool, TaskOptions.defaults(), plan.big(items(MOST_BIG_ITEMS)));
    }
  }

  private int items(int most) {
    return random.nextInt(most + 1);
  }

  private int chunkSize() {
    return 1 << random.nextInt(6);
  }

  private void singles() throws InterruptedException {
    List<Batch> batches = new ArrayList<>();
    List<AsyncResult<Answer>> results = new ArrayList<>();
    for (int i = items(MOST_SINGLES); i >= 0; i--) {
      Optional<Batch> batch =
          ledger.open("applyAsync", TaskOptions.defaults(), List.of(plan.daring()));
      if (batch.isPresent()) {
        batches.add(batch.get());
        results.add(pool.applyAsync(Item::run, batch.get().item(0)));
        waiting.callbacks(batch.get(), results.get(results.size() - 1));
      }
    }
    for (int i = 0; i < batches.size(); i++) {
      waiting.settle(batches.get(i), results.get(i));
    }
  }

  private void map(int chunk, Pool with, TaskOptions options, List<ItemKind> kinds)
      throws InterruptedException {
    Batch batch = ledger.open("mapAsync, chunks of " + chunk, options, kinds).orElse(null);
    if (batch != null) {
      if (options.endsAtFirstFailure()) {
        batch.withdraw(); // what comes after the first failure
      }
      AsyncMapResult<Answer> result = with.mapAsync(Item::run, batch.items(), chunk);
      waiting.callbacks(batch, result);
      waiting.settle(batch, result);
    }
  }

  private void starmap() throws InterruptedException {
    List<ItemKind> kinds = mixedBut(ItemKind.BIG_ARGUMENT, ItemKind.BIG_RESULT);
    Batch batch = ledger.open("starmapAsync", TaskOptions.defaults(), kinds).orElse(null);
    if (batch != null) {
      List<Args.Pair<Long, ItemKind>> calls = new ArrayList<>();
      for (int i = 0; i < batch.size(); i++) {
        calls.add(Args.of(batch.number(i), batch.kind(i)));
      }
      waiting.settle(batch, pool.starmapAsync(Item::runAs, calls));
    }
  }

  /** A starmap passes no load, and what comes when it likes must tell which item it is of. */
  private List<ItemKind> mixedBut(ItemKind unwanted, ItemKind instead) {
    return plan.mixed(items(MOST_ITEMS)).stream()
        .map(kind -> kind == unwanted ? instead : kind)
        .collect(Collectors.toList());
  }

  private void imap(boolean ordered) throws InterruptedException {
    int chunk = 1 + random.nextInt(8);
    List<ItemKind> kinds =
        ordered ? plan.mixed(items(MOST_ITEMS)) : mixedBut(ItemKind.UNSENDABLE, ItemKind.THROW);
    String call = (ordered ? "imap" : "imapUnordered") + ", chunks of " + chunk;
    Batch batch = ledger.open(call, TaskOptions.defaults(), kinds).orElse(null);
    if (batch != null) {
      boolean early = random.nextInt(4) == 0;
      int most = early ? random.nextInt(batch.size() + 1) : Integer.MAX_VALUE;
      ResultIterator<Answer> results =
          ordered
              ? pool.imap(Item::run, batch.items(), chunk)
              : pool.imapUnordered(Item::run, batch.items(), chunk);
      waiting.settle(batch, results, ordered, most);
    }
  }

  /**
   * Some of these items never end by themselves: a cancel that may not interrupt is not for them.
   */
  private void cancelled() throws InterruptedException {
    boolean interrupt = random.nextBoolean();
    List<ItemKind> kinds =
        interrupt
            ? plan.withSome(List.of(ItemKind.SLEEP, ItemKind.SPIN), 1 + items(MOST_LIMITED_ITEMS))
            : plan.mixed(1 + items(MOST_ITEMS));
    int chunk = chunkSize();
    Batch batch =
        ledger
            .open("cancelled mapAsync, chunks of " + chunk, TaskOptions.defaults(), kinds)
            .orElse(null);
    if (batch != null) {
      AsyncMapResult<Answer> result = pool.mapAsync(Item::run, batch.items(), chunk);
      waiting.callbacks(batch, result);
      Thread.sleep(random.nextInt(500));
      if (result.cancel(interrupt)) {
        batch.withdraw();
      }
      waiting.settle(batch, result);
    }
  }

  private void limited() throws InterruptedException {
    TaskOptions options = TaskOptions.timeout(Duration.ofMillis(200 + random.nextInt(600)));
    map(
        chunkSize(),
        pool.with(options),
        options,
        plan.withSome(List.of(ItemKind.SLEEP, ItemKind.SPIN), items(MOST_LIMITED_ITEMS)));
  }

  private void softlyLimited() throws InterruptedException {
    TaskOptions options = TaskOptions.softTimeout(Duration.ofMillis(200 + random.nextInt(300)));
    List<ItemKind> kinds = new ArrayList<>();
    for (int i = items(MOST_LIMITED_ITEMS); i > 0; i--) {
      kinds.add(random.nextInt(10) == 0 ? ItemKind.SLEEP : ItemKind.QUICK);
    }
    map(chunkSize(), pool.with(options), options, kinds);
  }

  private void triedAgain() throws InterruptedException {
    TaskOptions options = TaskOptions.attempts(ATTEMPTS).withBackoff(BACKOFF);
    map(chunkSize(), pool.with(options), options, plan.stubborn(items(MOST_LIMITED_ITEMS)));
  }

  private void failingFast() throws InterruptedException {
    TaskOptions options = TaskOptions.failFast();
    map(chunkSize(), pool.with(options), options, plan.mixed(items(MOST_ITEMS)));
  }
}
