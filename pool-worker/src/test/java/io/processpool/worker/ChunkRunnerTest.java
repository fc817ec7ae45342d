package io.processpool.worker;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.processpool.TaskContext;
import io.processpool.function.SerializableFunction;
import io.processpool.spi.Chunk;
import io.processpool.spi.Slot;
import io.processpool.spi.SlotTotals;
import io.processpool.spi.TaskId;
import io.processpool.wire.Assignment;
import io.processpool.wire.Block;
import io.processpool.wire.PayloadCodec;
import io.processpool.wire.Recorder;
import io.processpool.wire.Session;
import io.processpool.wire.TaskFunction;
import io.processpool.wire.Unsent;
import io.processpool.wire.WireException;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What interrupts, cancels and suspensions do to items, and what they leave alone. */
@Timeout(60)
class ChunkRunnerTest {
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final Semaphore ARRIVALS = new Semaphore(0);
  private static final Semaphore PASSES = new Semaphore(0);
  private static final List<Integer> BEGUN = new CopyOnWriteArrayList<>();
  private static final AtomicInteger INTERRUPTED = new AtomicInteger();
  private static final AtomicInteger READINGS = new AtomicInteger();
  private static volatile @Nullable Recorder watched;
  private static final int WAITING = 90_005;
  private static volatile boolean heldUp;
  private static volatile int counted;

  private final ClassLoader loader = ChunkRunnerTest.class.getClassLoader();
  private final PayloadCodec codec = new PayloadCodec(loader, null);
  private final Recorder recorder = Recorder.inMemory();
  private final Told told = new Told();
  private final ChunkRunner runner =
      new ChunkRunner(
          new Session(codec, null, null),
          new Workplace(
              1, loader, Supply.NONE, recorder, told, new NoDiagnostics(), () -> {}, () -> {}));
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "tasks");

  @BeforeEach
  void start() {
    ARRIVALS.drainPermits();
    PASSES.drainPermits();
    BEGUN.clear();
    INTERRUPTED.set(0);
    READINGS.set(0);
    heldUp = false;
    thread.start();
  }

  @AfterEach
  void stop() throws InterruptedException {
    runner.stop();
    PASSES.release(1000);
    thread.join(BOUND.toMillis());
    assertThat(thread.isAlive()).isFalse();
  }

  @Test
  void anInterruptHitsItsItem() throws Exception {
    runner.submit(chunk(1, ChunkRunnerTest::passGate, 0, 1));
    ARRIVALS.acquire();
    runner.interrupt(new Slot.Running(1, 0));
    ARRIVALS.acquire();
    PASSES.release();
    awaitEnded(1);
    assertThat(told.values(1)).containsExactly("interrupted", "1");
  }

  @Test
  void anInterruptMissesOtherItems() throws Exception {
    runner.submit(chunk(1, ChunkRunnerTest::passGate, 0, 1));
    ARRIVALS.acquire();
    PASSES.release();
    ARRIVALS.acquire();
    runner.interrupt(new Slot.Running(1, 0));
    runner.interrupt(new Slot.Running(1, 2));
    runner.interrupt(new Slot.Running(2, 1));
    PASSES.release();
    awaitEnded(1);
    assertThat(told.values(1)).containsExactly("0", "1");
  }

  /** Every item but the even ones must never see an interrupt, however late those come. */
  @Test
  void interruptsNeverStrayToTheNextItem() throws Exception {
    int items = 20_000;
    Integer[] numbers = new Integer[items];
    Arrays.setAll(numbers, i -> i);
    runner.submit(chunk(1, ChunkRunnerTest::noteInterrupts, numbers));
    while (!told.hasEnded(1)) {
      int item = recorder.current().map(Slot.Running::item).orElse(0);
      runner.interrupt(new Slot.Running(1, item - item % 2));
    }
    assertThat(INTERRUPTED).hasValue(0);
    assertThat(told.values(1)).hasSize(items);
  }

  /** The same among items that are not measured one by one. */
  @Test
  void interruptsNeverStrayAmongBriefItems() throws Exception {
    int items = 500_000;
    runner.submit(brief(1, ChunkRunnerTest::noteInterruptsBriefly, items));
    while (!told.hasEnded(1)) {
      int item = recorder.current().map(Slot.Running::item).orElse(0);
      runner.interrupt(new Slot.Running(1, item - item % 2));
    }
    assertThat(INTERRUPTED).hasValue(0);
    assertThat(told.values(1)).hasSize(items).doesNotContain(1);
  }

  /** An item that interrupts its own thread does so for itself, and takes nothing from the next. */
  @Test
  void anInterruptIsNotLostWhenTheItemBeforeInterruptedItself() throws Exception {
    int items = 300_000;
    runner.submit(brief(1, ChunkRunnerTest::interruptItself, items));
    awaitEnded(1);
    assertThat(INTERRUPTED).hasValue(0);
    assertThat(told.values(1)).hasSize(items);
  }

  @Test
  void aSuspensionHoldsBackTheNextItem() throws Exception {
    runner.submit(chunk(1, ChunkRunnerTest::passGate, 0, 1));
    ARRIVALS.acquire();
    runner.suspend();
    PASSES.release(2);
    await().atMost(BOUND).until(() -> told.values(1).size() == 1);
    await().atMost(BOUND).until(() -> recorder.current().isEmpty());
    assertThat(BEGUN).containsExactly(0);
    runner.resume();
    awaitEnded(1);
    assertThat(told.values(1)).containsExactly("0", "1");
  }

  @Test
  void aSuspensionHoldsBackTheNextChunk() throws Exception {
    runner.suspend();
    runner.submit(chunk(1, ChunkRunnerTest::passGate, 0));
    runner.submit(chunk(2, ChunkRunnerTest::passGate, 1));
    PASSES.release(2);
    runner.cancel(1, Slot.Cancel.IF_NOT_STARTED);
    assertThat(told.returned).containsExactly(1L);
    assertThat(BEGUN).isEmpty();
    runner.resume();
    awaitEnded(2);
    assertThat(BEGUN).containsExactly(1);
  }

  /** Who has suspended a runner, and then finds no item noted, can be certain that none begins. */
  @Test
  void noItemBeginsThatIsNotNotedWhenItIsSuspended() throws Exception {
    int items = 50_000;
    Integer[] numbers = new Integer[items];
    Arrays.setAll(numbers, i -> i);
    runner.submit(chunk(1, ChunkRunnerTest::count, numbers));
    for (int round = 0; round < 300 && !told.hasEnded(1); round++) {
      runner.suspend();
      await().pollInterval(Duration.ofNanos(20_000)).until(() -> recorder.current().isEmpty());
      int begun = INTERRUPTED.get();
      for (int i = 0; i < 200; i++) {
        Thread.onSpinWait();
      }
      assertThat(INTERRUPTED).hasValue(begun);
      runner.resume();
    }
    awaitEnded(1);
    assertThat(told.values(1)).hasSize(items);
  }

  @Test
  void noBriefItemBeginsThatIsNotNotedWhenItIsSuspended() throws Exception {
    int items = 1_000_000;
    runner.submit(brief(1, ChunkRunnerTest::countBriefly, items));
    for (int round = 0; round < 300 && !told.hasEnded(1); round++) {
      runner.suspend();
      await().pollInterval(Duration.ofNanos(20_000)).until(() -> recorder.current().isEmpty());
      int begun = counted;
      for (int i = 0; i < 200; i++) {
        Thread.onSpinWait();
      }
      assertThat(counted).isEqualTo(begun);
      runner.resume();
    }
    awaitEnded(1);
    assertThat(told.values(1)).hasSize(items);
    assertThat(told.totals().items()).isEqualTo(items);
  }

  /** Whoever dies now has what was done in the recorder, and names what runs. */
  @Test
  void whatIsDoneIsInTheRecorderWhileTheNextItemRuns() throws Exception {
    int items = 100_000;
    runner.submit(brief(1, ChunkRunnerTest::waitNearTheEnd, items));
    ARRIVALS.acquire();
    assertThat(recorder.current()).contains(new Slot.Running(1, WAITING));
    int kept =
        recorder.unsent().stream().mapToInt(Unsent::count).sum()
            + recorder.unsentOfRun().map(part -> part.outcomes().count()).orElse(0);
    assertThat(told.count(1) + kept).isGreaterThanOrEqualTo(WAITING);
    await().atMost(BOUND).until(() -> told.count(1) == WAITING);
    runner.interrupt(new Slot.Running(1, WAITING));
    awaitEnded(1);
    List<Object> values = told.values(1);
    for (int i = 0; i < items; i++) {
      assertThat(values.get(i)).isEqualTo(i == WAITING ? -1 : i);
    }
  }

  @Test
  void whatIsMeasuredOfOddOnesAmongThemIsSound() throws Exception {
    int items = 200_000;
    runner.submit(brief(1, ChunkRunnerTest::nothingNowAndThen, items));
    awaitEnded(1);
    SlotTotals totals = told.totals(); // it cannot be made of what is less than nothing
    assertThat(totals.items()).isEqualTo(items);
    assertThat(totals.busy()).isGreaterThanOrEqualTo(totals.measured());
    assertThat(told.values(1)).hasSize(items).containsSequence(1, 2, null, 4, 5, null);
  }

  @Test
  void aChunkOfBriefItemsIsCut() throws Exception {
    runner.submit(brief(1, ChunkRunnerTest::waitNearTheEnd, 2 * WAITING));
    ARRIVALS.acquire();
    runner.cancel(1, Slot.Cancel.NOT_STARTED_ITEMS);
    PASSES.release();
    await().atMost(BOUND).until(() -> told.returned.contains(1L));
    assertThat(told.values(1)).hasSize(WAITING + 1).endsWith(WAITING);
    runner.submit(chunk(2, ChunkRunnerTest::failIfInterrupted, 0));
    awaitEnded(2);
    assertThat(told.values(2)).containsExactly("0");
  }

  @Test
  void aChunkThatIsCancelledWhileSuspendedEnds() throws Exception {
    runner.submit(chunk(1, ChunkRunnerTest::passGate, 0, 1, 2));
    ARRIVALS.acquire();
    runner.suspend();
    PASSES.release(3);
    await().atMost(BOUND).until(() -> told.values(1).size() == 1);
    runner.cancel(1, Slot.Cancel.INTERRUPT);
    awaitEnded(1);
    assertThat(told.values(1)).containsExactly("0");
    runner.submit(chunk(2, ChunkRunnerTest::passGate, 7));
    runner.resume();
    awaitEnded(2);
    assertThat(told.values(2)).containsExactly("7");
  }

  @Test
  void aRunnerThatDrainsWhileSuspendedRunsWhatItHoldsAfterwards() throws Exception {
    runner.suspend();
    runner.submit(chunk(1, ChunkRunnerTest::passGate, 0));
    runner.drain();
    PASSES.release();
    assertThat(ended.getCount()).isOne();
    runner.resume();
    assertThat(ended.await(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(told.values(1)).containsExactly("0");
  }

  @Test
  void aRunnerThatDrainsWhileSuspendedEndsWithItsLastChunk() throws Exception {
    runner.suspend();
    runner.submit(chunk(1, ChunkRunnerTest::passGate, 0));
    runner.drain();
    runner.cancel(1, Slot.Cancel.IF_NOT_STARTED);
    assertThat(ended.await(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aCancelledChunkLeavesNoInterruptToTheNext() throws Exception {
    for (long id = 1; id < 400; id += 2) {
      runner.submit(chunk(id, ChunkRunnerTest::count, 0, 1, 2));
      runner.submit(chunk(id + 1, ChunkRunnerTest::failIfInterrupted, 0, 1));
      runner.cancel(id, Slot.Cancel.INTERRUPT);
      awaitEnded(id + 1);
      assertThat(told.values(id + 1)).containsExactly("0", "1");
    }
  }

  @Test
  void aFunctionIsReadBeforeTheFirstItemRunsAndOnItsBehalf() throws Exception {
    Watching watching = new Watching();
    watched = recorder;
    runner.submit(chunk(1, i -> watching.seen + " " + recordersState(), 5, 6));
    awaitEnded(1);
    assertThat(told.values(1))
        .containsExactly("1.0 prepared 1.0 running", "1.0 prepared 1.1 running");
  }

  @Test
  void aSuspensionHoldsBackTheReadingOfAFunction() throws Exception {
    Watching watching = new Watching();
    watched = recorder;
    runner.submit(chunk(1, ChunkRunnerTest::passGate, 0));
    ARRIVALS.acquire();
    runner.submit(chunk(2, i -> watching.seen, 0));
    runner.suspend();
    PASSES.release();
    await().atMost(BOUND).until(() -> told.hasEnded(1) && recorder.current().isEmpty());
    assertThat(READINGS).hasValue(0);
    runner.resume();
    awaitEnded(2);
    assertThat(READINGS).hasValue(1);
  }

  @Test
  void aChunkThatIsCancelledWhileItsFunctionIsReadRunsNothing() throws Exception {
    Watching watching = new Watching();
    watched = recorder;
    heldUp = true;
    runner.submit(chunk(1, i -> watching.seen, 0, 1));
    ARRIVALS.acquire();
    runner.interrupt(new Slot.Running(1, 0));
    runner.cancel(1, Slot.Cancel.NOT_STARTED_ITEMS);
    PASSES.release();
    awaitEnded(1);
    assertThat(told.values(1)).isEmpty();
    runner.submit(chunk(2, ChunkRunnerTest::failIfInterrupted, 0));
    awaitEnded(2);
    assertThat(told.values(2)).containsExactly("0");
  }

  @Test
  void whoRunsWhenTheRestIsWithdrawnIsWanted() throws Exception {
    runner.submit(chunk(1, ChunkRunnerTest::isUnwanted, 0, 1));
    ARRIVALS.acquire();
    runner.cancel(1, Slot.Cancel.NOT_STARTED_ITEMS);
    PASSES.release();
    awaitEnded(1);
    assertThat(told.values(1)).containsExactly("false");
  }

  @Test
  void whoRunsWhenAllIsWithdrawnIsNotWanted() throws Exception {
    runner.submit(chunk(1, ChunkRunnerTest::isUnwanted, 0, 1));
    ARRIVALS.acquire();
    runner.cancel(1, Slot.Cancel.NOT_STARTED_ITEMS);
    runner.cancel(1, Slot.Cancel.ALL_ITEMS);
    PASSES.release();
    awaitEnded(1);
    assertThat(told.values(1)).containsExactly("true");
    runner.submit(chunk(2, ChunkRunnerTest::isUnwanted, 0));
    PASSES.release();
    awaitEnded(2);
    assertThat(told.values(2)).containsExactly("false");
  }

  @Test
  void onlyTheItemThatRunsIsDisowned() throws Exception {
    runner.submit(chunk(1, ChunkRunnerTest::isUnwanted, 0, 1, 2));
    runner.submit(chunk(2, ChunkRunnerTest::isUnwanted, 0, 1));
    ARRIVALS.acquire();
    PASSES.release();
    ARRIVALS.acquire();
    runner.disown(new Slot.Running(1, 1));
    runner.disown(new Slot.Running(1, 0));
    runner.disown(new Slot.Running(1, 2));
    runner.disown(new Slot.Running(2, 1));
    PASSES.release(4);
    awaitEnded(2);
    assertThat(told.values(1)).containsExactly("false", "true", "false");
    assertThat(told.values(2)).containsExactly("false", "false");
  }

  @Test
  void anItemThatWasInterruptedIsWantedUntilItIsDisowned() throws Exception {
    for (boolean disown : new boolean[] {false, true}) {
      long id = disown ? 2 : 1;
      runner.submit(chunk(id, ChunkRunnerTest::isUnwantedOnceInterrupted, 0));
      ARRIVALS.acquire();
      runner.interrupt(new Slot.Running(id, 0));
      ARRIVALS.acquire();
      if (disown) {
        runner.disown(new Slot.Running(id, 0));
      }
      PASSES.release();
      awaitEnded(id);
      assertThat(told.values(id)).containsExactly(Boolean.toString(disown));
    }
  }

  @Test
  void aFunctionThatCannotBeReadFailsEachItem() throws Exception {
    Unreadable unreadable = new Unreadable();
    runner.submit(chunk(1, i -> unreadable.part, 0, 1, 2));
    awaitEnded(1);
    assertThat(told.outcomes.stream().mapToInt(Outcomes::count).sum()).isEqualTo(3);
    assertThat(READINGS).hasValue(3);
  }

  @Test
  void withOutcomesItIsToldWhatWasDone() throws Exception {
    runner.submit(chunk(1, ChunkRunnerTest::count, 0, 1, 2));
    awaitEnded(1);
    runner.submit(chunk(2, ChunkRunnerTest::count, 0));
    awaitEnded(2);
    List<Long> items =
        told.outcomes.stream().map(some -> requireNonNull(some.totals).items()).toList();
    assertThat(items).isSorted().endsWith(3L, 4L);
    SlotTotals last = told.totals();
    assertThat(last.busy()).isPositive().isGreaterThanOrEqualTo(last.measured());
    assertThat(last.measured()).isGreaterThanOrEqualTo(last.reading() + last.writing());
    assertThat(told.returned).isEmpty();
  }

  @Test
  void aLongChunkHoldsUpNoOutcomeOfThoseBeforeIt() throws Exception {
    runner.submit(chunk(1, ChunkRunnerTest::passGate, 0));
    ARRIVALS.acquire();
    runner.submit(chunk(2, ChunkRunnerTest::count, 0));
    runner.submit(chunk(3, ChunkRunnerTest::passGate, 0));
    PASSES.release();
    ARRIVALS.acquire();
    awaitEnded(2);
    assertThat(told.hasEnded(1)).isTrue();
    assertThat(told.hasEnded(3)).isFalse();
    PASSES.release();
    awaitEnded(3);
  }

  @Test
  void aChunkIsTakenOnce() throws Exception {
    runner.submit(chunk(1, ChunkRunnerTest::passGate, 0));
    ARRIVALS.acquire();
    assertTakenAlready(1);
    runner.submit(chunk(2, ChunkRunnerTest::passGate, 0));
    assertTakenAlready(2);
  }

  private void assertTakenAlready(long chunkId) {
    assertThatThrownBy(() -> runner.submit(chunk(chunkId, ChunkRunnerTest::passGate, 0)))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("chunk " + chunkId + " came twice");
  }

  private void run() {
    runner.run();
    ended.countDown();
  }

  private void awaitEnded(long chunkId) {
    await().pollInterval(Duration.ofMillis(1)).atMost(BOUND).until(() -> told.hasEnded(chunkId));
  }

  private Chunk chunk(long id, SerializableFunction<Integer, String> function, Integer... items) {
    return chunk(id, function, Arrays.asList(items));
  }

  /** Numbers of numbers, which are run together. */
  private Chunk brief(
      long id, SerializableFunction<Integer, ? extends @Nullable Integer> function, int items) {
    counted = 0;
    return chunk(id, function, new Numbers(items));
  }

  private Chunk chunk(long id, SerializableFunction<Integer, ?> function, List<Integer> items) {
    @SuppressWarnings("unchecked")
    TaskFunction task = new TaskFunction.Unary((SerializableFunction<Object, ?>) (Object) function);
    Block.Writer block = new Block.Writer();
    int added = 0;
    while (added < items.size()) {
      added = block.addItems(items, added, items.size(), codec, i -> "item");
    }
    Assignment assignment = new Assignment(new TaskId(id, 0), 1, Map.of());
    told.sizes.put(id, items.size());
    return new Chunk(
        id,
        new Chunk.Function(0, task.encode(codec)),
        items.size(),
        block.take(),
        assignment.encode());
  }

  /** Knows what was noted while it was read. */
  private static final class Watching implements Serializable {
    private static final long serialVersionUID = 1L;

    private String seen = "";

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      READINGS.incrementAndGet();
      seen = recordersState();
      if (heldUp) {
        ARRIVALS.release();
        PASSES.acquireUninterruptibly();
      }
    }
  }

  private static final class Unreadable implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String part = "never read";

    private void readObject(ObjectInputStream in) throws IOException {
      READINGS.incrementAndGet();
      throw new InvalidObjectException("by intent");
    }
  }

  private static String recordersState() {
    Slot.Running seen = requireNonNull(watched).current().orElseThrow();
    String state = seen.begun() ? "running" : "prepared";
    return seen.chunkId() + "." + seen.item() + " " + state;
  }

  private static String passGate(int item) {
    BEGUN.add(item);
    ARRIVALS.release();
    try {
      PASSES.acquire();
      return Integer.toString(item);
    } catch (InterruptedException e) {
      return "interrupted";
    }
  }

  private static String isUnwanted(int item) {
    ARRIVALS.release();
    PASSES.acquireUninterruptibly();
    return Boolean.toString(TaskContext.current().isCancelled());
  }

  private static String isUnwantedOnceInterrupted(int item) {
    ARRIVALS.release();
    try {
      PASSES.acquire();
      return "not interrupted";
    } catch (InterruptedException e) {
      return isUnwanted(item);
    }
  }

  private static String noteInterrupts(int item) {
    for (int i = 0; i < 20; i++) {
      if (item % 2 == 1 && Thread.currentThread().isInterrupted()) {
        INTERRUPTED.incrementAndGet();
      }
    }
    return "";
  }

  private static int noteInterruptsBriefly(int item) {
    if (item % 2 == 1 && Thread.currentThread().isInterrupted()) {
      INTERRUPTED.incrementAndGet();
    }
    return item % 2 == 1 ? 2 : 0;
  }

  private static int interruptItself(int item) {
    if (Thread.currentThread().isInterrupted()) {
      INTERRUPTED.incrementAndGet();
    }
    if (item % 5 == 0) {
      Thread.currentThread().interrupt();
    }
    return item;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // by one thread
  private static int countBriefly(int item) {
    counted++;
    return item;
  }

  private static @Nullable Integer nothingNowAndThen(int item) {
    return item % 3 == 0 ? null : Integer.valueOf(item);
  }

  private static int waitNearTheEnd(int item) {
    if (item == WAITING) {
      ARRIVALS.release();
      try {
        PASSES.acquire();
      } catch (InterruptedException e) {
        return -1;
      }
    }
    return Thread.currentThread().isInterrupted() ? -2 : item;
  }

  private static String failIfInterrupted(int item) {
    return Thread.currentThread().isInterrupted() ? "interrupted" : Integer.toString(item);
  }

  private static String count(int item) {
    INTERRUPTED.incrementAndGet();
    return "";
  }

  /** Collects what the runner tells. */
  private final class Told implements OutcomeSink {
    private final ConcurrentLinkedQueue<Outcomes> outcomes = new ConcurrentLinkedQueue<>();
    private final List<Long> returned = new CopyOnWriteArrayList<>();
    private final Map<Long, Integer> sizes = new ConcurrentHashMap<>();

    @Override
    public void outcomes(
        long chunkId, int first, int count, byte[] block, @Nullable SlotTotals totals) {
      outcomes.add(new Outcomes(chunkId, count, block, totals));
    }

    @Override
    public void flush() {}

    @Override
    public void returned(long chunkId) {
      returned.add(chunkId);
    }

    SlotTotals totals() {
      return requireNonNull(outcomes.stream().reduce((some, next) -> next).orElseThrow().totals);
    }

    boolean hasEnded(long chunkId) {
      return returned.contains(chunkId) || count(chunkId) == sizes.get(chunkId);
    }

    int count(long chunkId) {
      return outcomes.stream()
          .filter(some -> some.chunkId == chunkId)
          .mapToInt(Outcomes::count)
          .sum();
    }

    List<Object> values(long chunkId) throws WireException {
      List<Object> values = new ArrayList<>();
      for (Outcomes some : outcomes) {
        Block.Reader entries = Block.Reader.ofOutcomes(some.block);
        for (int i = 0; some.chunkId == chunkId && i < some.count; i++) {
          entries.next();
          values.add(entries.value(codec, "value"));
        }
      }
      return values;
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Outcomes(long chunkId, int count, byte[] block, @Nullable SlotTotals totals) {}

  /** From 0 on. */
  private static final class Numbers extends AbstractList<Integer> {
    private final int size;

    Numbers(int size) {
      this.size = size;
    }

    @Override
    public Integer get(int index) {
      return index;
    }

    @Override
    public int size() {
      return size;
    }
  }

  /** For items whose diagnostic context does not matter. */
  private static final class NoDiagnostics implements ItemDiagnostics {
    @Override
    public void begin(Assignment assignment, int position) {}

    @Override
    public void end() {}
  }
}
