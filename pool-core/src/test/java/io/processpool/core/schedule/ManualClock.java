package io.processpool.core.schedule;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A clock that stands still until it is told to go on. Not safe for use by several threads. */
final class ManualClock implements Clock {
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparing(Timer::due).thenComparing(Timer::number));
  private long now;
  private int numbers;

  private record Timer(Long due, int number, Runnable action) {}

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public void later(Duration delay, Runnable action) {
    timers.add(new Timer(now + delay.toNanos(), numbers++, action));
  }

  boolean isPending() {
    return !timers.isEmpty();
  }

  /** Lets time pass, without doing what is due. */
  void pass(Duration time) {
    now += time.toNanos();
  }

  /** Does what is due next, when it is due. */
  void fire() {
    Timer timer = timers.remove();
    now = Math.max(now, timer.due());
    timer.action().run();
  }

  /** Lets time pass, and does what is due meanwhile. */
  void advance(Duration time) {
    long end = now + time.toNanos();
    while (isPending() && timers.element().due() <= end) {
      fire();
    }
    now = Math.max(now, end);
  }
}
