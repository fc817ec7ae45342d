package io.processpool.core.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.processpool.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A listener is told of the way, and last of the end, whoever calls it. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProgressTellerTest {
  private static final Duration BOUND = Duration.ofSeconds(60);

  private final BlockingQueue<Runnable> calls = new LinkedBlockingQueue<>();
  private final List<Integer> told = Collections.synchronizedList(new ArrayList<>());
  private volatile int done = 1;

  @Test
  void aCallThatIsOvertakenByTheLastOneIsLeftOut() throws Exception {
    ProgressTeller teller = new ProgressTeller(this::progress, this::note, calls::add);
    teller.start();
    Runnable way = nextCall();
    done = 2;
    teller.end();
    nextCall().run();
    way.run();
    assertThat(told).containsExactly(2);
  }

  @Test
  void theLastCallWaitsForTheOneBeforeIt() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    ProgressTeller teller =
        new ProgressTeller(
            this::progress,
            progress -> {
              if (progress.done() == 1) {
                arrived.countDown();
                awaitOpen(released);
              }
              note(progress);
            },
            calls::add);
    teller.start();
    Thread way = start(nextCall());
    awaitOpen(arrived);
    done = 2;
    teller.end();
    Thread end = start(nextCall());
    await().atMost(BOUND).until(() -> !told.isEmpty() || end.getState() == Thread.State.WAITING);
    released.countDown();
    way.join();
    end.join();
    assertThat(told).containsExactly(1, 2);
  }

  private Progress progress() {
    return new Progress(done, 2, 0, Duration.ZERO, List.of());
  }

  private void note(Progress progress) {
    told.add(progress.done());
  }

  private Runnable nextCall() throws InterruptedException {
    Runnable call = calls.poll(BOUND.toSeconds(), TimeUnit.SECONDS);
    assertThat(call).isNotNull();
    return call;
  }

  private static Thread start(Runnable call) {
    Thread thread = new Thread(call, "call");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void awaitOpen(CountDownLatch latch) {
    try {
      assertThat(latch.await(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
