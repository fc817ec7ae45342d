package io.processpool.core.schedule;

import io.processpool.spi.SlotTotals;

/** For worlds in which nobody wants to know of the lives of workers. */
final class NoLog implements StaffLog {
  @Override
  public void starting(int number, long time) {}

  @Override
  public void isUp(WorkerIdentity worker) {}

  @Override
  public void ready(int number, long time) {}

  @Override
  public void worked(int number, SlotTotals totals) {}

  @Override
  public void gone(int number, long time, String why) {}
}
