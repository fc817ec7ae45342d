package io.processpool.core.schedule;

import io.processpool.spi.SlotTotals;

/**
 * Told of the lives of workers, under the scheduler's monitor. The methods return at once. Times
 * are in nanoseconds of this process's clock.
 */
public interface StaffLog {

  /**
   * A worker is being started.
   *
   * @param number its number
   * @param time when
   */
  void starting(int number, long time);

  /**
   * Its process is up.
   *
   * @param worker who it is
   */
  void isUp(WorkerIdentity worker);

  /**
   * It takes work.
   *
   * @param number its number
   * @param time when
   */
  void ready(int number, long time);

  /**
   * It has done work.
   *
   * @param number its number
   * @param totals all that it has done
   */
  void worked(int number, SlotTotals totals);

  /**
   * It exists no more.
   *
   * @param number its number
   * @param time when
   * @param why in words; empty for one that has ended with its pool
   */
  void gone(int number, long time, String why);
}
