package io.processpool;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What is known of one task, which may be an item of a map: IPython's {@code metadata}, and more.
 * It is as of the moment when it was asked for; what was not known then is empty. Immutable.
 *
 * <p>Times that take less than about 5 microseconds are not measured one by one: then {@link
 * #reading} and {@link #writing} are zero, and count as {@link #running}. What a task used of the
 * machine ({@link #cpuTime}, {@link #allocatedBytes}, {@link #gcTime}) is measured at least every
 * 100 microseconds; tasks that are shorter have their share of such a measurement, by the time that
 * each of them took. A chunk, or what is left of one, that takes less than 20 microseconds counts
 * as processor time in full.
 *
 * <p>Items of a map that make numbers of numbers, Integers, Longs or Doubles, and take less than
 * about 0.5 microseconds each, are timed in groups of up to 16 that follow on each other: each has
 * an equal share of the time of its group, so that {@link #started}, {@link #completed} and {@link
 * #running} are right for the group and a mean for the item. If one of them takes longer, the next
 * ones are timed one by one again; if it takes 2 milliseconds and more, those before it do not
 * share its time. What they used of the machine is measured for up to some thousands together.
 * Their results are read when they are looked at, which {@link #deserialising} does not count.
 *
 * <pre>{@code
 * AsyncMapResult<Integer> result = pool.mapAsync(String::length, words);
 * result.await();
 * for (TaskMetadata task : result.metadata()) {
 *   System.out.println(task.id() + " ran for " + task.running().orElseThrow());
 * }
 * }</pre>
 */
public interface TaskMetadata {

  /**
   * The id of the task, by which its pool knows it: that of its handle and, for an item of a map,
   * behind a dot the item's index.
   *
   * @return the id
   */
  String id();

  /**
   * The task's place in the input of its map.
   *
   * @return the index; 0 for a single task
   */
  int index();

  /**
   * What the task is called.
   *
   * @return the label of its {@link TaskOptions}, or else the name of its function
   */
  String label();

  /**
   * How far it has come.
   *
   * @return the status
   */
  TaskStatus status();

  /**
   * When it was submitted.
   *
   * @return the time
   */
  Instant submitted();

  /**
   * When its run began, in its last attempt.
   *
   * @return the time, by the clock of this JVM
   */
  Optional<Instant> started();

  /**
   * When its run ended, with the writing of its result.
   *
   * @return the time, by the clock of this JVM; empty also if it never ended, for its worker was
   *     lost
   */
  Optional<Instant> completed();

  /**
   * When its result arrived in this JVM, or the news that there is none.
   *
   * @return the time
   */
  Optional<Instant> received();

  /**
   * Which worker has it, or had it last.
   *
   * @return the number of the worker within its pool, from 1; no two have the same, not one after
   *     the other either
   */
  OptionalInt worker();

  /**
   * The process of that worker.
   *
   * @return the process id
   */
  OptionalLong pid();

  /**
   * Which attempt to run it this is, or was the last.
   *
   * @return 1 for the first, also if that has not begun
   */
  int attempt();

  /**
   * How large its argument is, written.
   *
   * @return the size in bytes
   */
  OptionalLong argumentBytes();

  /**
   * How large its result is, written; or its exception.
   *
   * @return the size in bytes
   */
  OptionalLong resultBytes();

  /**
   * How long it took to write its argument in this JVM; for an item of a map, its share of the time
   * for all of them.
   *
   * @return the time
   */
  Duration serialising();

  /**
   * How long it waited from its submission until its run began.
   *
   * @return the time
   */
  Optional<Duration> queued();

  /**
   * How long the worker took to read its argument.
   *
   * @return the time, zero if it is too short to be measured
   */
  Optional<Duration> reading();

  /**
   * How long its function ran.
   *
   * @return the time
   */
  Optional<Duration> running();

  /**
   * How long the worker took to write its result.
   *
   * @return the time, zero if it is too short to be measured
   */
  Optional<Duration> writing();

  /**
   * How long it took to read its result in this JVM; for results that came together, its share of
   * the time for all of them.
   *
   * @return the time
   */
  Optional<Duration> deserialising();

  /**
   * How much processor time its run used. That of threads that it started is not in it.
   *
   * @return the time
   */
  Optional<Duration> cpuTime();

  /**
   * How much memory its run allocated, also if that was collected soon. That of threads that it
   * started is not in it.
   *
   * @return the size in bytes
   */
  OptionalLong allocatedBytes();

  /**
   * For how long its worker collected garbage during its run.
   *
   * @return the time, by the millisecond
   */
  Optional<Duration> gcTime();

  /**
   * What it has printed to {@link System#out}, in all its attempts.
   *
   * @return the text, possibly empty; always, unless the pool has {@link WorkerOutput#CAPTURE}
   */
  String stdout();

  /**
   * What it has printed to {@link System#err}, in all its attempts.
   *
   * @return the text, possibly empty; always, unless the pool has {@link WorkerOutput#CAPTURE}
   */
  String stderr();

  /**
   * How far it says that it has come, as long as it runs.
   *
   * @return what it told last; empty if it does not run, or has told nothing
   */
  Optional<TaskProgress> progress();
}
