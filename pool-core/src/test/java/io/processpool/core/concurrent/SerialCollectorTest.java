package io.processpool.core.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SerialCollectorTest {
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final String NAME = "pool-collector-test";

  private final SerialCollector collector = new SerialCollector(NAME);

  @AfterEach
  void close() {
    collector.close();
    await().atMost(BOUND).until(() -> threads() == 0);
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(NAME))
        .count();
  }

  @Test
  void runsAnActionOnTheThreadThatBringsItIfNothingIsUnderWay() {
    AtomicReference<Thread> ran = new AtomicReference<>();
    collector.executeHere(() -> ran.set(Thread.currentThread()));
    assertThat(ran).hasValue(Thread.currentThread());
  }

  @Test
  void runsAnActionElsewhereIfAsked() {
    AtomicReference<Thread> ran = new AtomicReference<>();
    collector.execute(() -> ran.set(Thread.currentThread()));
    await().atMost(BOUND).until(() -> ran.get() != null);
    assertThat(ran.get().getName()).isEqualTo(NAME);
  }

  @Test
  void whatComesWhileAnotherIsUnderWayWaitsForItsTurn() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    List<Integer> order = new ArrayList<>();
    collector.execute(
        () -> {
          begun.countDown();
          awaitUninterrupted(go);
          order.add(0);
        });
    begun.await();
    for (int i = 1; i <= 100; i++) {
      int number = i;
      collector.executeHere(() -> order.add(number));
    }
    assertThat(order).isEmpty();
    CountDownLatch last = new CountDownLatch(1);
    collector.execute(last::countDown);
    go.countDown();
    last.await();
    assertThat(order).hasSize(101).isSorted();
  }

  /** However long it goes on: the others' share is bounded, and then the thread takes over. */
  @Test
  void whoBringsOneIsNotKeptForEver() throws Exception {
    AtomicInteger ran = new AtomicInteger();
    CountDownLatch left = new CountDownLatch(1);
    Runnable again =
        new Runnable() {
          @Override
          public void run() {
            ran.incrementAndGet();
            if (left.getCount() > 0) {
              collector.execute(this);
            }
          }
        };
    Thread bringer =
        new Thread(
            () -> {
              collector.executeHere(again);
              left.countDown();
            });
    bringer.start();
    bringer.join(BOUND.toMillis());
    assertThat(bringer.isAlive()).isFalse();
    assertThat(ran.get()).isPositive();
  }

  @Test
  void neverRunsTwoAtATimeNorLosesOne() throws Exception {
    int threads = 4;
    int each = 20_000;
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    ConcurrentLinkedQueue<Integer> ran = new ConcurrentLinkedQueue<>();
    List<Thread> bringers = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      boolean here = t % 2 == 0;
      Thread bringer =
          new Thread(
              () -> {
                for (int i = 0; i < each; i++) {
                  int number = i;
                  Runnable action =
                      () -> {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        ran.add(number);
                        inside.decrementAndGet();
                      };
                  if (here) {
                    collector.executeHere(action);
                  } else {
                    collector.execute(action);
                  }
                }
              });
      bringer.start();
      bringers.add(bringer);
    }
    for (Thread bringer : bringers) {
      bringer.join();
    }
    await().atMost(BOUND).until(() -> ran.size() == threads * each);
    assertThat(most).hasValue(1);
  }

  @Test
  void anActionThatThrowsHurtsNoOther() {
    AtomicReference<Throwable> uncaught = new AtomicReference<>();
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, e) -> uncaught.set(e));
    try {
      IllegalStateException failure = new IllegalStateException("by intent");
      collector.executeHere(
          () -> {
            throw failure;
          });
      assertThat(uncaught).hasValue(failure);
      AtomicInteger ran = new AtomicInteger();
      collector.executeHere(ran::incrementAndGet);
      assertThat(ran).hasValue(1);
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
  }

  @Test
  void aHandlerThatThrowsHurtsNoOther() {
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, e) -> {
          throw new IllegalStateException("by intent, too");
        });
    try {
      collector.executeHere(
          () -> {
            throw new IllegalStateException("by intent");
          });
      AtomicInteger ran = new AtomicInteger();
      collector.execute(
          () -> {
            throw new IllegalStateException("by intent");
          });
      collector.execute(ran::incrementAndGet);
      await().dontCatchUncaughtExceptions().atMost(BOUND).until(() -> ran.get() == 1);
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
  }

  @Test
  void whatHadComeBeforeItWasClosedRuns() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch ran = new CountDownLatch(1);
    collector.execute(() -> awaitUninterrupted(go));
    collector.execute(ran::countDown);
    collector.close();
    go.countDown();
    ran.await();
    assertThatThrownBy(() -> collector.execute(() -> {}))
        .isInstanceOf(RejectedExecutionException.class);
    assertThatThrownBy(() -> collector.executeHere(() -> {}))
        .isInstanceOf(RejectedExecutionException.class);
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
