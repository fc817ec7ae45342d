package io.processpool.bench.chaos;

import io.processpool.Pool;
import io.processpool.bench.chaos.Hits.Torment;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.LoggerFactory;

/**
 * One run: a pool, and another one that changes its size, clients that give them work of all sorts,
 * a tormentor of their workers, and other pools that come and go meanwhile.
 */
final class Chaos {
  private static final int CLIENTS = 12;
  private static final int CHANGING_WORKERS = 3;
  private static final int WARM_UP_WORKERS = 2;
  private static final int WARM_UP_ITEMS = 50;

  private final ChaosOptions options;
  private final PrintStream out;
  private final PrintStream err;
  private final SplittableRandom random;
  private final Workshop workshop;
  private final Hits hits = new Hits();
  private final Breaches breaches = new Breaches();
  private final Hangs hangs = new Hangs(breaches);
  private final Ledger ledger;
  private final Waiting waiting;
  private final Leftovers leftovers;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean goesOn = true;

  /**
   * Prepares a run.
   *
   * @param directory an empty directory, for its files
   * @param out for the report
   * @param err for how far it has come
   */
  Chaos(ChaosOptions options, Path directory, PrintStream out, PrintStream err) throws IOException {
    this.options = options;
    this.out = out;
    this.err = err;
    this.random = new SplittableRandom(options.seed());
    String sleep = Children.sleepOf(ProcessHandle.current().pid());
    this.workshop = new Workshop(directory, sleep);
    this.ledger = new Ledger(Journal.open(workshop.journal()), hits, breaches);
    this.waiting = new Waiting(ledger, hangs);
    this.leftovers = new Leftovers(sleep);
  }

  /** Returns whether every promise was kept. */
  boolean run() throws InterruptedException {
    warmUp();
    LoggerFactory.getLogger(Chaos.class).debug("Logging opens files of its own, once");
    leftovers.measure();
    long start = System.nanoTime();
    PassingPools passing = storm();
    double seconds = (System.nanoTime() - start) / 1e9;
    ledger.audit();
    leftovers.awaitNone();
    report(passing, seconds);
    leftovers.remove();
    breaches.lines().forEach(out::println);
    return breaches.count() == 0;
  }

  private void warmUp() throws InterruptedException {
    try (Pool pool = workshop.pool(WARM_UP_WORKERS)) {
      List<Item> items =
          IntStream.range(0, WARM_UP_ITEMS)
              .mapToObj(i -> Item.of(Journal.CAPACITY - 1, ItemKind.PRINT))
              .collect(Collectors.toList());
      var unused = pool.map(Item::run, items, 1);
    }
  }

  private PassingPools storm() throws InterruptedException {
    PassingPools passing =
        new PassingPools(workshop, ledger, waiting, hangs, hits, random.split(), () -> goesOn);
    Pool pool = workshop.pool(options.workers());
    Pool changing = workshop.changingPool(CHANGING_WORKERS);
    Tormentor tormentor = new Tormentor(random.split(), hits);
    tormentor.start();
    try {
      for (int i = 0; i < CLIENTS; i++) {
        start("client", client(pool));
      }
      start("client-of-the-changing-pool", client(changing));
      start("passing-pools", passing);
      new Progress(err, ledger, hits, breaches).watch(options.seconds());
    } finally {
      goesOn = false;
      tormentor.stop();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    close(pool);
    close(changing);
    return passing;
  }

  private Client client(Pool pool) {
    return new Client(pool, ledger, waiting, random.split(), () -> goesOn);
  }

  private void start(String name, Runnable action) {
    Thread thread = new Thread(action, "chaos-" + name);
    thread.setUncaughtExceptionHandler(
        (failed, failure) -> {
          failure.printStackTrace(err);
          breaches.add("the thread " + failed.getName() + " ended with " + failure);
        });
    threads.add(thread);
    thread.start();
  }

  private void close(Pool pool) throws InterruptedException {
    pool.shutdown();
    if (!pool.join(Waiting.PATIENCE)) {
      hangs.found("the pool does not end");
      pool.terminate();
      if (!pool.join(Duration.ofSeconds(30))) {
        hangs.found("the pool does not end after terminate()");
      }
    }
  }

  private void report(PassingPools passing, double seconds) {
    Report report = new Report(out);
    report.section("submitted");
    report.line("calls", ledger.calls());
    for (Tally tally : Tally.values()) {
      report.line(tally.words(), ledger.count(tally));
    }
    long outcomes = ledger.count(Tally.SUBMITTED) - ledger.count(Tally.CANCELLED);
    report.line("items per second, cancelled ones apart", outcomes / seconds);
    torments(report, passing);
    leftovers(report);
  }

  private void torments(Report report, PassingPools passing) {
    report.section("torments");
    report.line("workers killed (SIGKILL)", hits.count(Torment.KILL));
    report.line("workers terminated (SIGTERM)", hits.count(Torment.TERM));
    report.line("workers stopped (SIGSTOP)", hits.count(Torment.STOP));
    for (ItemKind kind : ItemKind.values()) {
      if (kind.endOfWorker().isPresent()) {
        report.line("runs of items that " + kind, ledger.began(kind));
      }
    }
    report.line("other pools made and ended", passing.made());
    report.line("other pools hit before they began", passing.stillborn());
    report.section("workers");
    report.line("started, in all pools", ledger.workersStarted());
    report.line("replacements, also by the changing pool", replacements(passing.made()));
    report.line("lost with an item", ledger.losses().count());
    ledger
        .losses()
        .byReason()
        .forEach((reason, count) -> report.line("  by reason " + reason, count));
  }

  private int replacements(int passing) {
    int fixed = WARM_UP_WORKERS + options.workers() + PassingPools.WORKERS * passing;
    return Math.max(0, ledger.workersStarted() - fixed - CHANGING_WORKERS);
  }

  private void leftovers(Report report) {
    report.section("left over");
    left(report, "processes", leftovers.descendants());
    left(report, "processes started by items", leftovers.children());
    left(report, "threads", leftovers.excessThreads(), leftovers.poolThreads());
    left(report, "open files", leftovers.excessFiles(), leftovers.newFiles());
  }

  private void left(Report report, String what, List<ProcessHandle> processes) {
    List<String> commands =
        processes.stream()
            .map(process -> process.pid() + " " + process.info().commandLine().orElse("?"))
            .collect(Collectors.toList());
    left(report, what, commands.size(), commands);
  }

  private void left(Report report, String what, int count, Object details) {
    report.line(what, Math.max(0, count));
    if (count > 0) {
      breaches.add("left over: " + count + " " + what + ": " + details);
    }
  }
}
