package io.processpool.core.report;

import io.processpool.PoolStats;
import io.processpool.TaskMetadata;
import java.util.List;

/**
 * What advice rests on.
 *
 * @param stats the figures of the pool
 * @param tasks the finished tasks that are remembered, in the order in which they started
 * @param siblings which of them do the same
 * @param stragglers which of them ran far longer than their siblings
 * @param timetable which worker had which of them when
 */
record Evidence(
    PoolStats stats,
    List<TaskMetadata> tasks,
    List<Siblings> siblings,
    List<Straggler> stragglers,
    Timetable timetable) {

  static Evidence of(PoolStats stats, List<TaskMetadata> tasks) {
    List<Siblings> siblings = Siblings.of(tasks);
    return new Evidence(
        stats, tasks, siblings, Straggler.among(siblings), new Timetable(stats, tasks));
  }
}
