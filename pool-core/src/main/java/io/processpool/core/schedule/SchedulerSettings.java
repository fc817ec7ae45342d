package io.processpool.core.schedule;

import java.time.Duration;

/**
 * The numbers of a scheduler.
 *
 * @param workers how many workers to keep
 * @param maxTasksPerWorker after how many items a worker is replaced; 0 for never
 * @param maxStartFailures how many failed starts in a row are too many
 * @param cancelGrace how long an interrupted task may go on before its worker is killed
 * @param stopTimeout how long workers may take to end once every job is complete
 */
public record SchedulerSettings(
    int workers,
    int maxTasksPerWorker,
    int maxStartFailures,
    Duration cancelGrace,
    Duration stopTimeout) {}
