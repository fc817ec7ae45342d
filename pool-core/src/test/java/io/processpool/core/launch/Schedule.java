package io.processpool.core.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Outcome;
import io.processpool.Pool;
import io.processpool.PoolStartException;
import io.processpool.PoolTerminatedException;
import io.processpool.ProtocolException;
import io.processpool.ResultIterator;
import io.processpool.WorkerLostException;
import io.processpool.core.launch.Fault.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A pool, its faults, what it is given to do and what must become of that: all from one number. */
final class Schedule {
  private static final Duration BOUND = Duration.ofSeconds(60);

  private static final AtomicLong IDS = new AtomicLong();
  private static final List<Kind> KINDS =
      Arrays.stream(Kind.values()).filter(kind -> kind != Kind.LENGTHEN_FRAME).toList();

  private final long id = IDS.incrementAndGet();
  private final long seed;
  private final Random random;
  private final Duration patience;
  private final Map<Integer, Fault> faults = new HashMap<>();
  private final Map<Long, MemoryTransport> workers = MemoryBackend.noWorkers();
  private final List<Item> items = new ArrayList<>();
  private final List<Single> singles = new ArrayList<>();
  private final List<Multiple> multiples = new ArrayList<>();
  private final List<Stream> streams = new ArrayList<>();
  private int jobs;
  private boolean cancelled;
  private boolean terminated;

  private record Single(Item item, AsyncResult<String> result, AtomicInteger callbacks) {}

  private record Multiple(List<Item> items, AsyncMapResult<String> result) {}

  private record Stream(List<Item> items, ResultIterator<String> results, boolean ordered) {}

  Schedule(long seed) {
    this.seed = seed;
    this.random = new Random(seed);
    this.patience = Duration.ofMillis(1 + random.nextInt(10));
  }

  /** Plays it, and checks what became of every item. */
  void play() throws Exception {
    chooseFaults();
    Pool pool;
    try {
      pool =
          Pool.builder()
              .workers(1 + Math.min(random.nextInt(3), random.nextInt(3)))
              .cancelGrace(Duration.ofMillis(2))
              .stopTimeout(Duration.ofMillis(50))
              .startTimeout(faults.isEmpty() ? BOUND : Duration.ofMillis(500))
              .maxStartFailures(1000)
              .backend(settings -> new MemoryBackend(settings, faults, workers))
              .build();
    } catch (PoolStartException e) {
      assertThat(faults).as("the reason for %s", e).isNotEmpty();
      return;
    }
    try {
      drive(pool);
      finish(pool);
    } finally {
      pool.terminate();
      assertThat(pool.join(BOUND)).as("the pool ends").isTrue();
    }
    singles.forEach(single -> assertThat(single.callbacks).as("callbacks").hasValue(1));
    checkRuns();
  }

  private void chooseFaults() {
    for (int worker = 0; worker < 4; worker++) {
      if (random.nextInt(100) < 45) {
        Kind kind = KINDS.get(random.nextInt(KINDS.size()));
        int early = kind.isOfFrames() ? 3 : 400;
        int late = kind.isOfFrames() ? 30 : 4000;
        int at = random.nextInt(random.nextInt(6) == 0 ? early : late);
        faults.put(worker, new Fault(kind, random.nextBoolean(), at));
      }
    }
  }

  private void drive(Pool pool) {
    int submissions = 1 + random.nextInt(6);
    for (int i = 0; i < submissions; i++) {
      switch (random.nextInt(4)) {
        case 0 -> submitSingle(pool);
        case 1, 2 -> submitMultiple(pool);
        default -> submitStream(pool);
      }
      if (random.nextInt(12) == 0) {
        cancelAny();
      }
    }
    int end = random.nextInt(20);
    if (end == 0) {
      terminate(pool);
    } else if (end < 4) {
      pool.shutdown();
    }
  }

  private void submitSingle(Pool pool) {
    Item item = newItems(1).get(0);
    AtomicInteger callbacks = new AtomicInteger();
    AsyncResult<String> result =
        pool.applyAsync(Item::run, item)
            .onSuccess(value -> callbacks.incrementAndGet())
            .onFailure(failure -> callbacks.incrementAndGet());
    singles.add(new Single(item, result, callbacks));
  }

  private void submitMultiple(Pool pool) {
    List<Item> own = newItems(random.nextInt(25));
    multiples.add(new Multiple(own, pool.mapAsync(Item::run, own, 1 + random.nextInt(8))));
  }

  private void submitStream(Pool pool) {
    List<Item> own = newItems(random.nextInt(15));
    int chunkSize = 1 + random.nextInt(4);
    boolean ordered = random.nextBoolean();
    ResultIterator<String> results =
        ordered
            ? pool.imap(Item::run, own, chunkSize)
            : pool.imapUnordered(Item::run, own, chunkSize);
    streams.add(new Stream(own, results, ordered));
  }

  private List<Item> newItems(int count) {
    List<Item> made = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int die = random.nextInt(100);
      Item.Kind kind = Item.Kind.QUICK;
      if (die < 2) {
        kind = Item.Kind.DEADLY;
      } else if (die < 6) {
        kind = Item.Kind.FAILING;
      } else if (die < 10) {
        kind = Item.Kind.SLOW;
      } else if (die < 13) {
        kind = Item.Kind.LARGE;
      }
      made.add(new Item(id, jobs, i, kind));
    }
    jobs++;
    items.addAll(made);
    return made;
  }

  private void cancelAny() {
    boolean interrupt = random.nextBoolean();
    cancelled = true;
    if (!singles.isEmpty() && random.nextBoolean()) {
      singles.get(random.nextInt(singles.size())).result.cancel(interrupt);
    } else if (!multiples.isEmpty()) {
      multiples.get(random.nextInt(multiples.size())).result.cancel(interrupt);
    }
  }

  /** What a stalled worker holds is waited for in vain; to give it up is up to the user. */
  private void finish(Pool pool) throws Exception {
    for (Stream stream : streams) {
      take(pool, stream);
    }
    boolean byCancel = random.nextBoolean();
    for (Single single : singles) {
      awaitOrGiveUp(pool, single.result, byCancel);
      checkSingle(single);
    }
    for (Multiple multiple : multiples) {
      awaitOrGiveUp(pool, multiple.result, byCancel);
      checkMultiple(multiple);
    }
    pool.shutdown();
    if (!pool.join(mayStall() ? patience : BOUND)) {
      assertThat(mayStall()).as("a reason not to end").isTrue();
    }
  }

  private void awaitOrGiveUp(Pool pool, AsyncResult<?> result, boolean byCancel)
      throws InterruptedException {
    if (!result.await(mayStall() ? patience : BOUND)) {
      assertThat(mayStall()).as("a reason to hang").isTrue();
      if (byCancel) {
        cancelled = true;
        result.cancel(true);
      } else {
        terminate(pool);
      }
      assertThat(result.await(BOUND)).as("the handle completes").isTrue();
    }
  }

  private void checkSingle(Single single) throws Exception {
    try {
      checkValue(single.item, single.result.get(BOUND));
    } catch (ExecutionException e) {
      checkFailure(single.item, e.getCause());
    } catch (CancellationException e) {
      checkFailure(single.item, e);
    }
  }

  private void checkMultiple(Multiple multiple) throws InterruptedException {
    List<Outcome<String>> outcomes = multiple.result.outcomes();
    assertThat(outcomes).hasSameSizeAs(multiple.items);
    for (int i = 0; i < outcomes.size(); i++) {
      Outcome<String> outcome = outcomes.get(i);
      assertThat(outcome.index()).isEqualTo(i);
      if (outcome instanceof Outcome.Failure<String> failure) {
        checkFailure(multiple.items.get(i), failure.exception());
      } else if (outcome instanceof Outcome.Success<String> success) {
        checkValue(multiple.items.get(i), success.value());
      }
    }
  }

  private void take(Pool pool, Stream stream) throws InterruptedException {
    List<Item> left = new ArrayList<>(stream.items);
    while (!left.isEmpty()) {
      try {
        String value = stream.results.next(mayStall() && !terminated ? patience : BOUND);
        Item item = stream.ordered ? left.get(0) : owner(left, value);
        checkValue(item, value);
        left.remove(item);
      } catch (TimeoutException e) {
        assertThat(mayStall() && !terminated).as("a reason to hang").isTrue();
        terminate(pool);
      } catch (PoolTerminatedException e) {
        assertThat(terminated).isTrue();
        return;
      } catch (RuntimeException e) {
        Item item = stream.ordered ? left.get(0) : failed(left, e);
        checkFailure(item, e);
        left.remove(item);
      }
    }
    assertThat(stream.results.hasNext() && !terminated).as("more than there are items").isFalse();
  }

  private static Item owner(List<Item> left, String value) {
    return left.stream()
        .filter(item -> item.value().equals(value))
        .findFirst()
        .orElseGet(() -> fail("A value twice, or of nobody: %s", shown(value)));
  }

  private static Item failed(List<Item> left, RuntimeException failure) {
    return failure instanceof WorkerLostException lost
        ? left.stream()
            .filter(each -> each.index() == lost.itemIndex())
            .findFirst()
            .orElseGet(() -> fail("A loss twice", failure))
        : owner(left, String.valueOf(failure.getMessage()));
  }

  private void checkValue(Item item, String value) {
    if (!value.equals(item.value())) {
      fail("Item %s has the value %s", item, shown(value));
    }
    assertThat(item.kind()).as("what has a value").isNotIn(Item.Kind.FAILING, Item.Kind.DEADLY);
  }

  private void checkFailure(Item item, Throwable failure) {
    if (failure instanceof CancellationException) {
      assertThat(cancelled).as("somebody cancelled").isTrue();
    } else if (failure instanceof PoolTerminatedException) {
      assertThat(terminated).as("somebody terminated").isTrue();
    } else if (failure instanceof WorkerLostException lost) {
      checkLoss(item, lost);
    } else if (!(failure instanceof IllegalStateException)
        || item.kind() != Item.Kind.FAILING
        || !item.value().equals(failure.getMessage())) {
      fail("Item " + item + " failed", failure);
    }
  }

  private void checkLoss(Item item, WorkerLostException lost) {
    MemoryTransport worker = workers.get(lost.pid());
    assertThat(worker).isNotNull();
    Fault fault = worker.happened();
    if (lost instanceof ProtocolException) {
      if (fault == null || !fault.kind().isCorrupting()) {
        fail("Nothing was corrupted, but item " + item + " failed", lost);
      }
    } else if (fault == null && item.kind() != Item.Kind.DEADLY) {
      fail("An innocent item was lost: " + item, lost);
    }
  }

  /** What was done is not done again, unless its outcome could not be read. */
  private void checkRuns() {
    boolean corrupted =
        workers.values().stream()
            .map(MemoryTransport::happened)
            .anyMatch(fault -> fault != null && fault.kind().isCorrupting());
    for (Item item : items) {
      int runs = item.takeRuns();
      if (runs > 1 && !corrupted) {
        fail("Item %s ran %d times", item, runs);
      }
    }
  }

  private boolean mayStall() {
    return faults.values().stream()
        .map(Fault::kind)
        .anyMatch(kind -> kind != Kind.KILL && kind != Kind.CUT && kind != Kind.FLIP);
  }

  private void terminate(Pool pool) {
    terminated = true;
    pool.terminate();
  }

  private static @Nullable String shown(@Nullable String value) {
    return value == null ? null : value.substring(0, Math.min(60, value.length()));
  }

  @Override
  public String toString() {
    return "seed " + seed + ", faults " + faults + ", " + items.size() + " items";
  }
}
