package io.processpool.core.schedule;

import io.processpool.spi.SlotTotals;

/** For worlds in which nobody wants to know of the life of a worker. */
final class NoLog implements WorkerLog {
  @Override
  public void isUp(WorkerIdentity worker) {}

  @Override
  public void ready(long time) {}

  @Override
  public void worked(SlotTotals totals) {}

  @Override
  public void gone(long time, String why) {}
}
