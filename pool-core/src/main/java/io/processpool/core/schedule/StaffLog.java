package io.processpool.core.schedule;

/** Told of new workers, under the scheduler's monitor. */
public interface StaffLog {

  /**
   * A worker is being started.
   *
   * @param number its number
   * @param time when, in nanoseconds of this process's clock
   * @return what is told of the rest of its life
   */
  WorkerLog starting(int number, long time);
}
