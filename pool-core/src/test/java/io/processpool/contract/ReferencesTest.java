package io.processpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.processpool.AsyncMapResult;
import io.processpool.AsyncResult;
import io.processpool.Pool;
import io.processpool.ResultIterator;
import io.processpool.WaitFor;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Neither the parent nor a worker keeps arguments and results that have been delivered, and no
 * handle keeps those who have given up to wait for it.
 */
@EveryBackend(workers = 1)
class ReferencesTest {
  private final Pool pool;
  @TempDir Path directory;

  ReferencesTest(PoolKind kind, Pool pool) {
    this.pool = pool;
  }

  @Test
  void theParentDropsTheArgumentOfATask() throws Exception {
    List<WeakReference<Object>> references = new ArrayList<>();
    AsyncResult<Integer> result = submit(pool, references);
    AsyncMapResult<Integer> map = submitMap(pool, references);
    assertThat(Results.valueOf(result)).isEqualTo(100);
    assertThat(Results.valueOf(map)).containsExactly(100, 100);
    awaitCollected(references);
    assertThat(result.ready() && map.ready()).as("the handles are still held").isTrue();
  }

  @Test
  void theParentDropsAResultThatWasTaken() throws Exception {
    List<WeakReference<Object>> references = new ArrayList<>();
    take(pool, references);
    takeFromMap(pool, references);
    awaitCollected(references);
  }

  @Test
  void anIteratorDropsTheResultsThatWereTaken() {
    try (ResultIterator<byte[]> results = pool.imap(i -> new byte[100], new EndlessInput())) {
      List<WeakReference<Object>> references = new ArrayList<>();
      takeFrom(results, references);
      awaitCollected(references);
      assertThat(results.hasNext()).isTrue();
    }
  }

  @Test
  void aWorkerDropsArgumentAndResult() throws Exception {
    try {
      List<Integer> lengths = pool.map(ReferencesTest::watched, new ArrayList<>(arrays()), 2);
      assertThat(lengths).containsExactly(100, 100);
      byte[] result = pool.apply(ReferencesTest::watchedResult);
      assertThat(result).hasSize(100);
      await().atMost(Results.BOUND).until(() -> pool.apply(ReferencesTest::watchedAreGone));
    } finally {
      Watched.REFERENCES.clear();
    }
  }

  @Test
  void anOpenHandleDropsThoseWhoGaveItUp() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncResult<Integer> complete = pool.applyAsync(() -> 0);
    complete.await();
    AsyncResult<Integer> open = pool.applyAsync(() -> gate.pass(1));
    List<WeakReference<Object>> references = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      giveUp(complete, open, references);
    }
    awaitCollected(references);
    assertThat(open.ready()).isFalse();
    gate.open();
    assertThat(Results.valueOf(open)).isEqualTo(1);
  }

  private static void giveUp(
      AsyncResult<Integer> complete,
      AsyncResult<Integer> open,
      List<WeakReference<Object>> references)
      throws Exception {
    AsyncMapResult<Integer> joined = AsyncResult.join(complete, open);
    AsyncMapResult<List<Integer>> outer = AsyncResult.join(List.of(joined));
    Iterator<AsyncResult<Integer>> completed = AsyncResult.asCompleted(complete, open).iterator();
    assertThat(joined.await(WaitFor.FIRST_COMPLETED, Results.BOUND)).isTrue();
    assertThat(outer.await(Duration.ZERO)).isFalse();
    assertThat(completed.next()).isSameAs(complete);
    references.add(new WeakReference<>(joined));
    references.add(new WeakReference<>(outer));
    references.add(new WeakReference<>(completed));
  }

  @Test
  void anOpenHandleKeepsThoseWhomSomebodyCountsOn() throws Exception {
    Gate gate = Gate.in(directory, "gate");
    AsyncResult<Integer> complete = pool.applyAsync(() -> 0);
    complete.await();
    AsyncResult<Integer> open = pool.applyAsync(() -> gate.pass(1));
    CountDownLatch called = new CountDownLatch(1);
    listen(open, called);
    CompletableFuture<Integer> size = derive(open);
    Iterator<AsyncMapResult<Integer>> joins =
        AsyncResult.asCompleted(List.of(AsyncResult.join(open))).iterator();
    List<WeakReference<Object>> references = new ArrayList<>();
    giveUp(complete, open, references);
    awaitCollected(references);
    gate.open();
    assertThat(size.get(Results.BOUND.toSeconds(), TimeUnit.SECONDS)).isEqualTo(2);
    assertThat(called.await(Results.BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(Results.valueOf(joins.next())).containsExactly(1);
  }

  private static void listen(AsyncResult<Integer> open, CountDownLatch called) {
    var unused = AsyncResult.join(open).onSuccess(values -> called.countDown());
  }

  private static CompletableFuture<Integer> derive(AsyncResult<Integer> open) {
    AsyncMapResult<List<Integer>> joinOfJoins =
        AsyncResult.join(List.of(AsyncResult.join(open), AsyncResult.join(open, open)));
    return joinOfJoins.toCompletableFuture().thenApply(List::size);
  }

  private static AsyncResult<Integer> submit(Pool pool, List<WeakReference<Object>> references) {
    byte[] argument = new byte[100];
    references.add(new WeakReference<>(argument));
    return pool.applyAsync(bytes -> bytes.length, argument);
  }

  private static AsyncMapResult<Integer> submitMap(
      Pool pool, List<WeakReference<Object>> references) {
    List<byte[]> items = arrays();
    items.forEach(item -> references.add(new WeakReference<>(item)));
    return pool.mapAsync(bytes -> bytes.length, items, 2);
  }

  private static void take(Pool pool, List<WeakReference<Object>> references) throws Exception {
    byte[] result = Results.valueOf(pool.applyAsync(() -> new byte[100]));
    references.add(new WeakReference<>(result));
  }

  private static void takeFromMap(Pool pool, List<WeakReference<Object>> references)
      throws Exception {
    List<byte[]> results = pool.map(i -> new byte[100], List.of(1, 2, 3), 2);
    results.forEach(result -> references.add(new WeakReference<>(result)));
  }

  private static void takeFrom(
      ResultIterator<byte[]> results, List<WeakReference<Object>> references) {
    for (int i = 0; i < 10; i++) {
      references.add(new WeakReference<>(results.next()));
    }
  }

  private static void awaitCollected(List<WeakReference<Object>> references) {
    assertThat(references).isNotEmpty();
    await()
        .atMost(Results.BOUND)
        .until(
            () -> {
              System.gc();
              return references.stream().allMatch(reference -> reference.refersTo(null));
            });
  }

  private static List<byte[]> arrays() {
    return IntStream.range(0, 2).mapToObj(i -> new byte[100]).toList();
  }

  private static int watched(byte[] argument) {
    Watched.REFERENCES.add(new WeakReference<>(argument));
    return argument.length;
  }

  private static byte[] watchedResult() {
    byte[] result = new byte[100];
    Watched.REFERENCES.add(new WeakReference<>(result));
    return result;
  }

  private static boolean watchedAreGone() {
    System.gc();
    return Watched.REFERENCES.size() == 3
        && Watched.REFERENCES.stream().allMatch(reference -> reference.refersTo(null));
  }

  /** What the worker has seen. */
  private static final class Watched {
    private static final List<WeakReference<Object>> REFERENCES = new ArrayList<>();
  }
}
