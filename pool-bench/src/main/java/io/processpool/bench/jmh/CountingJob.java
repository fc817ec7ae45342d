package io.processpool.bench.jmh;

import io.processpool.PoolException;
import io.processpool.WorkerLoss;
import io.processpool.core.schedule.Attempt;
import io.processpool.core.schedule.Delivery;
import io.processpool.core.schedule.Job;
import io.processpool.core.schedule.WaitingItems;
import io.processpool.spi.TaskId;
import java.time.Duration;
import java.util.Map;

/** A job that counts what is done of it, and reads nothing. */
final class CountingJob implements Job {
  private final WaitingItems waiting = new WaitingItems();
  private final int size;
  private int done;

  CountingJob(int size) {
    this.size = size;
  }

  int done() {
    return done;
  }

  @Override
  public TaskId taskId(int index) {
    return new TaskId(1, index);
  }

  @Override
  public Map<String, String> diagnostics() {
    return Map.of();
  }

  @Override
  public void outcomes(Delivery delivery) {
    done += delivery.count();
  }

  @Override
  public void lostAttempt(int index, Attempt attempt, WorkerLoss loss) {
    throw unexpected();
  }

  @Override
  public void lost(int index, Attempt attempt, WorkerLoss loss) {
    throw unexpected();
  }

  @Override
  public void timedOut(int index, Attempt attempt, Duration limit, String threadDump) {
    throw unexpected();
  }

  @Override
  public void end(PoolException cause) {
    throw unexpected();
  }

  private static IllegalStateException unexpected() {
    return new IllegalStateException("An item was not simply done");
  }

  @Override
  public boolean isComplete() {
    return done == size;
  }

  @Override
  public WaitingItems waitingItems() {
    return waiting;
  }

  @Override
  public int size() {
    return size;
  }
}
