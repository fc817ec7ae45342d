package io.processpool.bench.jmh;

import io.processpool.core.result.JobContext;
import io.processpool.core.schedule.Job;
import io.processpool.core.schedule.RunningItem;
import java.util.List;

/** What jobs tell a pool that does not exist. */
final class NoControl implements JobContext.Control {

  @Override
  public void cancel(Job job, boolean interrupt) {}

  @Override
  public List<RunningItem> running(Job job) {
    return List.of();
  }

  @Override
  public void withdraw(Job job, int first, int count) {}

  @Override
  public void disown(Job job, int index, boolean interrupt) {}

  @Override
  public void completed(Job job) {}
}
