package io.processpool.core.schedule;

import io.processpool.spi.SlotTotals;

/**
 * Told of the life of a worker, under the scheduler's monitor but for {@link #worked}. The methods
 * return at once. Times are in nanoseconds of this process's clock.
 */
public interface WorkerLog {

  /**
   * Its process is up.
   *
   * @param worker who it is
   */
  void isUp(WorkerIdentity worker);

  /**
   * It takes work.
   *
   * @param time when
   */
  void ready(long time);

  /**
   * It has done work.
   *
   * @param totals all that it has done
   */
  void worked(SlotTotals totals);

  /**
   * It exists no more.
   *
   * @param time when
   * @param why in words; empty for one that has ended with its pool
   */
  void gone(long time, String why);
}
